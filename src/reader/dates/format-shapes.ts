import { monthOf } from './words/month-words.ts';

/** Fields of a date: up to four digits or the word of a month. All else stands between them as it is. */
const PIECES = /\d+|\p{L}[\p{L}\p{M}]*|[^\p{L}\p{N}]+/gu;
const ORDERS = [
  ['DD', 'MM', 'YY'],
  ['MM', 'DD', 'YY'],
  ['YY', 'MM', 'DD'],
] as const;

/** The letter of an era of Japan is no separator. */
const ERA = /^[MTSHR]\.?\d/i;

/** Names of formats with what stands between the parts of a date, in the orders of the world; none when it has not three fields. */
export function formatsLike(date: string): readonly string[] {
  const pieces: readonly string[] = date.match(PIECES) ?? [];
  if (pieces.join('') !== date || ERA.test(date)) return [];
  const fields = pieces.flatMap((piece, i) => (/^\d{1,4}$/.test(piece) || monthOf(piece) !== undefined ? i : []));
  if (fields.length !== 3) return [];
  return ORDERS.map((order) =>
    pieces
      .map((piece, i) => {
        const field = fields.indexOf(i);
        if (field < 0) return separator(piece, pieces[i - 1]);
        const word = order[field]!;
        if (word === 'YY') return piece.length === 4 ? 'YYYY' : 'YY';
        return word === 'MM' && !/\d/.test(piece) ? 'MMM' : word;
      })
      .join(''),
  );
}

/** A point behind the word of a month may stand there or not. */
function separator(text: string, before: string | undefined): string {
  const plain = text.replace(/\s+/g, ' ');
  return before !== undefined && monthOf(before) !== undefined ? plain.replace(/^\.(?= )/, '') : plain;
}
