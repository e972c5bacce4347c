import { plural } from './plural.ts';

/**
 * Money is whole minor units (cents) once it is an estimate, and exact decimals of 10^-4 (amounts) or 10^-10 (margins)
 * while it is observed. Nothing here rounds except `halfEvenUnits` and `rescale`, both half to even.
 */

/** Decimals an observed amount may have, and its most integer digits (definitions: Input). */
export const AMOUNT_SCALE = 4;
export const AMOUNT_INTEGER_DIGITS = 14;
/** Decimals of an exact margin: amount decimals + rate decimals. */
export const RATE_SCALE = 6;
export const MARGIN_SCALE = AMOUNT_SCALE + RATE_SCALE;

/** A float64 estimate in minor units: half to even of value × 10^digits, as the ledgers round it. */
export function halfEvenUnits(value: number, digits: number): number {
  const scaled = value * 10 ** digits;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  if (rest > 0.5 || (rest === 0.5 && floor % 2 !== 0)) return floor + 1;
  return floor;
}

const SAFE = 2n ** 53n;
/** Twice 10^15 is below it. */
const SAFE_DIGITS = 15;

/** Half to even of n / divisor, n whole and below 2^53, the divisor at most 10^15: a remainder is exact where a quotient is not. */
function roundedQuotient(n: number, divisor: number): number {
  const rest = ((n % divisor) + divisor) % divisor;
  const floor = (n - rest) / divisor;
  return 2 * rest > divisor || (2 * rest === divisor && floor % 2 !== 0) ? floor + 1 : floor;
}

/** Exact units of 10^-from as units of 10^-to; half to even where digits are dropped. */
export function rescale(units: bigint, from: number, to: number): bigint {
  if (to >= from) return units * 10n ** BigInt(to - from);
  if (units > -SAFE && units < SAFE && from - to <= SAFE_DIGITS)
    return BigInt(roundedQuotient(Number(units), 10 ** (from - to)));
  return halfEvenQuotient(units, 10n ** BigInt(from - to));
}

/** Half to even of units / divisor, a positive one. */
export function halfEvenQuotient(units: bigint, divisor: bigint): bigint {
  let quotient = units / divisor;
  let rest = units % divisor;
  if (rest < 0n) {
    rest += divisor;
    quotient -= 1n;
  }
  const twice = rest * 2n;
  return twice > divisor || (twice === divisor && quotient % 2n !== 0n) ? quotient + 1n : quotient;
}

/** Decimal text of units of 10^-digits: 1230, 2 → "12.30"; -5, 2 → "-0.05". */
export function unitsText(units: bigint | number, digits: number): string {
  if (digits === 0) return String(units === 0 ? 0 : units);
  if (units > -SAFE && units < SAFE) return safeText(Number(units), digits);
  const negative = units < 0;
  const whole = String(negative ? -units : units).padStart(digits + 1, '0');
  const text = `${whole.slice(0, -digits)}.${whole.slice(-digits)}`;
  return negative ? `-${text}` : text;
}

/** Exact text of units below 2^53: without a detour over long integers or strings. */
function safeText(units: number, digits: number): string {
  const power = 10 ** digits;
  const size = Math.abs(units);
  const fraction = size % power;
  const text = `${(size - fraction) / power}.${String(fraction).padStart(digits, '0')}`;
  return units < 0 ? `-${text}` : text;
}

/** Decimal text of exact units of 10^-from, with `to` decimals: half to even where digits are dropped. */
export function rescaledText(units: bigint, from: number, to: number): string {
  const safe = to > 0 && to < from && units > -SAFE && units < SAFE;
  return safe
    ? safeText(roundedQuotient(Number(units), 10 ** (from - to)), to)
    : unitsText(rescale(units, from, to), to);
}

/** Units of 10^-scale of plain decimal text ("-12.5"), or null if it has more decimals or is not plain. */
export function parseUnits(text: string, scale: number): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > scale) return null;
  const units = BigInt(match[2]! + fraction.padEnd(scale, '0'));
  return match[1] === '-' ? -units : units;
}

/** Exact decimal text without idle zeros, but with at least `digits` decimals: 1.2500 → "1.25" (2). */
export function exactText(units: bigint, scale: number, digits: number): string {
  const text = unitsText(units, scale);
  const keep = text.length - (scale - digits);
  const trimmed = text.slice(0, keep) + text.slice(keep).replace(/0+$/, '');
  return trimmed.endsWith('.') ? trimmed.slice(0, -1) : trimmed;
}

/** Thousands separators in the integer part, for people: -1234567.80 → -1,234,567.80. */
export function grouped(text: string): string {
  const point = text.indexOf('.');
  const whole = point < 0 ? text : text.slice(0, point);
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + text.slice(whole.length);
}

/** A count with its word, for people: 1 record, 2,000 records. */
export function groupedCount(count: number, one: string): string {
  return `${grouped(String(count))} ${plural(count, one, `${one}s`)}`;
}

/** How a margin follows from the revenue of a row: revenue × rate, or revenue − sign(revenue) × unit cost. */
export type MarginKind = 'rate' | 'unit_cost';
