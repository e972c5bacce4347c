import { existsSync } from 'node:fs';
import { ClvError } from '../../../base/errors.ts';
import { variant } from '../../../base/message-text.ts';
import type { Book, BookDifference, CountedBook } from '../../../data/books/book.ts';
import type { Changes, Close } from '../../../data/books/close.ts';
import type { BookChange } from '../../book-change.ts';
import { isDatabase } from '../../book-file.ts';
import type { BookStore } from '../../book-store.ts';
import type { Opened } from '../../ledger.ts';
import { differencesIn } from '../../steps/books/check.ts';
import { changedIn } from '../../steps/books/closes.ts';
import { changesIn } from '../../steps/books/differences.ts';
import type { DuckDBStore } from '../store.ts';
import { changeBook } from './change.ts';
import { keyDifferences } from './keys.ts';
import { contentOf, countedBook, openBook, reading, tablesIn } from './read.ts';
import { SUMMARISED, summaryDifferences } from './summary.ts';

/** What is wrong with what this store alone keeps. */
async function ownDifferences(store: DuckDBStore, { format }: Book): Promise<readonly BookDifference[]> {
  return [...(await keyDifferences(store)), ...(format < SUMMARISED ? [] : await summaryDifferences(store))];
}

/** A book in a database file. What reads it raises E401, E481, E483, E486 and E496. */
export class DuckDBBook implements BookStore {
  readonly #file: string;
  readonly #scratch: string;

  /** @param scratch a private directory that exists */
  constructor(file: string, scratch: string) {
    this.#file = file;
    this.#scratch = scratch;
  }

  async mustBeThere(): Promise<void> {
    if (!existsSync(this.#file)) throw new ClvError('E401', { hint: '' }, { file: this.#file });
  }

  async open(): Promise<Opened> {
    return openBook(this.#file, this.#scratch);
  }

  read(): Promise<CountedBook> {
    return this.#reading((store) => countedBook(store, this.#file));
  }

  check(): Promise<{ readonly book: CountedBook; readonly differences: readonly BookDifference[] }> {
    return this.#reading(async (store) => {
      const book = await countedBook(store, this.#file);
      return { book, differences: await differencesIn(tablesIn(store), book, await ownDifferences(store, book)) };
    });
  }

  changedCloses(): Promise<{ readonly book: Book; readonly changed: ReadonlySet<number> }> {
    return this.#reading(async (store) => {
      const book = await contentOf(store, this.#file);
      return { book, changed: await changedIn(tablesIn(store), book) };
    });
  }

  changesBetween(closes: readonly [Close, Close], top: number): Promise<Changes> {
    return this.#reading((store) => changesIn(tablesIn(store), closes, top));
  }

  /** See changeBook. */
  change<T>(signal: AbortSignal, work: (change: BookChange) => Promise<T>): Promise<T> {
    return changeBook(this.#file, this.#scratch, signal, work);
  }

  async #reading<T>(work: Parameters<typeof reading<T>>[2]): Promise<T> {
    await this.mustBeThere();
    if (!isDatabase(this.#file)) throw new ClvError('E481', variant('E481', 'no database'), { file: this.#file });
    return reading(this.#file, this.#scratch, work);
  }
}
