import { LONGEST_DATE } from './times.ts';
import { plainTime } from './words/clock-words.ts';
import { isWeekday } from './words/weekday-words.ts';

/** Marks that say in which direction a text runs, and are not seen. */
const DIRECTIONS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;
const WIDE = /[\uff01-\uff5e]/g;
const BLANKS = /[\s\u00a0\u2009\u202f\u3000]+/g;
const FOREIGN_DIGITS = /(?![0-9])\p{Nd}/gu;
/** Months of the Gregorian calendar that are counted: Vietnamese has no other words for them. */
const COUNTED = /(\d) (?:tháng|thg) (\d{1,2}),?(?: năm)? (?=\d)/iu;
const ENGLISH = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Marks of eras that their years tell as well; with other years they stay, and the text is no date. */
const ERA_MARK =
  /(?<= )(?:พ\.ศ\.|พุทธศักราช) ?(?=2[4-6]\d\d(?!\d))|(?<=\D2[4-6]\d\d) (?:BE|B\.E\.)$|(?<=\D(?:13\d\d|14[01]\d)) AP$|(?<=\D14[2-9]\d) (?:AH|هـ)$/u;

/** A time at the end of a text. */
const CLOCK = /(?<![\d:.])\d{1,2}(?:(?::\d{2}){1,2}|(?:\.\d{2}){1,2})$/;

const KNOWN_LIMIT = 10_000;
const known = new Map<string, string>();

/**
 * A trimmed text of a date, and perhaps a time, without what only dresses it: marks of direction, wide forms, digits of another
 * script, weekdays, words between the parts, and a time as `timeOf` reads it. The same text where there is nothing of it, or
 * where its digits are of two scripts. To be asked only where the text itself is no date.
 */
export function foldedDate(text: string): string {
  const clock = CLOCK.exec(text)?.[0];
  if (clock === undefined) return foldedOnce(text);
  // Days repeat and times do not: the fold of one time is that of all that are written like it.
  const dotted = clock.includes('.');
  const parts = clock.split(dotted ? '.' : ':');
  const like = parts.map((_, i) => (i === 0 ? '1' : '00')).join(dotted ? '.' : ':');
  const model = foldedOnce(text.slice(0, -clock.length) + like);
  const match = model.length < LONGEST_DATE ? /^(.* )1(?::00){1,2}( [AP]M)?$/u.exec(model) : null;
  if (match === null) return foldedOnce(text);
  return `${match[1]}${parts.join(':')}${match[2] ?? ''}`;
}

function foldedOnce(text: string): string {
  let folded = known.get(text);
  if (folded === undefined) {
    folded = fold(text);
    if (known.size >= KNOWN_LIMIT) known.clear();
    known.set(text, folded);
  }
  return folded;
}

function fold(text: string): string {
  if (text.length > LONGEST_DATE) return text;
  const plain = plainDigits(
    text
      .normalize('NFC')
      .replace(DIRECTIONS, '')
      .replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
      .replace(BLANKS, ' ')
      .replace(/॰/g, '')
      .trim(),
  );
  if (plain === null) return text;
  const unbracketed = plain.replace(/ ?\(([\p{L}\p{M}]+\.?)\)/u, (all, word: string) => (isWeekday(word) ? '' : all));
  const timed = plainTime(unbracketed);
  if (timed === null) return foldedDay(unbracketed);
  return `${foldedDay(timed.date)} ${timed.time}`;
}

/** The date without a time. */
function foldedDay(text: string): string {
  return text
    .replace(/^([\p{L}\p{M}-]+)(?:\.,|[.,])? (?=.*\d)/u, (all, word: string) => (isWeekday(word) ? '' : all))
    .replace(COUNTED, (all, day: string, month: string) => {
      const word = ENGLISH[Number(month) - 1];
      return word === undefined ? all : `${day} ${word} `;
    })
    .replace(ERA_MARK, '')
    .replace(/(?:中華)?民[國国] ?(\d{1,3})(?!\d)/u, (_, year: string) => year.padStart(3, '0'))
    .replace(/(\d|\p{L}\.?) del? (?=\p{L}|\d)/giu, '$1 ')
    .replace(/(\d) d['’](?=\p{L})/giu, '$1 ')
    .replace(/^(\d{1,2})(?:st|nd|rd|th|er|º|ª)(?=[ ,])/iu, '$1')
    .replace(/(\p{L} \d{1,2})(?:st|nd|rd|th)(?=[ ,])/iu, '$1')
    .replace(/^(\d{4}) m\. (\p{L}+) (\d{1,2}) d\.$/u, '$1 $2 $3')
    .replace(/(?<=\d) ?(?:г|р|r|g|ж|m)\.?$/iu, '')
    .replace(/(?<=\d)\.$/, '');
}

/** Digits of one other script by their values; null where there are digits of two. */
function plainDigits(text: string): string | null {
  const digits = text.match(FOREIGN_DIGITS);
  if (digits === null) return text;
  const zeros = new Set(digits.map((digit) => zeroOf(digit.codePointAt(0)!)));
  if (zeros.size > 1 || /[0-9]/.test(text)) return null;
  const [zero] = zeros;
  return text.replace(FOREIGN_DIGITS, (digit) => String(digit.codePointAt(0)! - zero!));
}

/** The code point of the zero of a digit's script: decimal digits stand in runs of ten. */
function zeroOf(digit: number): number {
  let first = digit;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return digit - ((digit - first) % 10);
}
