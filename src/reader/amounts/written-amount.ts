import { AMOUNT_SCALE } from '../../base/money.ts';
import { foldedCell } from '../text/text-fold.ts';
import { type CurrencyMark, type FoundMark, markAt, together } from './currency-marks.ts';

export type Mark = '.' | ',';

/** What a backslash before a digit is, by the encoding that a file was decoded from: ¥ in Japanese ones, ₩ in Korean ones. */
export type Backslash = '¥' | '₩' | null;

/** A longer text is no amount, whatever it holds: keeps the grammar from long work on garbage. */
const LONGEST = 100;

/** An amount as it stands in a cell: its sign, its currency, and digits with marks in them. */
export interface WrittenAmount {
  readonly negative: boolean;
  /** The mark or code; null: none. */
  readonly currency: (Pick<CurrencyMark, 'key'> & { readonly text: string }) | null;
  /** ASCII digits, points, commas, apostrophes and blanks. */
  readonly body: string;
  /** What the cell itself tells: its point is the decimal mark, or all of its marks group. Null: nothing. */
  readonly own: 'point' | 'whole' | null;
  /** The mark that `,-` or `.-` behind the digits begins with. */
  readonly ending: Mark | null;
}

const LINE_BREAK = /[\n\v\f\r\x85\u2028\u2029]/;
const ARABIC = /[\u066b\u066c]/;
const BODY = /^[\d.,'’ ]+$/;
/** Scientific notation: one digit before the mark. */
const EXPONENT = /^(\d)(?:([.,])(\d+))?e([+-]?)(\d{1,2})$/i;
/** Spreadsheets write whole numbers of more digits than this and one with an exponent. */
const MOST_SHOWN = 10;
/** No minor units: 99,- */
const ENDING = /^([.,:])[-\u2013\u2014]/;

/** Takes sign, brackets and currency off a trimmed text; null when there are two of one, or anything else. */
export function writtenAmount(text: string, backslash: Backslash = null): WrittenAmount | null {
  const usual = backslash === null && text.length <= LONGEST ? usualAmount(text) : null;
  if (usual !== null) return usual;
  if (text.length > LONGEST || LINE_BREAK.test(text)) return null;
  const folded = foldedCell(backslash === null ? text : withSign(text, backslash));
  if (folded === null) return null;
  const from = folded.search(/\d/);
  if (from < 0) return null;
  let to = folded.length;
  while (!isDigit(folded.charCodeAt(to - 1))) to--;
  const before = itemsOf(folded.slice(0, from).replace(/[▲△]/, '-'), 'before');
  if (before === null) return null;
  const rest = folded.slice(to);
  const ending = ENDING.exec(rest);
  const after = itemsOf(ending ? rest.slice(ending[0].length) : rest, 'behind');
  if (after === null || after.point !== '') return null;
  const dress = joined(before, after);
  if (dress === null) return null;
  const body = withoutExponent(before.point + folded.slice(from, to));
  if (body === null) return null;
  const own = ownOf(body, ending !== null);
  if (own === undefined) return null;
  const end = ending?.[1] ?? ':';
  return {
    ...dress,
    body: own === 'point' ? body.replaceAll('\u066b', '.').replaceAll('\u066c', ',') : body,
    own,
    ending: end === ':' ? null : (end as Mark),
  };
}

/** A sign, a mark, digits with points and commas, a mark: the most of what there is, read at once. */
const USUAL =
  /^([-+]?)(?:([^\s\d.,:'’`()+-]{1,4})[ \u00a0]?)?(\d[\d.,]*)(?:[ \u00a0\u202f]?([^\s\d.,:'’`()+-]{1,4}))?$/;

/** What a text of the usual form with one mark at most says; null for any other, which is looked at closely. */
function usualAmount(text: string): WrittenAmount | null {
  const match = USUAL.exec(text);
  if (match === null) return null;
  const [, sign, before, body, behind] = match;
  if ((before !== undefined && behind !== undefined) || !isDigit(body!.charCodeAt(body!.length - 1))) return null;
  const name = before ?? behind;
  const currency = name === undefined ? null : knownMark(name);
  if (currency === undefined) return null;
  return { negative: sign === '-', currency, body: body!, own: null, ending: null };
}

const KNOWN_MARKS = new Map<string, WrittenAmount['currency'] | undefined>();
/** Texts that are remembered, marks or not. */
const REMEMBERED = 1000;

/** Undefined for a text that is no mark as a whole. */
function knownMark(text: string): WrittenAmount['currency'] | undefined {
  if (KNOWN_MARKS.has(text)) return KNOWN_MARKS.get(text);
  const found = foldedCell(text) === text ? markAt(text, 0) : null;
  const currency = found?.text === text ? { key: found.key, text } : undefined;
  if (KNOWN_MARKS.size < REMEMBERED) KNOWN_MARKS.set(text, currency);
  return currency;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function withSign(text: string, backslash: '¥' | '₩'): string {
  return text.replace(/\\(?=\s?[-+\u2212]?\s?\p{Nd})/u, backslash);
}

/**
 * The digits of a number without its exponent: those behind a mark end with zeros, so that they are no group. Null where digits may be lost:
 * spreadsheets round what they show as 1.23E+05 or 1.23457E+11, so that the digits of the ledger have to be there, while what
 * programs write as 1.5E+3, 1.2345678E7 or 1e+05 is whole.
 */
function withoutExponent(body: string): string | null {
  const [, first, mark, behind = '', sign, exponent] = EXPONENT.exec(body) ?? [];
  if (first === undefined) return body;
  const digits = first + behind;
  const shift = sign === '-' ? -Number(exponent) : Number(exponent);
  const isShown = sign !== '' && exponent!.length === 2 && (mark !== undefined || shift > MOST_SHOWN);
  if (isShown && behind.length - shift < AMOUNT_SCALE && /[1-9]/.test(digits)) return null;
  const whole = shift < 0 ? '0' : digits.slice(0, shift + 1).padEnd(shift + 1, '0');
  const fraction = shift < 0 ? digits.padStart(digits.length - shift - 1, '0') : digits.slice(shift + 1);
  if (mark === undefined && fraction === '') return whole;
  return `${whole}${mark ?? '\u066b'}${fraction}${'0'.repeat(AMOUNT_SCALE)}`;
}

/** Undefined: the marks of the digits do not go together. */
function ownOf(body: string, ended: boolean): WrittenAmount['own'] | undefined {
  if (!ARABIC.test(body)) return BODY.test(body) ? (ended ? 'whole' : null) : undefined;
  return ended || !/^[\d\u066b\u066c]+$/.test(body) ? undefined : 'point';
}

/** What stands on one side of the digits. */
interface Items {
  readonly signs: string;
  readonly brackets: number;
  readonly marks: readonly FoundMark[];
  /** A mark that stands directly before the digits, and is one of theirs. */
  readonly point: string;
}

/** Signs, brackets and marks with a blank between them at most; null where there is anything else. */
function itemsOf(text: string, side: 'before' | 'behind'): Items | null {
  let signs = '';
  let brackets = 0;
  let blank = false;
  const marks: FoundMark[] = [];
  for (let at = 0; at < text.length; ) {
    const character = text[at]!;
    if (character === ' ') {
      if (blank) return null;
      blank = true;
      at++;
      continue;
    }
    blank = false;
    const mark = markAt(text, at);
    if (mark !== null) {
      marks.push(mark);
      at += mark.text.length;
      if (mark.tight && !/^ ?$/.test(side === 'before' ? text.slice(at) : text.slice(0, at - mark.text.length)))
        return null;
    } else if (character === '-' || (character === '+' && side === 'before')) {
      signs += character;
      at++;
    } else if (character === (side === 'before' ? '(' : ')')) {
      brackets++;
      at++;
    } else if (side === 'before' && at === text.length - 1 && /[.,\u066b]/.test(character))
      return { signs, brackets, marks, point: character };
    else return null;
  }
  return { signs, brackets, marks, point: '' };
}

/** One sign or a pair of brackets, one mark and one code of the same currency. */
function joined(before: Items, after: Items): Pick<WrittenAmount, 'negative' | 'currency'> | null {
  const signs = before.signs + after.signs;
  const { brackets } = before;
  if (brackets !== after.brackets || signs.length + brackets > 1) return null;
  const marks = [...before.marks, ...after.marks];
  const negative = brackets === 1 || signs === '-';
  if (marks.length === 0) return { negative, currency: null };
  const text = marks.map((one) => one.text).join(' ');
  const [first, second, third] = marks;
  if (second === undefined) return { negative, currency: { key: first!.key, text } };
  if (third !== undefined || first!.isCode === second.isCode || marks.some(({ tight }) => tight)) return null;
  const [mark, code] = first!.isCode ? [second, first!] : [first!, second];
  const key = together(mark, code.key);
  return key === null ? null : { negative, currency: { key, text } };
}

interface Number10 {
  readonly whole: string;
  readonly fraction: string;
}

const GROUPED: Readonly<Record<Mark, RegExp>> = {
  '.': /^[1-9]\d{0,2}([,'’ ])\d{3}(?:\1\d{3})*$/,
  ',': /^[1-9]\d{0,2}([.'’ ])\d{3}(?:\1\d{3})*$/,
};
/** Three digits last, twos before, with the comma alone. */
const LAKH = /^[1-9]\d?(?:,\d\d)+,\d{3}$/;

/** The digits before and after the decimal mark; null when marks and groups do not fit. */
export function digitsOf(body: string, mark: Mark): Number10 | null {
  const at = body.indexOf(mark);
  const whole = at < 0 ? body : body.slice(0, at);
  const fraction = at < 0 ? '' : body.slice(at + 1);
  if (at >= 0 && !/^\d+$/.test(fraction)) return null;
  if (/^\d+$/.test(whole) || (whole === '' && at >= 0)) return { whole, fraction };
  const grouped = GROUPED[mark].test(whole) || (mark === '.' && LAKH.test(whole));
  return grouped ? { whole: whole.replace(/\D/g, ''), fraction } : null;
}

/** The number in a body in which every mark groups. */
function wholeOf(body: string): Number10 | null {
  const read = (mark: Mark): Number10 | null => {
    const digits = digitsOf(body, mark);
    return digits !== null && !body.includes(mark) ? digits : null;
  };
  return read('.') ?? read(',');
}

/** How the digits of a cell are read where the column has a mark, and perhaps no minor units. */
export function numberOf({ body, own }: WrittenAmount, mark: Mark, whole: boolean): Number10 | null {
  if (own === 'point') return digitsOf(body, '.');
  if (own === 'whole') return wholeOf(body);
  return (whole ? wholeOf(body) : null) ?? digitsOf(body, mark);
}
