import type { PurchaseWindow } from '../model.ts';
import { integrate } from '../numeric/quadrature.ts';

/** e^(−40) of a value that lies beyond 40/δ is below the last digit. */
const CUT = 40;

/**
 * G = ∫_0^H e^(−δu) (later/(later+u))^s du in weeks, later = β + T: discounted time a customer alive at T has still to live,
 * lifetimes being Pareto. Fader, Hardie & Lee 2005 ("RFM and CLV"), without their confluent hypergeometric function:
 * u = later·(e^v − 1) makes it later·∫ exp(−δ·later·(e^v − 1) + (1−s)v) dv. Infinite for life without discounting if s ≤ 1.
 */
export function discountedTime(s: number, later: number, window: PurchaseWindow): number {
  const decay = s - 1;
  if (window.delta !== 0) return later * overLife(s, later, window, 0);
  if (window.days === null) return decay > 0 ? later / decay : Number.POSITIVE_INFINITY;
  const span = Math.log1p(window.days / 7 / later);
  return decay === 0 ? later * span : (-later * Math.expm1(-decay * span)) / decay;
}

/** The derivative of G in s, under its integral; NaN where G is infinite. */
export function timeSlopeInS(s: number, later: number, window: PurchaseWindow): number {
  if (window.delta === 0 && window.days === null) return s > 1 ? -later / (s - 1) ** 2 : Number.NaN;
  return -later * overLife(s, later, window, 1);
}

/** later^s times the derivative of later^(−s) G in `later`, by parts: δG − 1 + e^(−δH) (later/(later+H))^s. */
export function livingTimeSlope(s: number, later: number, { delta, days }: PurchaseWindow, time: number): number {
  const left = days === null ? -1 : Math.expm1(-delta * days - s * Math.log1p(days / 7 / later));
  return delta * 7 * time + left;
}

/** ∫ v^power exp(−δ·later·(e^v − 1) + (1−s)v) dv as far as v goes within the horizon and above the last digit. */
function overLife(s: number, later: number, { delta, days }: PurchaseWindow, power: 0 | 1): number {
  const decay = s - 1;
  const weeks = days === null ? Number.POSITIVE_INFINITY : days / 7;
  const z = delta * 7 * later;
  const end = Math.log1p(Math.min(weeks, CUT / (7 * Math.max(0, delta))) / later);
  const span = decay > 0 ? Math.min(end, (CUT + 5) / decay) : end;
  const value = (v: number): number => (power === 0 ? 1 : v) * Math.exp(-z * Math.expm1(v) - decay * v);
  return integrate(value, 0, span, Math.ceil(span / 4) || 1, 32);
}
