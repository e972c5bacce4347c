import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE, rescale } from '../../base/money.ts';
import { minorUnitsOf } from './currency-marks.ts';
import { type Backslash, type Mark, numberOf, type WrittenAmount, writtenAmount } from './written-amount.ts';

export type { Mark } from './written-amount.ts';

/** Why a text is not an amount: codes of messages. */
export type AmountProblem = 'E201' | 'E202' | 'E203' | 'E205' | 'E206';

const LIMIT = 10n ** BigInt(AMOUNT_INTEGER_DIGITS + AMOUNT_SCALE);
/** Texts of a column that are remembered. */
const REMEMBERED = 4096;

/** How the amounts of a column are read, once all of them have been looked at. */
export interface AmountReading {
  readonly mark: Mark;
  /** Decimals that amounts are rounded to. */
  readonly round?: number | undefined;
  /** Whether their currency has no minor unit, so that a mark with three digits behind it groups, whichever it is. */
  readonly whole?: boolean;
}

interface Understood {
  readonly exact: Exact | AmountProblem;
  /** The amount rounded, in units of 10^-4. */
  readonly units: bigint | AmountProblem;
  readonly currency: WrittenAmount['currency'];
}

/** units × 10^-scale. */
export interface Exact {
  readonly units: bigint;
  readonly scale: number;
}

/** An amount that was read with three decimals, which its currency does not have. */
interface OddAmount {
  readonly text: string;
  readonly currency: string;
}

/** The currencies that the amounts of all files have named. */
class Currencies {
  key: string | null = null;
  readonly texts = new Set<string>();
  mixed = false;
  odd: OddAmount | null = null;

  /** False for another than before. */
  see({ key, text }: NonNullable<WrittenAmount['currency']>): boolean {
    this.key ??= key;
    if (this.key !== key) return false;
    this.texts.add(text);
    return true;
  }
}

/**
 * Reads the amounts of a column exactly: digits of any script with an optional sign, groups of three (or lakh), one decimal mark,
 * a currency; brackets or a trailing minus for negatives; an exponent where no digits are lost. No NaN, nothing rounded unless asked
 * for (half to even).
 */
export class Amounts {
  readonly mark: Mark;
  readonly round: number | undefined;
  readonly #whole: boolean;
  readonly #backslash: Backslash;
  readonly #currencies: Currencies;
  readonly #known = new Map<string, Understood>();

  constructor(reading: AmountReading, backslash: Backslash = null, currencies = new Currencies()) {
    this.mark = reading.mark;
    this.round = reading.round;
    this.#whole = reading.whole === true;
    this.#backslash = backslash;
    this.#currencies = currencies;
  }

  /** Whether both read every text alike. */
  static areAlike(one: Amounts, other: Amounts): boolean {
    return one.mark === other.mark && one.round === other.round && one.#whole === other.#whole;
  }

  /** A reader of amounts that are known to have a point. */
  withPoint(): Amounts {
    return new Amounts({ mark: '.', round: this.round });
  }

