import type { Book, BookDifference, CountedBook } from '../data/books/book.ts';
import type { Changes, Close } from '../data/books/close.ts';
import type { TransactionSink } from '../data/transactions.ts';
import type { BookChange } from './book-change.ts';
import type { Opened } from './ledger.ts';

/** Files that are read in this process to be sent on to a server. */
export interface Staging {
  readonly sink: TransactionSink;
  /** What came in as Parquet: `customer_id, day, amount`, then the keys under these names. */
  rows(keys: readonly string[]): Promise<AsyncIterable<Uint8Array>>;
  close(): Promise<void>;
}

/** A book where it is kept, and what can be done with all of it. */
export interface BookStore {
  /** E401, E520 where there is none. */
  mustBeThere(): Promise<void>;
  /** Opens it for reading, with a ledger that reads it where it stands. */
  open(): Promise<Opened>;
  /** What it says of itself. */
  read(): Promise<CountedBook>;
  /** Counts everything in it. @returns it, and what is not as its accounts say */
  check(): Promise<{ readonly book: CountedBook; readonly differences: readonly BookDifference[] }>;
  /** The closes whose rows up to their day are others today. */
  changedCloses(): Promise<{ readonly book: Book; readonly changed: ReadonlySet<number> }>;
  /** What became of the customers between two closes. @param top how many of the largest changes */
  changesBetween(closes: readonly [Close, Close], top: number): Promise<Changes>;
  /** Changes it as a whole, or not at all. */
  change<T>(signal: AbortSignal, work: (change: BookChange) => Promise<T>): Promise<T>;
}
