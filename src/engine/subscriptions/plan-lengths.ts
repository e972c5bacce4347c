import type { Length } from '../../data/subscriptions/lengths.ts';
import { LENGTHS } from '../../data/subscriptions/lengths.ts';
import { nearestLength } from './pace.ts';

/** How many payments of a plan came so many days after the one before, by days. */
export type Gaps = ReadonlyMap<number, number>;

/** Where so many of all gaps are of exactly so many days, the length is in days. */
const EXACT = 0.8;

/** The length that the payments of a plan have as a rule: that nearest to their median gap. Null without any gap. */
export function lengthOfGaps(gaps: Gaps): Length | null {
  const sorted = [...gaps].sort(([a], [b]) => a - b);
  const all = sorted.reduce((sum, [, count]) => sum + count, 0);
  if (all === 0) return null;
  let [at, below] = [0, sorted[0]![1]];
  while (below < all / 2) below += sorted[++at]![1];
  const [median] = sorted[at]!;
  const inDays = LENGTHS.find(({ months, days }) => months === 0 && (gaps.get(days) ?? 0) >= EXACT * all);
  return inDays ?? nearestLength(median, MONTHLY);
}

/** A median of 28 to 31 days is that of months unless the days say otherwise. */
export const MONTHLY = LENGTHS.filter(({ months, days }) => months > 0 || days < 28);
