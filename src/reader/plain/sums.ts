import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE } from '../../base/money.ts';

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;

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
