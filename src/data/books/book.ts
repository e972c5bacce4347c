import type { Day } from '../../base/calendar.ts';
import type { FileInput } from '../inputs.ts';
import type { Close } from './close.ts';

/**
 * A book: transactions that stay in a database file. What a reading was, the reader alone knows: it is kept as text
 * (reader/book/stored.ts).
 */

/** Records of an add that came before: dropped where they are the same, or taken in their place. Sums as in ControlTotals. */
export interface Overlap {
  /** The numbers of the later and of the earlier add. */
  readonly add: number;
  readonly earlier: number;
  readonly kind: 'repeated' | 'restated';
  /** Of `repeated` the records of the later add that were dropped, of `restated` those of the earlier that were ended. */
  readonly records: number;
  readonly amount: bigint;
  readonly days: bigint;
  readonly idBytes: bigint;
  /** Of `restated`: what stands in their place. */
  readonly newRecords: number;
  readonly newAmount: bigint;
}

/** A file that was added. Its input has the records and the money that the book took of it, without what came before. */
export interface BookAdd {
  readonly number: number;
  /** An instant, ISO 8601 in UTC. */
  readonly addedAt: string;
  readonly file: Omit<FileInput, 'plain'>;
  /** Transactions that the book took, and their sums as in ControlTotals. */
  readonly records: number;
  readonly days: bigint;
  readonly idBytes: bigint;
  /** Sum of a hash of every transaction and its kept columns. */
  readonly checksum: bigint;
  readonly layout: string | null;
  /** The options of reading as they were typed. */
  readonly options: string;
  /** What was found in reading it. */
  readonly reading: string;
  /** The number of the change that took it out; null: it counts. */
  readonly ended: number | null;
}

/** What every add of a book has in common, fixed by the first. */
export interface BookHead {
  /** The columns of the exports. */
  readonly header: readonly string[];
  /** Those whose texts are kept, in the order c0, c1 … */
  readonly kept: readonly string[];
  /** The roles as an option names them. */
  readonly customer: string;
  readonly date: string;
  readonly amount: string;
  /** A code, or the sign of the amounts; null where nothing says it. */
  readonly currency: string | null;
  /** The column that tells transactions apart. */
  readonly once: string | null;
  /** How the rows are read. */
  readonly reading: string;
}

export interface Book extends BookHead {
  /** As it was named. */
  readonly name: string;
  readonly format: number;
  /** Of the program that wrote it last. */
  readonly version: string;
  /** In the order of their numbers, those that were taken out too. */
  readonly adds: readonly BookAdd[];
  readonly overlaps: readonly Overlap[];
  /** In the order of their numbers and days. */
  readonly closes: readonly Close[];
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
}

/** A book whose customers are counted: those with a transaction that counts. */
export interface CountedBook extends Book {
  readonly customers: number;
}

/** The adds that count. */
export function liveAdds({ adds }: Pick<Book, 'adds'>): readonly BookAdd[] {
  return adds.filter(({ ended }) => ended === null);
}

/** What came again or was restated among the adds that count. */
export function liveOverlaps(book: Pick<Book, 'adds' | 'overlaps'>): readonly Overlap[] {
  const live = new Set(liveAdds(book).map(({ number }) => number));
  return book.overlaps.filter(({ add, earlier }) => live.has(add) && live.has(earlier));
}

/** What of a book is not as its accounts say. */
export interface BookDifference {
  readonly what: string;
  readonly found: string;
  readonly wanted: string;
}