  /** A reader of the column in a file where a backslash is a sign. */
  withBackslash(backslash: Backslash): Amounts {
    return new Amounts({ mark: this.mark, round: this.round, whole: this.#whole }, backslash, this.#currencies);
  }

  /** The currency of the amounts as all of them write it, else its code; every amount that has one must have this one. */
  get currency(): string | null {
    const { key, texts } = this.#currencies;
    return texts.size === 1 ? [...texts][0]! : key;
  }

  /** Whether a column tells the currency of each, so that they may have several. */
  get mixed(): boolean {
    return this.#currencies.mixed;
  }

  set mixed(mixed: boolean) {
    this.#currencies.mixed = mixed;
  }

  get odd(): OddAmount | null {
    return this.#currencies.odd;
  }

  /** A key of a trimmed text that amounts of one value share, where they have the usual form. */
  keyOf(text: string): number | string {
    const quick = quickUnits(text, this.mark, this.#whole ? 0 : AMOUNT_SCALE);
    if (!Number.isNaN(quick)) return quick;
    const { exact } = this.#understood(text);
    return typeof exact === 'string' ? text : `${exact.units}e${exact.scale}`;
  }

  /** Units of 10^-4 of a trimmed text, or what is wrong with it. */
  read(text: string): bigint | AmountProblem {
    const quick = quickUnits(text, this.mark, this.#whole ? 0 : (this.round ?? AMOUNT_SCALE));
    if (!Number.isNaN(quick)) return BigInt(quick);
    const { units, currency } = this.#understood(text);
    return typeof units === 'bigint' && !this.#fits(currency) ? 'E205' : units;
  }

  /** The exact value of a trimmed text, for arithmetic that rounds at its end; or what is wrong with it. */
  exact(text: string): Exact | AmountProblem {
    const quick = quickUnits(text, this.mark, this.#whole ? 0 : AMOUNT_SCALE);
    if (!Number.isNaN(quick)) return { units: BigInt(quick), scale: AMOUNT_SCALE };
    const { exact, currency } = this.#understood(text);
    return typeof exact !== 'string' && !this.#fits(currency) ? 'E205' : exact;
  }

  /** False for the second currency of amounts that have one. */
  #fits(currency: WrittenAmount['currency']): boolean {
    return currency === null || this.mixed || this.#currencies.see(currency);
  }

  #understood(text: string): Understood {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const understood = this.#understand(text);
    if (this.#known.size < REMEMBERED) this.#known.set(text, understood);
    return understood;
  }

  #understand(text: string): Understood {
    const written = writtenAmount(text, this.#backslash);
    if (written === null) return refused('E201');
    const { currency, negative } = written;
    const digits = numberOf(written, this.mark, this.#whole);
    if (digits === null) return refused(numberOf(written, other(this.mark), this.#whole) === null ? 'E201' : 'E206');
    const exact = exactOf(digits.whole, digits.fraction, this.round);
    if (currency !== null && digits.fraction.length === 3 && minorUnitsOf(currency.key) === 'none')
      this.#currencies.odd ??= { text, currency: currency.text };
    if (typeof exact === 'string') return refused(exact);
    const units = rounded(exact, this.round);
    if (!negative) return { exact, units, currency };
    return {
      exact: { units: -exact.units, scale: exact.scale },
      units: typeof units === 'string' ? units : -units,
      currency,
    };
  }
}

function refused(problem: AmountProblem): Understood {
  return { exact: problem, units: problem, currency: null };
}

function other(mark: Mark): Mark {
  return mark === '.' ? ',' : '.';
}

/** Whether a trimmed text is an amount under one mark or the other. */
export function isAmount(text: string, backslash: Backslash): boolean {
  const written = writtenAmount(text, backslash);
  return written !== null && (numberOf(written, '.', false) ?? numberOf(written, ',', false)) !== null;
}

/** The value of digits, or why it is none of an amount. */
function exactOf(whole: string, fraction: string, round: number | undefined): Exact | 'E202' | 'E203' {
  const decimals = fraction.replace(/0+$/, '');
  const scale = decimals.length;
  if (scale > AMOUNT_SCALE && round === undefined) return 'E202';
  const units = BigInt(whole + decimals);
  return units < 10n ** BigInt(AMOUNT_INTEGER_DIGITS + scale) ? { units, scale } : 'E203';
}

/** Units of 10^-4 of a value that is not below zero, rounded where it is asked for. */
function rounded({ units, scale }: Exact, round: number | undefined): bigint | 'E203' {
  if (round === undefined || scale <= round) return rescale(units, scale, AMOUNT_SCALE);
  const found = rescale(rescale(units, scale, round), round, AMOUNT_SCALE);
  return found < LIMIT ? found : 'E203';
}

/** Units of 10^-4, or why there are none. */
export function unitsOf(whole: string, fraction: string, round: number | undefined): bigint | 'E202' | 'E203' {
  const exact = exactOf(whole, fraction, round);
  return typeof exact === 'string' ? exact : rounded(exact, round);
}

const SCALES = [10_000, 1_000, 100, 10, 1];

/** Units of 10^-4 of -?digits(mark digits)? with at most 11 and `decimals` digits; NaN for any other text. */
function quickUnits(text: string, mark: Mark, decimals: number): number {
  const length = text.length;
  const first = text.charCodeAt(0) === 0x2d ? 1 : 0;
  const between = mark === '.' ? -2 : -4;
  let value = 0;
  let point = -1;
  for (let at = first; at < length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit >= 0 && digit <= 9) value = value * 10 + digit;
    else if (digit === between && point < 0) point = at;
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
  return writtenAmount(text)?.currency?.text ?? '';
}
