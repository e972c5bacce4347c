import type { Day } from '../../base/calendar.ts';
import type { Length } from '../../data/subscriptions/lengths.ts';
import { lengthOfGaps } from '../../engine/subscriptions/plan-lengths.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readPlanGaps } from '../../ledger/steps/subscriptions/rows.ts';

/** The length of each plan as its payments up to a day tell; a plan without a second payment has none. */
export async function foundLengths(loaded: Ledger['loaded'], asOf: Day): Promise<ReadonlyMap<string, Length>> {
  const gaps = new Map<string, Map<number, number>>();
  for (const { plan, gap, count } of await readPlanGaps(loaded, asOf)) {
    const known = gaps.get(plan) ?? new Map<number, number>();
    gaps.set(plan, known);
    if (gap > 0) known.set(gap, count);
  }
  const found = [...gaps].map(([plan, own]) => [plan, lengthOfGaps(own)] as const);
  return new Map(found.flatMap(([plan, length]) => (length ? [[plan, length] as const] : [])));
}
