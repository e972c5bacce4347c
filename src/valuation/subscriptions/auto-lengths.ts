import type { Day } from '../../base/calendar.ts';
import { OwnLengths, type PaidAlike } from '../../engine/subscriptions/own-lengths.ts';
import { type ToldLength, toldLengths } from '../../engine/subscriptions/told-lengths.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readOwnGaps, readPlanGaps } from '../../ledger/steps/subscriptions/rows.ts';

export type { OwnLengths, PaidAlike, ToldBy } from '../../engine/subscriptions/own-lengths.ts';

/** The lengths of plans that the gaps between payments tell. @param recurs whether a plan recurs @throws ClvError E325 */
export async function lengthsByGaps(
  loaded: Ledger['loaded'],
  asOf: Day,
  recurs: (plan: string) => boolean,
): Promise<readonly ToldLength[]> {
  const gaps = await readPlanGaps(loaded, asOf);
  return toldLengths(gaps.filter(({ plan }) => recurs(plan)));
}

/** The lengths of subscriptions by their own payments, null where all fit one, and the subscriptions that they are told by. */
export async function ownLengths(
  loaded: Ledger['loaded'],
  asOf: Day,
): Promise<{ readonly lengths: OwnLengths | null; readonly alike: readonly PaidAlike[] }> {
  const alike = await readOwnGaps(loaded, asOf);
  return { lengths: OwnLengths.isOne(alike) ? null : new OwnLengths(alike), alike };
}
