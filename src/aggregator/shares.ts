import { unitsText } from '../base/money.ts';

/** Decimals of a share in the output. */
export const SHARE_DIGITS = 6;

/**
 * Parts of a whole as fractions of 10^-digits that sum to exactly 1: largest remainder, ties to the earlier part
 * (callers order by name). All null where the whole is zero or less.
 */
export function sharesOf(parts: readonly bigint[], digits = SHARE_DIGITS): readonly (string | null)[] {
  const whole = parts.reduce((sum, part) => sum + part, 0n);
  if (whole <= 0n) return parts.map(() => null);
  const one = 10n ** BigInt(digits);
  const floors = parts.map((part) => floorDiv(part * one, whole));
  const rests = parts.map((part, i) => part * one - floors[i]! * whole);
  const short = Number(one - floors.reduce((sum, floor) => sum + floor, 0n));
  const order = rests.map((_, i) => i).sort((a, b) => (rests[a] === rests[b] ? a - b : rests[a]! > rests[b]! ? -1 : 1));
  for (const i of order.slice(0, short)) floors[i]! += 1n;
  return floors.map((floor) => unitsText(floor, digits));
}

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
