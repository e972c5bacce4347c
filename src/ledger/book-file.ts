import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { ClvError } from '../base/errors.ts';
import { isBookAddress, parseBookAddress } from './clickhouse/address.ts';

/** Where a database file of the embedded engine has its mark, and the mark. */
const MARK = { at: 8, text: 'DUCK' };

/** Whether a file is a database of the embedded engine, as a book is, by its bytes: its name says nothing. */
export function isDatabase(file: string): boolean {
  try {
    if (!statSync(file).isFile()) return false;
    const start = Buffer.alloc(MARK.text.length);
    const descriptor = openSync(file, 'r');
    try {
      readSync(descriptor, start, 0, start.length, MARK.at);
    } finally {
      closeSync(descriptor);
    }
    return start.toString('latin1') === MARK.text;
  } catch {
    // What cannot be opened is told by who reads it.
    return false;
  }
}

/** Whether a book is named: by its address, or by its file. */
export function isBook(name: string): boolean {
  return isBookAddress(name) || isDatabase(name);
}

/** The book among what was named as files. E441 where its address is wrong, which is not said again; E480 where it is not alone. */
export function bookIn(files: readonly string[]): string | null {
  const book = files.find(isBook);
  if (book === undefined) return null;
  if (isBookAddress(book)) parseBookAddress(book);
  if (files.length > 1) throw new ClvError('E480', { book });
  return book;
}
