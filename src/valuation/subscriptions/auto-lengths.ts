import type { Day } from '../../base/calendar.ts';
import { lengthsOfGaps, type ToldLength } from '../../engine/subscriptions/lengths-of-gaps.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readPlanGaps } from '../../ledger/steps/subscriptions/gaps.ts';

/** The lengths of plans that the gaps between payments tell. @param recurs whether a plan recurs @throws ClvError E323 */
export async function lengthsByGaps(
  loaded: Ledger['loaded'],
  asOf: Day,
  recurs: (plan: string) => boolean,
): Promise<readonly ToldLength[]> {
  const plans = await readPlanGaps(loaded, asOf);
  return lengthsOfGaps(plans.filter(({ plan }) => recurs(plan)));
}
