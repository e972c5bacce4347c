import { type Day, dayExists, dayOf } from '../../base/calendar.ts';
import { foldedDigits } from '../text/text-fold.ts';

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

/** Bytes with which an id may begin or end that is digits in another form: quotation marks, and leads of marks and digits. */
const ODD_DIGITS = new Uint8Array(256);
for (const byte of [0x27, 0x60, 0xd8, 0xd9, 0xdb, 0xdf, 0xe0, 0xe1, 0xe2, 0xea, 0xef, 0xf0]) ODD_DIGITS[byte] = 1;

/** False where an id stands for ASCII digits. */
export function isFolded(bytes: Buffer, from: number, to: number): boolean {
  if (ODD_DIGITS[bytes[from]!] === 0 && bytes[to - 1]! < 0x80) return true;
  const text = bytes.toString('utf8', from, to);
  return foldedDigits(text) === text;
}

export const ISO_LENGTH = 10;
export const NO_DAY = 0x7fff_ffff;
const SLOTS = 8192;

/**
 * Reads ISO dates from bytes. Exports repeat a few thousand dates, so a date is first looked up by its bytes, taken as three
 * numbers; four numbers a slot, the last one the day.
 */
export class PlainDates {
  readonly #known = new Int32Array(4 * SLOTS).fill(-1);

  /** The day of the date at an offset; NO_DAY unless there is one that exists, in the years 1900 to 2199. Ten bytes must be there. */
  read(bytes: Buffer, view: DataView, at: number): Day {
    const known = this.#known;
    const year = view.getInt32(at);
    const month = view.getInt32(at + 4);
    const day = view.getUint16(at + 8);
    const hash = Math.imul(year ^ Math.imul(month ^ Math.imul(day, 0x9e3779b1), 0x85ebca6b), 0xc2b2ae35);
    const slot = (hash >>> 19) << 2;
    if (known[slot] === year && known[slot + 1] === month && known[slot + 2] === day) return known[slot + 3]!;
    const found = isoDay(bytes, at);
    if (found === NO_DAY) return NO_DAY;
    known[slot] = year;
    known[slot + 1] = month;
    known[slot + 2] = day;
    known[slot + 3] = found;
    return found;
  }
}

function isoDay(bytes: Buffer, at: number): Day {
  if (bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS) return NO_DAY;
  const century = twoDigits(bytes, at);
  const year = twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  // Years of other calendars, and those that none tells, are for whoever sees the whole column.
  const digits = century >= 19 && century <= 21 && year >= 0 && month >= 0 && day >= 0;
  return digits && dayExists(century * 100 + year, month, day) ? dayOf(century * 100 + year, month, day) : NO_DAY;
}

/** The number in two digits; -1 unless they are. */
function twoDigits(bytes: Buffer, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? -1 : tens * 10 + ones;
}
