import type { Day } from '../../base/calendar.ts';
import type { Contracts } from '../../data/contracts.ts';
import type { Length } from '../../data/subscriptions/lengths.ts';
import type { TermRules } from '../../data/subscriptions/payments.ts';
import { defaultGrace } from '../../engine/subscriptions/lengths.ts';
import { lengthOfGaps } from '../../engine/subscriptions/plan-lengths.ts';
import { readPlanGaps, readPlans } from '../../ledger/steps/subscriptions/rows.ts';
import type { Loaded } from '../../ledger/store.ts';
import type { LengthNote } from '../../report/contracts.ts';
import { checkPlans, isLength, lengthOf } from '../contract-lengths.ts';
import type { PaymentsAsked } from './reading.ts';

/** The length of every plan: as given, or as the payments of the plan tell. */
export interface LengthsOfPlans {
  readonly lengthOf: TermRules['lengthOf'];
  readonly plansOf: (length: string) => readonly string[];
  readonly graceOf: (length: Length) => number;
}

/** @throws ClvError E317 plans without a length */
export async function planLengths(loaded: Loaded, asked: PaymentsAsked, asOf: Day): Promise<LengthsOfPlans> {
  const plans = (await readPlans(loaded)).filter((plan) => !asked.oneOff.includes(plan));
  const lengths = asked.lengths === 'auto' ? await foundLengths(loaded, asOf) : asked.lengths;
  checkPlans(plans, lengths);
  return {
    lengthOf: (plan) => lengthOf(lengths, plan),
    plansOf: (length) => plans.filter((plan) => !isLength(lengths) && lengths.get(plan)?.text === length),
    graceOf: defaultGrace,
  };
}

async function foundLengths(loaded: Loaded, asOf: Day): Promise<ReadonlyMap<string, Length>> {
  const gaps = new Map<string, Map<number, number>>();
  for (const { plan, gap, count } of await readPlanGaps(loaded, asOf)) {
    const known = gaps.get(plan) ?? new Map<number, number>();
    gaps.set(plan, known);
    if (gap > 0) known.set(gap, count);
  }
  const found = [...gaps].map(([plan, own]) => [plan, lengthOfGaps(own)] as const);
  return new Map(found.flatMap(([plan, length]) => (length ? [[plan, length] as const] : [])));
}

/** The lengths that the subscriptions have, with the grace of each and the plans that have it. */
export function lengthNotes(
  { cells: { fits, fit, count } }: Contracts,
  { lengths, grace }: PaymentsAsked,
  plans: LengthsOfPlans,
): readonly LengthNote[] {
  const known = new Map(fits.map(({ length }) => [length.text, length]));
  return [...known.values()].map((length) => ({
    text: length.text,
    grace: grace ?? plans.graceOf(length),
    plans: lengths === 'auto' || lengths instanceof Map ? plans.plansOf(length.text) : [],
    subscriptions: fit.reduce((sum, which, i) => (fits[which]!.length === length ? sum + count[i]! : sum), 0),
    found: lengths === 'auto',
  }));
}
