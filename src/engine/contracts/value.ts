import { Decimal, ONE, ZERO } from '../../base/decimal.ts';
import { halfEvenUnits } from '../../base/money.ts';
import { type Contract, prospectFactor, residualFactors } from './residual.ts';
import { minorUnits, presentValue } from './retention.ts';
import type { Timing } from './timing.ts';

/** How contracts are valued: by a fitted model, or by one rate for all, which is exact. */
export interface Terms extends Contract {
  readonly timing: Timing;
  /** Retention a period, the same for all; null where the model says it by tenure. */
  readonly rate: Decimal | null;
  /** Decimals of the minor unit. */
  readonly digits: number;
  readonly cost: KeepingCost | null;
}

/** What it costs to keep a customer, a period: a stream of its own, with its own timing; it does not grow. */
export interface KeepingCost {
  readonly amount: Decimal;
  readonly timing: Timing;
}

/** What customers are worth by the renewals they have made. */
export interface ContractValues {
  /** Present value of one unit of margin a period, costs apart, by renewals made. */
  factor(made: number): Decimal;
  /** Of a customer with so much margin a period, in currency units, not rounded. */
  present(margin: Decimal, made: number): Decimal;
  /** The same in minor units, rounded once, half to even. */
  value(margin: Decimal, made: number): bigint;
  /** Of a customer to be acquired, first payment now and certain. */
  prospect(margin: Decimal): bigint;
}

/**
 * With one rate every step is decimal, so that a cent and a tie are what the formula says; a fitted model is float64 until
 * the minor unit. Error E121.
 * @param longest most renewals made that will be asked for
 */
export function contractValues(terms: Terms, longest: number): ContractValues {
  const { rate, digits, timing, cost } = terms;
  const amount = cost?.amount ?? ZERO;
  const costTerms = { ...terms, rates: { ...terms.rates, growth: ZERO } };
  if (rate !== null) {
    const [factor, prospect] = [oneFactor(terms, rate, timing), oneFactor(terms, rate, 'prospect-start')];
    const kept = cost ? oneFactor(costTerms, rate, cost.timing).times(amount) : ZERO;
    return {
      factor: () => factor,
      present: (margin) => factor.times(margin).minus(kept),
      value: (margin) => minorUnits(factor.times(margin).minus(kept), digits),
      prospect: (margin) => minorUnits(prospect.times(margin).minus(kept), digits),
    };
  }
  const factors = residualFactors(terms, longest, timing);
  const kept = cost
    ? residualFactors(costTerms, longest, cost.timing).map((factor) => factor * amount.toNumber())
    : null;
  const prospect = prospectFactor(terms);
  const money = (value: number): bigint => BigInt(halfEvenUnits(value, digits));
  const present = (margin: Decimal, made: number): number => factors[made]! * margin.toNumber() - (kept?.[made] ?? 0);
  return {
    factor: (made) => new Decimal(factors[made]!),
    present: (margin, made) => new Decimal(present(margin, made)),
    value: (margin, made) => money(present(margin, made)),
    prospect: (margin) => money(prospect * margin.toNumber() - (kept?.[0] ?? 0)),
  };
}

function oneFactor({ rates, periods }: Terms, retention: Decimal, timing: Timing): Decimal {
  return presentValue({ payment: ONE, retention, rates, periods, timing });
}
