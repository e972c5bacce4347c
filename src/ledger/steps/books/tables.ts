import { ClvError } from '../../../base/errors.ts';
import { type Book, liveAdds } from '../../../data/books/book.ts';
import type { Dialect, Store } from '../../store.ts';

/**
 * The format of books that this program writes; it reads every one up to it. From 2 on a close may be one of subscriptions; from 3
 * on a book in a file keeps its customer-days and its customers.
 */
export const FORMAT = 3;

/** A book in a store: what the SQL that all stores share reads of it, each as it stands after FROM. */
export interface BookTables {
  readonly store: Store;
  /** The transactions of every add, `customer_id, day, amount, c0 …, add`. */
  readonly all: string;
  /** Those that count. */
  readonly live: string;
  /** Their days, `day, add`: who asks for no customer pays for none. */
  readonly dated: string;
  /** The customers of a close, `customer_id, clv`. */
  closed(number: number): string;
}

/** The name of a kept column in the table of transactions. */
export function keptName(position: number): string {
  return `c${position}`;
}

/** The names of all kept columns of a book. */
export function keptNames({ kept }: Pick<Book, 'kept'>): readonly string[] {
  return kept.map((_, i) => keptName(i));
}

/** The number of the next change. */
export function nextNumber({ adds }: Pick<Book, 'adds'>): number {
  return 1 + adds.reduce((most, { number, ended }) => Math.max(most, number, ended ?? 0), 0);
}

/** E493 for an add on whose records later ones build: without them, records would be gone that later files have too. */
export function mustBeLast(book: Book, number: number): void {
  const live = new Set(liveAdds(book).map((add) => add.number));
  const found = book.overlaps.filter(({ add, earlier }) => earlier === number && live.has(add)).map(({ add }) => add);
  if (found.length === 0) return;
  throw new ClvError('E493', { number, later: [...new Set(found)].join(', ') }, { file: book.name });
}

/** Days since 1970-01-01, as they are summed. */
const DAY_NUMBER = `CAST(day - CAST('1970-01-01' AS DATE) AS BIGINT)`;

/** What is summed over transactions whatever their customers: records, amount, days. */
export const SUMS = `count(*) AS records, sum(amount) AS amount, sum(${DAY_NUMBER}) AS days`;

/** What is summed over transactions: records, amount, days, id_bytes. */
export function sumsOf({ byteLength }: Dialect): string {
  return `${SUMS}, CAST(sum(${byteLength}(customer_id)) AS BIGINT) AS id_bytes`;
}

/** The sum over transactions of a hash of their texts, whatever their order. */
export function checksumOf({ checksum, amountText }: Dialect, columns: readonly string[]): string {
  return checksum(['customer_id', 'CAST(day AS VARCHAR)', amountText('amount'), ...columns]);
}
