import type { Day } from '../../base/calendar.ts';
import { type ToldLength, toldLengths } from '../../engine/subscriptions/told-lengths.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readPlanGaps } from '../../ledger/steps/subscriptions/rows.ts';

/** The lengths of plans that the gaps between payments tell. @param recurs whether a plan recurs @throws ClvError E325 */
export async function lengthsByGaps(
  loaded: Ledger['loaded'],
  asOf: Day,
  recurs: (plan: string) => boolean,
): Promise<readonly ToldLength[]> {
  const gaps = await readPlanGaps(loaded, asOf);
  return toldLengths(gaps.filter(({ plan }) => recurs(plan)));
}
