import { type Day, dayExists, dayOf } from '../base/calendar.ts';

const ZERO = 0x30;
const MINUS = 0x2d;

/** A character that JavaScript trims and that is not ASCII begins with one of these bytes. */
const BLANK_LEADS = new Set([0xc2, 0xe1, 0xe2, 0xe3, 0xef]);

/** True when the text in [from, to) has no blank at its edges, in the sense of `String.trim`. */
export function isTrimmed(bytes: Buffer, from: number, to: number): boolean {
  if (from === to) return true;
  const first = bytes[from]!;
  const last = bytes[to - 1]!;
  if (first > 0x20 && first < 0x80 && last > 0x20 && last < 0x80) return true;
  return first > 0x20 && last > 0x20 && isTrimmedText(bytes, from, to);
}

function isTrimmedText(bytes: Buffer, from: number, to: number): boolean {
  if (bytes[to - 1]! < 0x80 && !BLANK_LEADS.has(bytes[from]!)) return true;
  const text = bytes.toString('utf8', from, to);
  return text.trim() === text;
}

export const ISO_LENGTH = 10;
export const NO_DAY = 0x7fff_ffff;

/** Days found so far, by (year - 1800) × 512 + month × 32 + day: exports repeat a few thousand dates. 0: not asked for yet. */
const KNOWN = new Int32Array(400 * 512);
const KNOWN_FROM = 1800;
const SHIFT = 1_000_000;

/** The day of the ISO date at an offset, NO_DAY unless there is one that exists. The bytes hold a line feed behind it. */
export function plainDay(bytes: Buffer, at: number): Day {
  if (bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS) return NO_DAY;
  const century = twoDigits(bytes, at);
  const inCentury = twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  if (century < 0 || inCentury < 0 || month < 0 || day < 0) return NO_DAY;
  const year = century * 100 + inCentury;
  const slot = (year - KNOWN_FROM) * 512 + month * 32 + day;
  if (month > 12 || day > 31 || slot < 0 || slot >= KNOWN.length)
    return dayExists(year, month, day) ? dayOf(year, month, day) : NO_DAY;
  const known = KNOWN[slot]!;
  if (known !== 0) return known - SHIFT;
  if (!dayExists(year, month, day)) return NO_DAY;
  KNOWN[slot] = dayOf(year, month, day) + SHIFT;
  return KNOWN[slot]! - SHIFT;
}

/** The number in two digits; -1 unless they are. */
function twoDigits(bytes: Buffer, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? -1 : tens * 10 + ones;
}
