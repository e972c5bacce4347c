import type { RenewalOutcomes } from '../../data/contracts.ts';
import type { SurvivalModel } from '../../models/contracts/survival.ts';

/** Renewals of a holdout by period after the date, index 0 the first: of all customers whose renewal then was decided. */
export interface RenewalsByPeriod {
  readonly renewals: Float64Array;
  /** Customers who made every renewal that was decided: those who are there at the end. */
  readonly survivors: number;
}

/** What a model expects of a holdout. */
export interface RenewalPrediction extends RenewalsByPeriod {
  /** By period, in currency units: renewals × the margin a period that each customer had at the date. */
  readonly margin: Float64Array;
  /** ln of the probability of what happened; -Infinity where the model rules it out. */
  readonly logLikelihood: number;
}

/** Periods of the holdout: the most renewals of a customer that were decided. */
export function holdoutPeriods({ decided }: Pick<RenewalOutcomes, 'decided'>): number {
  return decided.reduce((most, n) => Math.max(most, n), 0);
}

/** Customers by period whose renewal then was decided, had they made those before. */
export function decidedBy({ length, decided, count }: RenewalOutcomes): Float64Array {
  const customers = new Float64Array(holdoutPeriods({ decided }));
  for (let i = 0; i < length; i++) for (let j = 0; j < decided[i]!; j++) customers[j]! += count[i]!;
  return customers;
}

export function renewalsMade({ length, decided, renewed, count }: RenewalOutcomes): RenewalsByPeriod {
  const renewals = new Float64Array(holdoutPeriods({ decided }));
  let survivors = 0;
  for (let i = 0; i < length; i++) {
    for (let j = 0; j < renewed[i]!; j++) renewals[j]! += count[i]!;
    if (renewed[i] === decided[i]) survivors += count[i]!;
  }
  return { renewals, survivors };
}

/**
 * Who made m renewals makes the next j with the chance S(m+j)/S(m) = r_{m+1} … r_{m+j} (Fader & Hardie 2010, "Customer-base
 * valuation in a contractual setting").
 */
export function predictRenewals(
  model: Pick<SurvivalModel, 'retention'>,
  parameters: readonly number[],
  outcomes: RenewalOutcomes,
): RenewalPrediction {
  const { length, made, decided, renewed, count, margin } = outcomes;
  const periods = holdoutPeriods(outcomes);
  const retention = retentionsUpTo(model, parameters, outcomes);
  const found = { renewals: new Float64Array(periods), margin: new Float64Array(periods) };
  let [survivors, logLikelihood] = [0, 0];
  for (let i = 0; i < length; i++) {
    let share = 1;
    for (let j = 0; j < decided[i]!; j++) {
      const next = retention[made[i]! + j]!;
      if (j < renewed[i]!) logLikelihood += count[i]! * Math.log(next);
      if (j === renewed[i]) logLikelihood += count[i]! * Math.log1p(-next);
      share *= next;
      found.renewals[j]! += count[i]! * share;
      found.margin[j]! += margin[i]! * share;
    }
    survivors += count[i]! * share;
  }
  return { ...found, survivors, logLikelihood };
}

/** r_1, r_2 … of all renewals that a customer may come to. */
function retentionsUpTo(
  { retention }: Pick<SurvivalModel, 'retention'>,
  parameters: readonly number[],
  { made, decided }: RenewalOutcomes,
): Float64Array {
  const last = made.reduce((most, n, i) => Math.max(most, n + decided[i]!), 0);
  return Float64Array.from({ length: last }, (_, k) => retention(parameters, k + 1));
}
