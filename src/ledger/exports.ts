import type { ListedCustomers } from '../data/customer-columns.ts';

/** What a store writes of the valued customers itself, where it can: an engine brings these along with its store. */
export interface Exports {
  /**
   * The rows of `customers` as CSV without a header, with the texts that the report has; null where an id or a segment needs
   * quotes.
   */
  csv?(list: CustomerList): Bytes;
  /** The same rows as Parquet, under the names and by the kinds of these columns. */
  parquet?(columns: readonly ListColumn[], list: CustomerList): Bytes;
  /**
   * The customers with their states and values as they are kept with a close, as Parquet with the columns VALUED.
   * @param keyed whether they are named by the keys of their book, `customer` in place of `customer_id`
   */
  valued?(keyed: boolean): Bytes;
  /** A short list as Parquet. @param digits decimals of money */
  parquetOf?(list: TextList, digits: number): Bytes;
  /**
   * Keeps the customers in a table of the server, all at once.
   * @param table as a user names it
   * @param names of the columns of the list of customers
   * @throws ClvError E457, E458
   */
  keep?(table: string, names: readonly string[], list: CustomerList, expected: Kept): Promise<void>;
}

/** The columns of a customer of a close. */
export const VALUED = ['customer_id', 'segment', 'x', 'recency', 'age', 'mean', 'p_alive', 'dert', 'clv'] as const;

export type Bytes = Promise<AsyncIterable<Uint8Array> | null>;

/** How the valued customers are to be written. */
export interface CustomerList extends ListedCustomers {
  /** Segment columns, so many. */
  readonly segments: number;
  /** Purchases that the mean margin is taken over, less the repeat ones. */
  readonly counted: 0 | 1;
  /** Decimals of money. */
  readonly digits: number;
  /** The columns that are written, by their places among all of them with each bound of an interval apart; absent: all. */
  readonly places?: readonly number[];
}

/** A column of a list under its name, and what its texts stand for. */
export interface ListColumn {
  readonly name: string;
  readonly kind: 'text' | 'date' | 'integer' | 'money' | 'number' | 'share';
}

/** A short list: the texts of its cells, column by column; null is blank. */
export interface TextList {
  readonly columns: readonly ListColumn[];
  readonly cells: readonly (readonly (string | null)[])[];
}

/** What is to be kept: so many rows, and so much in the column `clv`, in units of it. */
export interface Kept {
  readonly rows: number;
  readonly sum: bigint;
}
