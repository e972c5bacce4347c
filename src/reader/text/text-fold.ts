/**
 * Digits, blanks and signs as the world's programs write them, in the one form that is read: ASCII digits, blanks, hyphens.
 * For amounts, and for ids that are nothing but digits; never for names.
 */

/** Marks that steer the direction of text, and show nothing. */
const DIRECTION = '\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069';
const DIRECTIONS = new RegExp(`[${DIRECTION}]`, 'gu');

/** What stands for a character; those that are not here stand for themselves. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  '\uffe5': '¥',
  '\uffe6': '₩',
  '\u2212': '-',
  '\ufe63': '-',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u3000': ' ',
};

const DIGIT = /^\p{Nd}$/u;
const ASCII_ZERO = 0x30;

/** The first of the ten digits that a digit is one of: scripts have theirs in order, and blocks of ten may follow each other. */
function zeroOf(digit: number): number {
  let first = digit;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first--;
  return digit - ((digit - first) % 10);
}

const ZEROS = new Map<number, number>();

function knownZeroOf(digit: number): number {
  let zero = ZEROS.get(digit);
  if (zero === undefined) {
    zero = zeroOf(digit);
    ZEROS.set(digit, zero);
  }
  return zero;
}

/** A text without the marks of direction. */
export function withoutDirection(text: string): string {
  return text.replace(DIRECTIONS, '');
}

/** True for what stands for itself in every part. */
const PLAIN = /^[ -&(-_a-~][ -_a-~]*$/;

/**
 * The text of a cell with ASCII digits, blanks and hyphens, without marks of direction, and without the ' or ` before a digit or a
 * sign by which spreadsheets keep a text. Null where its digits are of several scripts.
 */
export function foldedCell(text: string): string | null {
  if (PLAIN.test(text)) return text;
  let folded = '';
  let script = -1;
  for (const character of withoutDirection(text)) {
    const code = character.codePointAt(0)!;
    const narrow = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character;
    const zero = code < 0x80 || narrow !== character ? ASCII_ZERO : DIGIT.test(character) ? knownZeroOf(code) : -1;
    const isDigit = code < 0x80 || narrow !== character ? narrow >= '0' && narrow <= '9' : zero >= 0;
    if (isDigit) {
      if (script >= 0 && script !== zero) return null;
      script = zero;
    }
    folded += isDigit && zero !== ASCII_ZERO ? String(code - zero) : (STANDS_FOR[narrow] ?? narrow);
  }
  return folded.replace(/^['`](?=[-+\d▲△])/, '').trim();
}

const ASCII_DIGITS = /^\d+$/;
const ANY_DIGITS = new RegExp(`^[${DIRECTION}]*['\`\uff07\uff40]?[${DIRECTION}\\p{Nd}]+$`, 'u');

/** An id that is nothing but digits, however they are written, in ASCII digits; any other as it is. */
export function foldedDigits(id: string): string {
  if (ASCII_DIGITS.test(id) || !ANY_DIGITS.test(id)) return id;
  const folded = foldedCell(id);
  return folded !== null && ASCII_DIGITS.test(folded) ? folded : id;
}
