import type { PurchaseWindow } from './model.ts';

/** Below this rate a day the difference of two discounted times loses its digits, and the limit is as good. */
export const LEAST_RATE = 1e-7 / 7;

/**
 * (2/δ)(G(δ) − G(2δ)) in weeks squared: twice the discounted time of pairs of moments, both lived.
 * @param time G, the discounted time to live within a window, in weeks
 */
export function pairedTime(time: (window: PurchaseWindow) => number, { delta, days }: PurchaseWindow): number {
  const rate = Math.max(delta, LEAST_RATE);
  return (2 / (7 * rate)) * (time({ delta: rate, days }) - time({ delta: 2 * rate, days }));
}
