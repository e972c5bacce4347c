import { isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import type { Book } from '../../data/books/book.ts';
import { type Close, lastClose } from '../../data/books/close.ts';
import { bookIn, readBook } from '../../ledger/registry.ts';
import { withScratch } from '../scratch.ts';
import { interruptible } from '../signals.ts';

/** Which close of a book is meant. */

/** The book as it stands before it is valued. @throws ClvError E401, E481, E483, E486, E496 */
export function bookBefore(file: string): Promise<Book> {
  return interruptible((signal) => withScratch(signal, (scratch) => readBook(file, scratch)));
}

/** The close that is meant: `last`, its number, or its date. E534. */
export function closeNamed(book: Book, asked: string): Close {
  const { closes } = book;
  const found =
    asked === 'last'
      ? lastClose(book)
      : closes.find(({ number, asOf }) => asked === String(number) || asked === isoOf(asOf));
  if (found) return found;
  const names = closes.map(({ number, asOf }) => `${number} (${isoOf(asOf)})`);
  throw new ClvError('E534', { asked, closes: names.join(', ') || 'none' }, { file: book.name });
}

/** Options that say themselves what an opening was valued by. */
const OPENING = ['--from-margins', '--from-discount-rate', '--from-model'];

/**
 * The close that a statement opens with: the last, or that of its opening date where no option says what it was valued by.
 * @throws ClvError E111, E530
 */
export async function openingClose(
  files: readonly string[],
  from: string | undefined,
  typed: readonly string[],
): Promise<Close | null> {
  const file = bookIn(files);
  const own = typed.find((option) => OPENING.includes(option));
  if (from !== 'last') {
    if (file === null || from === undefined || own !== undefined) return null;
    const { closes } = await bookBefore(file);
    return closes.find(({ asOf }) => isoOf(asOf) === from) ?? null;
  }
  if (own !== undefined) throw new ClvError('E111', { option: '--from last', other: own });
  if (file === null) throw new ClvError('E530', variant('E530', 'no book'));
  const last = lastClose(await bookBefore(file));
  if (last === null) throw new ClvError('E530', variant('E530', 'no close'), { file });
  return last;
}

/** Whether two books are the same, as far as a close goes. */
export function sameBook(one: Book, other: Book): boolean {
  const state = ({ adds, closes }: Book): string =>
    JSON.stringify([adds.map(({ number, ended }) => [number, ended]), closes.map(({ closedAt }) => closedAt)]);
  return state(one) === state(other);
}
