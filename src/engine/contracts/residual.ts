import { ONE } from '../../base/decimal.ts';
import type { SurvivalModel } from '../../models/contracts/survival.ts';
import { endless } from './retention.ts';
import { type PeriodRates, periodFactor, TIMINGS, type Timing } from './timing.ts';

/**
 * Discounted expected residual lifetime of contracts whose customers differ (Fader & Hardie 2010, "Customer-base valuation
 * in a contractual setting"), per unit of margin a period. Just before the n-th renewal, n − 1 renewals made (the tenure):
 *   DERL(n) = Σ_{t≥0} z^t Π_{k=n}^{n+t} r_k,  z = (1+g)/(1+d),
 * summed as it stands: no special function is needed.
 */
export interface Contract {
  readonly model: Pick<SurvivalModel, 'retention' | 'renewalsToCome'>;
  readonly parameters: readonly number[];
  readonly rates: PeriodRates;
  /** Payments counted; null: for life. */
  readonly periods: number | null;
}

/** Share of the sum that may be missing. */
const MISSING = 1e-15;

/**
 * The factors of customers there, by tenure 0 … longest; `timing` says when they pay, and whether the first payment waits for a renewal
 * (existing-…) or is certain (the others).
 * Error E121 where a lifetime has no finite value, or none that a sum can find.
 */
export function residualFactors(contract: Contract, longest: number, timing: Timing = 'existing-start'): Float64Array {
  const { periods, rates } = contract;
  const delay = delayFactor(timing, rates);
  if (TIMINGS[timing].renewals === 1) return atRenewal(contract, longest).map((factor) => factor * delay);
  if (periods === 0) return new Float64Array(longest + 1);
  const z = periodFactor(rates).toNumber();
  const later = atRenewal({ ...contract, periods: periods === null ? null : periods - 1 }, longest);
  return later.map((factor) => (1 + z * factor) * delay);
}

/** DERL by tenure 0 … longest. */
function atRenewal(contract: Contract, longest: number): Float64Array {
  const { model, parameters, rates, periods } = contract;
  const z = periodFactor(rates).toNumber();
  const factors = new Float64Array(longest + 1);
  for (let tenure = longest; tenure >= 0; tenure--) {
    if (periods !== null) factors[tenure] = firstPayments(contract, tenure, z, periods);
    else if (tenure === longest || z === 1) factors[tenure] = forLife(contract, tenure, z);
    else factors[tenure] = model.retention(parameters, tenure + 1) * (1 + z * factors[tenure + 1]!);
  }
  return factors;
}

/** The factor of a customer to be acquired, the first payment, certain, included. Error E121. */
export function prospectFactor(
  contract: Contract,
  timing: 'prospect-start' | 'prospect-end' | 'mid-period' = 'prospect-start',
): number {
  return residualFactors(contract, 0, timing)[0]!;
}

function delayFactor(timing: Timing, rates: PeriodRates): number {
  return rates.discount.plus(1).pow(TIMINGS[timing].delay.negated()).toNumber();
}

function firstPayments({ model, parameters }: Contract, tenure: number, z: number, periods: number): number {
  let [sum, weight] = [0, 1];
  for (let t = 0; t < periods; t++) {
    weight *= model.retention(parameters, tenure + 1 + t);
    sum += weight;
    weight *= z;
  }
  return sum;
}

/** Ends where even customers who never left again could not add more: what follows is at most weight · z/(1−z). */
function forLife({ model, parameters, rates }: Contract, tenure: number, z: number): number {
  if (z >= 1) {
    const undiscounted = z === 1 ? model.renewalsToCome(parameters, tenure) : null;
    if (undiscounted !== null && Number.isFinite(undiscounted)) return undiscounted;
    throw endless(ONE, rates);
  }
  let [sum, weight] = [0, 1];
  for (let k = tenure + 1; ; k++) {
    weight *= model.retention(parameters, k);
    sum += weight;
    weight *= z;
    if (weight <= MISSING * (1 - z) * sum) return sum;
  }
}
