import type { Day } from '../base/calendar.ts';
import type { Ground } from '../data/books/kept-fits.ts';
import type { RollUpName } from '../data/movement.ts';
import type { ControlTotals } from '../data/transactions.ts';
import type { LoadPlan } from './plan.ts';

/**
 * A store that speaks SQL, as the ledger needs it: tables of ours under names of ours. All SQL is ours too; what a user typed
 * is bound as a parameter, and what was read goes in by `fill`.
 */
export interface Store {
  /** What the store writes otherwise than the others. */
  readonly dialect: Dialect;
  /** Makes a table of the rows of a query, in place of one of that name. */
  create(table: string, select: string): Promise<void>;
  /** Names the rows of a query that is read a few times: kept only where that costs less than asking again. */
  derive(name: string, select: string): Promise<void>;
  drop(table: string): Promise<void>;
  /** Small results, a row an object. @param values of the parameters 1, 2 … */
  rows(sql: string, values?: readonly string[]): Promise<readonly Row[]>;
  /** Large results, column by column, never all at once. */
  chunks(sql: string, values?: readonly string[]): AsyncIterable<Chunk>;
  /**
   * Makes a table, in place of one of that name, of values that never pass through SQL text.
   * @param values of the rows start to end (exclusive), column by column
   */
  fill(
    table: string,
    columns: readonly (readonly [string, ColumnType])[],
    length: number,
    values: (start: number, end: number) => readonly ColumnValues[],
  ): Promise<void>;
  /** As `fill`, of values that are read a few times and do not change: they are written down only where that costs less. */
  lend: Store['fill'];
  /** Ends what is running, from elsewhere, for good; the promise is of a store that is not in this process. */
  interrupt(): void | Promise<void>;
  close(): Promise<void>;
}

/** A store with transactions in it by customer and day, and the plan by which they were loaded. */
export interface Loaded {
  readonly store: Store;
  readonly plan: LoadPlan;
  /** Every day with a transaction, in order. */
  readonly days: readonly Day[];
  /**
   * The customers of the working tables by whole numbers, `customer, customer_id`, as it stands after FROM; null where
   * `customer` is the id itself.
   */
  readonly ids: string | null;
  /** Where margins are one rate; null where none are kept. */
  readonly summed: Summed | null;
  /** The largest mean margin, either sign, of the customers of each roll-up that was made. */
  readonly largestMeans: Map<RollUpName, number>;
  /**
   * What is read of the transactions by their rate of margin, or what was kept of it beside a book: plain data with columns of numbers.
   * @param grounds what it depends on besides
   */
  readonly kept: <T>(grounds: readonly Ground[], read: () => Promise<T>) => Promise<T>;
  /** Of a book: see Intake. */
  readonly closed?: (number: number) => string;
}

/** Every customer as of the last day, added up. */
export interface Summed {
  /** As it stands after FROM; see Summary. */
  readonly customers: string;
  /** No revenue among them is larger, either sign, in currency units. */
  readonly most: number;
}

export interface Dialect {
  /** The parameter of this number, a text. */
  parameter(number: number): string;
  /** The name of the Levenshtein distance of two texts. */
  readonly levenshtein: string;
  /** The name of the number of bytes of a text. */
  readonly byteLength: string;
  /** Whether a text is among those of a query over tables of ours, wherever the rows of the text stand. */
  isAmong(text: string, query: string): string;
  /** The sum over the rows of a group of a hash of some texts. */
  checksum(texts: readonly string[]): string;
  /** An amount as text, with all its decimals. */
  amountText(amount: string): string;
  /** The name of the number of characters of a text. */
  readonly characters: string;
  /** A text in composed Unicode without characters that no one sees. */
  plainText(text: string): string;
  /** The name of a text in lower case. */
  readonly lower: string;
  /** The 64-bit integer that is nearest to a double, of two the even one; one that does not fit is an error. */
  halfEven(double: string): string;
  /** The text of one NUL. */
  readonly nul: string;
  /** A part of a text between NULs, counted from 1. */
  part(text: string, number: number): string;
  /** The value, among the rows of a group, of that with the least or the greatest of another; rows where that is NULL do not count. */
  argMin(value: string, by: string): string;
  argMax(value: string, by: string): string;
  /** A day so many months later, on the last day of a month that is too short. */
  plusMonths(day: string, months: string): string;
}

