import type { PurchaseWindow } from './model.ts';

/** Below this rate a day the difference of two discounted times loses its digits, and the limit is as good. */
const LEAST_RATE = 1e-7 / 7;

/**
 * (2/δ)(G(δ) − G(2δ)) in weeks squared: twice the discounted time of pairs of moments, both lived.
 * @param times G, the discounted times to live within a window, in weeks
 */
export function pairedTimes(
  times: (window: PurchaseWindow) => readonly number[],
  { delta, days }: PurchaseWindow,
): number[] {
  const rate = Math.max(delta, LEAST_RATE);
  const twice = times({ delta: 2 * rate, days });
  return times({ delta: rate, days }).map((once, i) => (2 / (7 * rate)) * (once - twice[i]!));
}

/** The paired time of one time. */
export function pairedTime(time: (window: PurchaseWindow) => number, window: PurchaseWindow): number {
  return pairedTimes((each) => [time(each)], window)[0]!;
}
