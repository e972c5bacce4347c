import { minorDigits } from '../base/currencies.ts';
import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE, rescale } from '../base/money.ts';

export type Mark = '.' | ',';

/** Why a text is not an amount: codes of messages. */
export type AmountProblem = 'E201' | 'E202' | 'E203' | 'E205' | 'E206';

/** A longer text is no amount, whatever it holds: keeps the grammar from long work on garbage. */
const LONGEST = 100;

const CURRENCY = String.raw`[A-Z]{0,2}\p{Sc}|[A-Z]{3}`;
const BODY = String.raw`[\d.,](?:[\d.,'’ \u00a0\u2009\u202f]*\d)?`;
/** Sign, currency, bracket, sign, currency, digits, and the same backwards; what may stand together is checked after. */
const DRESSED = new RegExp(
  String.raw`^([+-]?)(${CURRENCY})?\s?(\(?)([+-]?)(${CURRENCY})?\s?(${BODY})(-?)\s?(${CURRENCY})?(\)?)\s?(${CURRENCY})?(-?)$`,
  'u',
);
const GROUPED: Readonly<Record<Mark, RegExp>> = {
  '.': /^[1-9]\d{0,2}([,'’ \u00a0\u2009\u202f])\d{3}(?:\1\d{3})*$/u,
  ',': /^[1-9]\d{0,2}([.'’ \u00a0\u2009\u202f])\d{3}(?:\1\d{3})*$/u,
};
const UNIT = 10n ** BigInt(AMOUNT_SCALE);
const LIMIT = 10n ** BigInt(AMOUNT_INTEGER_DIGITS + AMOUNT_SCALE);

interface Undressed {
  readonly negative: boolean;
  readonly currency: string | null;
  readonly body: string;
}

interface Number10 {
  readonly whole: string;
  readonly fraction: string;
}

/** units × 10^-scale. */
export interface Exact {
  readonly units: bigint;
  readonly scale: number;
}

/** Takes sign, brackets and currency off; null when there are two of one, or anything else. */
function undress(text: string): Undressed | null {
  const match = text.length <= LONGEST ? DRESSED.exec(text) : null;
  if (!match) return null;
  const [, sign, before, open, inner, within, body, after, unit, close, behind, last] = match;
  const signs = [sign, inner, after, last].filter((mark) => mark !== '');
  const currencies = [before, within, unit, behind].filter((mark) => mark !== undefined);
  const bracketed = open !== '';
  if (bracketed !== (close !== '') || signs.length + (bracketed ? 1 : 0) > 1 || currencies.length > 1) return null;
  const currency = currencies[0] ?? null;
  if (currency !== null && /^[A-Z]{3}$/.test(currency) && minorDigits(currency) === undefined) return null;
  return { negative: bracketed || signs[0] === '-', currency, body: body! };
}

/** The digits before and after the decimal mark; null when marks and groups do not fit. */
function digitsOf(body: string, mark: Mark): Number10 | null {
  const at = body.indexOf(mark);
  const whole = at < 0 ? body : body.slice(0, at);
  const fraction = at < 0 ? '' : body.slice(at + 1);
  if (at >= 0 && !/^\d+$/.test(fraction)) return null;
  if (/^\d+$/.test(whole) || (whole === '' && at >= 0)) return { whole, fraction };
  return GROUPED[mark].test(whole) ? { whole: whole.replace(/\D/gu, ''), fraction } : null;
}

/** Both readings of a text, as plain decimal text: for finding the mark of a column. Null: no amount under that mark. */
export function readings(text: string): Readonly<Record<Mark, string | null>> {
  const undressed = undress(text);
  const under = (mark: Mark): string | null => {
    const digits = undressed && digitsOf(undressed.body, mark);
    return digits && `${digits.whole}.${digits.fraction}`;
  };
  return { '.': under('.'), ',': under(',') };
}

/**
 * Reads the amounts of a column exactly: digits with an optional sign, groups of three, one decimal mark, a currency sign or
 * code; brackets or a trailing minus for negatives. No exponents, no NaN, nothing rounded unless asked for (half to even).
 */
export class Amounts {
  readonly mark: Mark;
  /** Decimals that amounts are rounded to. */
  readonly round: number | undefined;
  /** The currency sign or code seen; every amount that has one must have this one. */
  currency: string | null = null;
  /** Whether a column tells the currency of each, so that they may have several. */
  mixed = false;

  constructor(mark: Mark, round?: number) {
    this.mark = mark;
    this.round = round;
  }

  /** The same for amounts that are known to have a point. */
  withPoint(): Amounts {
    return new Amounts('.', this.round);
  }

  /** Units of 10^-4 of a trimmed text, or what is wrong with it. */
  read(text: string): bigint | AmountProblem {
    const quick = this.mark === '.' ? quickUnits(text, this.round ?? AMOUNT_SCALE) : Number.NaN;
    if (!Number.isNaN(quick)) return BigInt(quick);
    const found = this.#number(text);
    if (typeof found === 'string') return found;
    const { units, scale } = found;
    if (this.round === undefined || scale <= this.round) return rescale(units, scale, AMOUNT_SCALE);
    const rounded = rescale(rescale(units, scale, this.round), this.round, AMOUNT_SCALE);
    return rounded < LIMIT && rounded > -LIMIT ? rounded : 'E203';
  }

  /** The exact value of a trimmed text, for arithmetic that rounds at its end; or what is wrong with it. */
  exact(text: string): Exact | AmountProblem {
    const quick = this.mark === '.' ? quickUnits(text, AMOUNT_SCALE) : Number.NaN;
    return Number.isNaN(quick) ? this.#number(text) : { units: BigInt(quick), scale: AMOUNT_SCALE };
  }

  #number(text: string): Exact | AmountProblem {
    const undressed = undress(text);
    if (!undressed) return 'E201';
    const digits = digitsOf(undressed.body, this.mark);
    if (!digits) return digitsOf(undressed.body, this.mark === '.' ? ',' : '.') ? 'E206' : 'E201';
    const decimals = digits.fraction.replace(/0+$/, '');
    if (decimals.length > AMOUNT_SCALE && this.round === undefined) return 'E202';
    const units = BigInt(digits.whole + decimals);
    if (units >= (LIMIT * 10n ** BigInt(decimals.length)) / UNIT) return 'E203';
    if (undressed.currency !== null && !this.mixed) {
      this.currency ??= undressed.currency;
      if (this.currency !== undressed.currency) return 'E205';
    }
    return { units: undressed.negative ? -units : units, scale: decimals.length };
  }
}

const SCALES = [10_000, 1_000, 100, 10, 1];

/** Units of 10^-4 of -?digits(.digits)? with at most 11 and `decimals` digits; NaN for any other text. */
function quickUnits(text: string, decimals: number): number {
  const length = text.length;
  const first = text.charCodeAt(0) === 0x2d ? 1 : 0;
  let value = 0;
  let point = -1;
  for (let at = first; at < length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else if (digit === -2 && point < 0) point = at;
    else return Number.NaN;
  }
  const behind = point < 0 ? 0 : length - point - 1;
  const whole = (point < 0 ? length : point) - first;
  if (whole === 0 || whole > 11 || behind > decimals || (point >= 0 && behind === 0)) return Number.NaN;
  const units = value * SCALES[behind]!;
  return first === 1 && units > 0 ? -units : units;
}

/** The currency that an amount names, for the message about two of them. */
export function currencyOf(text: string): string {
  return undress(text)?.currency ?? '';
}
