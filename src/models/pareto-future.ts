import type { PurchaseWindow } from './model.ts';
import { integrate } from './quadrature.ts';

/** e^(−40) of a value that lies beyond 40/δ is below the last digit. */
const CUT = 40;

/**
 * G = ∫_0^H e^(−δu) (later/(later+u))^s du in weeks, later = β + T: discounted time a customer alive at T has still to live,
 * lifetimes being Pareto. Fader, Hardie & Lee 2005 ("RFM and CLV"), without their confluent hypergeometric function:
 * u = later·(e^v − 1) makes it later·∫ exp(−δ·later·(e^v − 1) + (1−s)v) dv. Infinite for life without discounting if s ≤ 1.
 */
export function discountedTime(s: number, later: number, { delta, days }: PurchaseWindow): number {
  const decay = s - 1;
  const weeks = days === null ? Number.POSITIVE_INFINITY : days / 7;
  if (delta === 0) {
    if (weeks === Number.POSITIVE_INFINITY) return decay > 0 ? later / decay : weeks;
    const span = Math.log1p(weeks / later);
    return decay === 0 ? later * span : (-later * Math.expm1(-decay * span)) / decay;
  }
  const z = delta * 7 * later;
  const end = Math.log1p(Math.min(weeks, CUT / (7 * Math.max(0, delta))) / later);
  const span = decay > 0 ? Math.min(end, (CUT + 5) / decay) : end;
  return later * integrate((v) => Math.exp(-z * Math.expm1(v) - decay * v), 0, span, Math.ceil(span / 4) || 1, 64);
}

/** Below this rate a week the difference of two discounted times loses its digits, and the limit is as good. */
const LEAST = 1e-7;

/**
 * What the second moment of discounted purchases is made of, in weeks: G(2δ), of a purchase with itself, and
 * (2/δ)(G(δ) − G(2δ)), of each pair of purchases.
 */
export function discountedTimes(s: number, later: number, { delta, days }: PurchaseWindow): readonly [number, number] {
  const rate = Math.max(delta, LEAST / 7);
  const [once, twice] = [rate, 2 * rate].map((each) => discountedTime(s, later, { delta: each, days }));
  return [twice!, (2 / (7 * rate)) * (once! - twice!)];
}
