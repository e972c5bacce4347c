import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { sayClose, type Taken } from '../../cli/closes/choices.ts';
import { sameBook } from '../../cli/closes/which.ts';
import type { Session } from '../../cli/session.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Book } from '../../data/books/book.ts';
import type { Close, NewClose } from '../../data/books/close.ts';
import { changeBook } from '../../ledger/registry.ts';
import type { CloseOptions } from './options.ts';

/** A close that is to be made. */
export interface CloseAsked {
  readonly file: string;
  /** As it stood before it was valued. */
  readonly book: Book;
  /** The close before; null: there is none. */
  readonly before: Close | null;
  readonly taken: Taken<CloseOptions>;
  /** The options on the command line, by their long names. */
  readonly typed: readonly string[];
  /** The options as they were typed. */
  readonly words: string;
  /** Of this program. */
  readonly version: string;
}

/** E531 for a close that is not after the one before. */
export function checkLater({ book, before }: CloseAsked, { asOf }: Pick<Settings, 'asOf'>): void {
  const day = asOf ?? book.lastDay;
  if (before === null || day === null || day > before.asOf) return;
  const values = { date: isoOf(day), number: before.number, last: isoOf(before.asOf) };
  throw new ClvError('E531', values, { file: book.name });
}

/** Tells as of which day a book is closed where none was given, and what is as in the close before. E532 for another book. */
export function sayAsked(
  { book, before, taken }: CloseAsked,
  { asOf }: Pick<Settings, 'asOf'>,
  session: Session,
): void {
  const { notes, pricing } = session;
  mustBeSame(book, pricing.book!);
  if (asOf === null) notes.say(`as of ${isoOf(book.lastDay!)}, the last day of the book; --as-of names another`);
  if (before) sayClose(before, taken.words, notes);
}

/**
 * Writes the customers that are valued now beside the book, to be kept with it.
 * @returns what is done once all is known: it keeps the close in the book, unless another run has changed that (E532)
 */
export async function keptIn(
  { file, book }: CloseAsked,
  { ledger, scratch, signal }: Session,
): Promise<(close: NewClose) => Promise<void>> {
  const customers = { file: join(scratch, 'customers.parquet'), keyed: ledger.loaded.ids !== null };
  await writeFile(customers.file, (await ledger.exports.valued!(customers.keyed))!);
  return (close) =>
    changeBook(file, scratch, signal, async (change) => {
      mustBeSame(book, (await change.book())!);
      await change.close(close, customers);
    });
}

/** E532 where another run has changed the book. */
function mustBeSame(before: Book, now: Book): void {
  if (!sameBook(before, now)) throw new ClvError('E532', {}, { file: before.name });
}
