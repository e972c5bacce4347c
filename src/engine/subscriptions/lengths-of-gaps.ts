import { ClvError } from '../../base/errors.ts';
import { LENGTHS, type Length, type PlanGaps } from '../../data/subscriptions/lengths.ts';

/** A length that the gaps of a plan tell, and how many of them do. */
export interface ToldLength {
  readonly plan: string;
  readonly length: Length;
  readonly fitting: number;
  readonly gaps: number;
}

/** Lengths that gaps are held against; those of about a month tell themselves apart only where every gap is the same. */
const TOLD = LENGTHS.filter(({ text }) => !['4w', '28d', '30d'].includes(text));
const EXACT: readonly (readonly [number, string])[] = [
  [28, '4w'],
  [30, '30d'],
];
/** So many gaps of the same days are no month of the calendar. */
const LEAST_EXACT = 20;
/** The share of its gaps that must tell the length of a plan: the others are payments that are missing, or extra. */
const SHARE = 0.8;

/**
 * The length of each plan by the days between payments: the one that most gaps are nearest to, in ratio.
 * @returns those of plans that anybody has paid twice @throws ClvError E323 where gaps of a plan tell no one length
 */
export function lengthsOfGaps(plans: readonly PlanGaps[]): readonly ToldLength[] {
  return plans.flatMap((gaps) => (gaps.days.length === 0 ? [] : [lengthOfGaps(gaps)]));
}

function lengthOfGaps({ plan, days, count }: PlanGaps): ToldLength {
  const found = new Map<Length, number>();
  for (const [i, gap] of days.entries()) found.set(nearest(gap), (found.get(nearest(gap)) ?? 0) + count[i]!);
  const sorted = [...found].sort(([, a], [, b]) => b - a);
  const [[length, fitting]] = sorted as [[Length, number]];
  const gaps = count.reduce((sum, n) => sum + n, 0);
  if (fitting < SHARE * gaps) {
    const counts = sorted.map(([{ text }, n]) => `${text} ${n}`).join(', ');
    throw new ClvError('E323', { plan: plan === '' ? 'all rows' : `plan "${plan}"`, gaps, counts });
  }
  return { plan, length: exactly(length, days, count) ?? length, fitting, gaps };
}

function nearest(gap: number): Length {
  const off = ({ days }: Length): number => Math.abs(Math.log(gap / days));
  return TOLD.reduce((best, one) => (off(one) < off(best) ? one : best));
}

/** A length in days instead of a month, where enough gaps are all of the same days. */
function exactly({ text }: Length, days: readonly number[], count: readonly number[]): Length | undefined {
  if (text !== '1m') return undefined;
  const near = days.map((gap, i) => [gap, count[i]!] as const).filter(([gap]) => nearest(gap).text === '1m');
  const [[gap, n]] = near as [readonly [number, number]];
  const name = near.length === 1 && n >= LEAST_EXACT ? EXACT.find(([days]) => days === gap)?.[1] : undefined;
  return LENGTHS.find((length) => length.text === name);
}
