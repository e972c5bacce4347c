import type { PurchaseWindow } from '../model.ts';
import { integrateBy } from '../numeric/quadrature.ts';

/**
 * Lifetimes of GGom/NBD (Bemmaor & Glady 2012), in weeks: customers die at the hazard η b e^(bτ), η ~ Gamma(s, β), so that
 *   S(τ) = e^(−s ℓ), ℓ = ln(1 + (e^(bτ) − 1)/β);  hazard s b/β(τ), β(τ) = β e^(−bτ) + 1 − e^(−bτ).
 * Who is alive at age τ has the same law from there on, with β(τ) in place of β: the hazard runs from s b/β to s b, so a life
 * is finite without discounting.
 */

/** ℓ. Beyond 650 the exponent stands alone. */
export function logRise(b: number, beta: number, tau: number): number {
  const grown = b * tau;
  return grown < 650 ? Math.log1p(Math.expm1(grown) / beta) : grown - Math.log(beta);
}

/** β(τ). */
export function laterBeta(b: number, beta: number, tau: number): number {
  return beta * Math.exp(-b * tau) - Math.expm1(-b * tau);
}

/** How far below 0 the nearest singularity of ℓ lies, if it is on the real line; those elsewhere are at least π/b away. */
export function singularity(b: number, beta: number): number {
  return beta < 1 ? -Math.log1p(-beta) / b : Number.POSITIVE_INFINITY;
}

/** e^(−60) of a value is below its last digit, even where the hazard falls a millionfold. */
const CUT = 60;

/**
 * G = ∫_0^H e^(−δu) S(u) du in weeks: discounted time to live. Once e^(−bu)(β − 1) is below the last digit the hazard stays
 * s b, and the rest is that of an exponential life.
 */
export function discountedLife(b: number, s: number, beta: number, { delta, days }: PurchaseWindow): number {
  const rate = 7 * delta;
  const weeks = days === null ? Number.POSITIVE_INFINITY : days / 7;
  const settled = Math.max(0, Math.log(Math.abs(beta - 1)) + 40) / b;
  const dead = Math.log1p(beta * Math.expm1(CUT / s)) / b;
  const end = Math.min(weeks, settled, dead, CUT / Math.max(0, rate));
  const value = (u: number): number => Math.exp(-rate * u - s * logRise(b, beta, u));
  const below = singularity(b, beta);
  const steepness = (u: number): number => Math.abs(rate) + b + (s * b) / laterBeta(b, beta, u);
  const start = integrateBy(value, end, (u) => Math.min(below + u, 3 / steepness(u)));
  const ever = rate + s * b;
  return weeks === end ? start : start + (value(end) * -Math.expm1(-ever * (weeks - end))) / ever;
}
