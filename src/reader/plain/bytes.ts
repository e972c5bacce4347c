import { type Day, dayExists, dayOf } from '../../base/calendar.ts';
import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE } from '../../base/money.ts';
import { ID_KINDS, type IdKind, LONGEST_DIGITS, LONGEST_NOBODY } from '../../data/ids.ts';
import { foldedDigits } from '../text/text-fold.ts';

const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

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

/** Integer digits up to which units of 10^-4 are exact in a double, with room to sum. */
const EXACT_DIGITS = 11;
const FLUSH = 2 ** 51;
const SCALES = [10_000, 1_000, 100, 10, 1];

/**
 * Amounts of the form -?digits(.digits{1,4})? with at most 14 integer digits, read from bytes and summed exactly: in a
 * double below 2^52, flushed to a BigInt. Others are not wrong, only not plain.
 */
export class PlainAmounts {
  #sum = 0n;
  #partial = 0;
  /** Most decimals seen. */
  decimals = 0;
  /** Amounts with a point that look like 1.234: it may group thousands. */
  grouped = 0;
  /** Others that show that it is the decimal mark: 12.5, 0.123. */
  pointShown = 0;

  /** Adds the amount at an offset; the offset behind it, or -1: not plain. The bytes hold a line feed behind it. */
  add(bytes: Buffer, from: number): number {
    const negative = bytes[from] === MINUS;
    const first = negative ? from + 1 : from;
    let at = first;
    let value = 0;
    let digit = bytes[at]! - ZERO;
    while (digit >>> 0 <= 9) {
      value = value * 10 + digit;
      digit = bytes[++at]! - ZERO;
    }
    const digits = at - first;
    if (digits === 0 || digits > AMOUNT_INTEGER_DIGITS) return -1;
    let decimals = 0;
    if (bytes[at] === POINT) {
      const point = at;
      digit = bytes[++at]! - ZERO;
      while (digit >>> 0 <= 9) {
        value = value * 10 + digit;
        digit = bytes[++at]! - ZERO;
      }
      decimals = at - point - 1;
      if (decimals === 0 || decimals > AMOUNT_SCALE) return -1;
      if (decimals > this.decimals) this.decimals = decimals;
      if (decimals === 3 && digits <= 3 && bytes[first] !== ZERO) this.grouped++;
      else this.pointShown++;
    }
    if (digits > EXACT_DIGITS) this.#sum += unitsOf(bytes.toString('latin1', from, at), decimals);
    else this.#count((negative ? -value : value) * SCALES[decimals]!);
    return at;
  }

  #count(units: number): void {
    this.#partial += units;
    if (this.#partial < FLUSH && this.#partial > -FLUSH) return;
    this.#sum += BigInt(this.#partial);
    this.#partial = 0;
  }

  get sum(): bigint {
    return this.#sum + BigInt(this.#partial);
  }
}

function unitsOf(text: string, decimals: number): bigint {
  return BigInt(text.replace('.', '')) * BigInt(SCALES[decimals]!);
}

const bitOf = (kind: IdKind): number => 1 << ID_KINDS.indexOf(kind);
const [NOBODY, DECIMALS] = [bitOf('nobody'), bitOf('decimals')];
/** The kinds that a byte tells wherever it stands. */
const OF_BYTE = new Uint8Array(256).fill(bitOf('unseen'), 0x80);
OF_BYTE[0x2b] = bitOf('exponents');
OF_BYTE[0x40] = bitOf('emails');

/** Which kinds of ids there may be in a file, by the bytes of all of them: none is missed, and some may be of no such id. */
export class PlainIds {
  #seen = 0;

  /** An id that is not blank, in [from, to). */
  see(bytes: Buffer, from: number, to: number): void {
    let seen = this.#seen;
    for (let at = from; at < to; at++) seen |= OF_BYTE[bytes[at]!]!;
    const last = bytes[to - 1]!;
    const length = to - from;
    if (last === ZERO && bytes[to - 2] === POINT) seen |= DECIMALS;
    if (length <= LONGEST_DIGITS || (length <= LONGEST_NOBODY && (last < ZERO || last > NINE))) seen |= NOBODY;
    this.#seen = seen;
  }

  get kinds(): ReadonlySet<IdKind> {
    return new Set(ID_KINDS.filter((kind) => (this.#seen & bitOf(kind)) !== 0));
  }
}