/** Texts; days as numbers, and those that others are only compared with; 32- and 64-bit integers; doubles; decimals as their units: amounts 10^-4, rates 10^-6. */
export type ColumnType = 'text' | 'day' | 'bound' | 'integer' | 'long' | 'double' | 'amount' | 'rate';

/** Integers and units of decimals are bigint or number; doubles and days are numbers. */
export type Value = bigint | number | string | null;

/** Values of a column; large columns of numbers come as typed arrays of the column's type. */
export type ColumnValues = readonly Value[] | Int32Array | Float64Array | BigInt64Array;

export type Row = Readonly<Record<string, Value>>;

/** Some rows of a result. Columns count from 0; asking for one as what it is not is a bug of ours: TypeError. */
export interface Chunk {
  readonly rowCount: number;
  doubles(column: number): Float64Array;
  /** 32-bit integers, or days. */
  integers(column: number): Int32Array;
  /** 64-bit integers. */
  bigints(column: number): BigInt64Array;
  bigintsOrNull(column: number): (bigint | null)[];
  /** The units of wide decimals; 0 for NULL. */
  decimals(column: number): bigint[];
  texts(column: number): string[];
}

type Numbers = Int32Array | Float64Array;

/** All rows of a large result, column by column. @param take the columns of a chunk that are wanted */
export async function concatChunks<T extends Readonly<Record<string, Numbers>>>(
  chunks: AsyncIterable<Chunk>,
  take: (chunk: Chunk) => T,
): Promise<T> {
  const none = take(NO_ROWS);
  const parts: T[] = [];
  for await (const chunk of chunks) parts.push(take(chunk));
  const joined = Object.entries(none).map(([name, empty]) => [
    name,
    joinedColumn(
      parts.map((part) => part[name]!),
      empty,
    ),
  ]);
  return Object.fromEntries(joined) as T;
}

const NO_ROWS: Chunk = {
  rowCount: 0,
  doubles: () => new Float64Array(),
  integers: () => new Int32Array(),
  bigints: () => new BigInt64Array(),
  bigintsOrNull: () => [],
  decimals: () => [],
  texts: () => [],
};

function joinedColumn(parts: readonly Numbers[], empty: Numbers): Numbers {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all = new (empty.constructor as new (n: number) => Numbers)(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Numbers different texts in the order in which they come. */
export class Interner {
  readonly #indices = new Map<string, number>();

  indicesOf(texts: readonly string[]): Int32Array {
    return Int32Array.from(texts, (text) => {
      const known = this.#indices.get(text);
      if (known !== undefined) return known;
      this.#indices.set(text, this.#indices.size);
      return this.#indices.size - 1;
    });
  }

  get texts(): readonly string[] {
    return [...this.#indices.keys()];
  }
}

/** An integer or the units of a decimal; 0 for NULL (a sum over nothing). */
export function units(value: Value | undefined): bigint {
  if (value === null || value === undefined) return 0n;
  if (typeof value === 'string') throw new TypeError('not an exact number');
  return BigInt(value);
}

/** A count. */
export function count(value: Value | undefined): number {
  return Number(units(value));
}

export function dayOrNull(value: Value | undefined): Day | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return value;
  throw new TypeError('not a date');
}

/** Control totals under their names in a row. */
export function totalsFrom(row: Row): ControlTotals {
  return {
    records: count(row['records']),
    amount: units(row['amount']),
    days: units(row['days']),
    idBytes: units(row['id_bytes']),
    firstDay: dayOrNull(row['first_day']),
    lastDay: dayOrNull(row['last_day']),
  };
}
