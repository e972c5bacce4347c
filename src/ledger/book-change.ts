import type { Book, BookAdd, BookHead, CountedBook } from '../data/books/book.ts';
import type { NewClose } from '../data/books/close.ts';
import type { ControlTotals, TransactionSink } from '../data/transactions.ts';
import type { Ledger } from './ledger.ts';

/** A file that is to be added, once it is read. */
export interface NewAdd extends Pick<BookAdd, 'addedAt' | 'file' | 'layout' | 'options' | 'reading'> {
  /** What the reader counted. */
  readonly totals: ControlTotals;
  /** The column, among the kept ones, by which records that came before are known; null: they are not looked for. */
  readonly once: string | null;
  /** Whether records with other contents take the place of those that came before. */
  readonly restate: boolean;
  /** Kept columns each of which may have one value in all of the book. */
  readonly single: readonly string[];
}

/** Records of a file that are equal to others in the book. Amount in 10^-4. */
export interface Equal {
  readonly records: number;
  readonly amount: bigint;
}

/** A file of what `Exports.valued` wrote. */
export interface ClosedCustomers {
  readonly file: string;
  /** Whether customers are named by the keys of the book. */
  readonly keyed: boolean;
}

/** A book while it is changed: what is read here has all changes so far. */
export interface BookChange {
  /** Null: there is none yet. */
  book(): Promise<Book | null>;
  /** Makes an empty one. */
  create(head: BookHead, version: string): Promise<void>;
  /** Names the column that tells transactions apart, and the currency, once they are known. */
  settle(head: Pick<BookHead, 'once' | 'currency'>, version: string): Promise<void>;
  /**
   * Adds a file under the next number. @param read reads it into the sink, with the kept columns as its keys
   * @returns records that are equal to some that came before, where no column tells them apart
   * @throws ClvError E488 a column with a second value, E490 restated records, E501
   */
  add(read: (sink: TransactionSink) => Promise<NewAdd>): Promise<{ readonly number: number; readonly equal: Equal }>;
  /** Takes an add out: its records count no more, and what it restated counts again. @throws ClvError E493 */
  remove(number: number): Promise<void>;
  /**
   * Keeps a close under the next number.
   * @throws ClvError E501 where they are not the customers of the close
   */
  close(close: NewClose, customers: ClosedCustomers): Promise<void>;
  /** Takes the last close back. */
  reopen(number: number): Promise<void>;
  /** Shows the book to a ledger as every command reads it. */
  read<T>(work: (ledger: Ledger, book: CountedBook) => Promise<T>): Promise<T>;
}
