import { ClvError } from '../base/errors.ts';
import type { Book } from '../data/books/book.ts';
import { bookIn } from '../ledger/registry.ts';
import { mustAgree } from '../reader/book/added.ts';
import { readingNames } from './shared-options.ts';

/**
 * E485 for an option of reading where a book is read.
 * @param typed the options on the command line, by their long names
 */
export function checkBookOptions(files: readonly string[], typed: readonly string[]): void {
  const names = readingNames();
  const option = typed.find((one) => names.includes(one));
  if (option === undefined) return;
  const book = bookIn(files);
  if (book !== null) throw new ClvError('E485', { option }, { file: book });
}

/** E488 for a currency that is not that of the book: codes are held against codes, signs against signs. */
export function checkCurrency(book: Book, currency: string): void {
  const isCode = (text: string): boolean => /^[A-Z]{3}$/.test(text);
  if (book.currency !== null && isCode(book.currency) === isCode(currency))
    mustAgree(book, 'the currency', currency, book.currency);
}
