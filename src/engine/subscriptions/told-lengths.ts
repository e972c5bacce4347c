import { ClvError } from '../../base/errors.ts';
import type { Length } from '../../data/subscriptions/lengths.ts';
import { fitsLength, nearestLength } from './pace.ts';
import { lengthOfGaps, MONTHLY } from './plan-lengths.ts';

/** Days from a payment of a plan to the next, counted; 0 days is a first payment. */
interface CountedGap {
  readonly plan: string;
  readonly gap: number;
  readonly count: number;
}

/** A length that the gaps of a plan tell, and how many of them do. */
export interface ToldLength {
  readonly plan: string;
  readonly length: Length;
  readonly fitting: number;
  readonly gaps: number;
}

/** The share of its gaps that must fit the length of a plan: the others are payments that are missing, or extra. */
const SHARE = 0.8;

/**
 * The length of each plan by the days between its payments.
 * @returns those of plans that anybody has paid twice @throws ClvError E325 where gaps of a plan tell no one length
 */
export function toldLengths(counted: readonly CountedGap[]): readonly ToldLength[] {
  const plans = new Map<string, Map<number, number>>();
  for (const { plan, gap, count } of counted) {
    if (gap === 0) continue;
    const gaps = plans.get(plan) ?? new Map<number, number>();
    plans.set(plan, gaps.set(gap, count));
  }
  return [...plans].map(([plan, gaps]) => toldLength(plan, gaps));
}

function toldLength(plan: string, gaps: ReadonlyMap<number, number>): ToldLength {
  const length = lengthOfGaps(gaps)!;
  const all = [...gaps];
  const sum = (some: typeof all): number => some.reduce((total, [, count]) => total + count, 0);
  const fitting = sum(all.filter(([gap]) => fitsLength(gap, length)));
  if (fitting < SHARE * sum(all))
    throw new ClvError('E325', {
      plan: plan === '' ? 'all rows' : `plan "${plan}"`,
      gaps: sum(all),
      counts: countsOf(all),
    });
  return { plan, length, fitting, gaps: sum(all) };
}

/** Gaps by the length that each is nearest to, the most first. */
function countsOf(gaps: readonly (readonly [number, number])[]): string {
  const found = new Map<string, number>();
  for (const [gap, count] of gaps) {
    const { text } = nearestLength(gap, MONTHLY);
    found.set(text, (found.get(text) ?? 0) + count);
  }
  return [...found]
    .sort(([, a], [, b]) => b - a)
    .map(([text, count]) => `${text} ${count}`)
    .join(', ');
}
