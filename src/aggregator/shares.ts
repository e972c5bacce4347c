import { rescale, unitsText } from '../base/money.ts';

/** Decimals of a share in the output. */
export const SHARE_DIGITS = 6;

/**
 * Whole numbers near parts / denominator that sum to exactly `total`: largest remainder, ties to the earlier part
 * (callers order by name). `total` is the rounded sum, so that no part moves by a whole unit.
 */
export function apportion(parts: readonly bigint[], denominator: bigint, total: bigint): readonly bigint[] {
  const units = parts.map((part) => floorDiv(part, denominator));
  const rests = parts.map((part, i) => part - units[i]! * denominator);
  const short = Number(total - units.reduce((sum, unit) => sum + unit, 0n));
  const order = rests.map((_, i) => i).sort((a, b) => (rests[a] === rests[b] ? a - b : rests[a]! > rests[b]! ? -1 : 1));
  for (const i of order.slice(0, short)) units[i]! += 1n;
  return units;
}

/** Parts of a whole as fractions with 6 decimals that sum to exactly 1; all null where the whole is zero or less. */
export function sharesOf(parts: readonly bigint[]): readonly (string | null)[] {
  const whole = parts.reduce((sum, part) => sum + part, 0n);
  if (whole <= 0n) return parts.map(() => null);
  const one = 10n ** BigInt(SHARE_DIGITS);
  return apportion(
    parts.map((part) => part * one),
    whole,
    one,
  ).map((units) => unitsText(units, SHARE_DIGITS));
}

/** Exact money of some parts in units of 10^-digits, rounded so that the parts sum to their rounded (half-even) total. */
export function roundedUnits(parts: readonly bigint[], scale: number, digits: number): readonly bigint[] {
  const total = parts.reduce((sum, part) => sum + part, 0n);
  return apportion(parts, 10n ** BigInt(scale - digits), rescale(total, scale, digits));
}

/** Parts in proportion, rounded so that they sum to their rounded total, as text. */
export function roundedParts(parts: readonly bigint[], scale: number, digits: number): readonly string[] {
  return roundedUnits(parts, scale, digits).map((units) => unitsText(units, digits));
}

/** Parts in their order, rounded so that any first ones sum to their rounded total: each is the step between two. */
export function runningUnits(parts: readonly bigint[], scale: number, digits: number): readonly bigint[] {
  let [exact, rounded] = [0n, 0n];
  return parts.map((part) => {
    const before = rounded;
    exact += part;
    rounded = rescale(exact, scale, digits);
    return rounded - before;
  });
}

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
