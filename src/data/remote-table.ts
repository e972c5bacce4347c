import type { Day } from '../base/calendar.ts';
import type { TypedColumn } from './columnar.ts';
import type { Expression } from './expression.ts';
import type { ControlTotals } from './transactions.ts';

/** A table of transactions that stands on a server and is read there. Its rows never come here one by one. */
export interface RemoteTable {
  /** The table as it is named in the output. */
  readonly name: string;
  columns(): Promise<readonly TypedColumn[]>;
  /** Settles what is read from here on, and counts it; nothing is left out. @throws ClvError E441, E450, E453 for rows that cannot be read */
  choose(choice: RemoteChoice): Promise<RemoteRead>;
  /** Settles what is read where a description says which rows count, and what they are worth. @throws ClvError E134, E283, E288, E441, E450, E453 */
  describe(choice: DescribedChoice): Promise<DescribedRead>;
  /** What it holds now of what was chosen. */
  content(): Promise<RemoteContent>;
}

/** Columns by name, and how they are read. */
export interface RemoteChoice {
  readonly customer: TypedColumn;
  readonly date: TypedColumn;
  readonly amount: TypedColumn;
  readonly keys: readonly TypedColumn[];
  /** Decides the day of an instant; that of the column when absent. */
  readonly timezone: string | undefined;
  /** Rounds every amount to so many decimals, half to even. */
  readonly round: number | undefined;
}

/** The checksum is of the chosen columns of all rows, whatever the order of the rows and the width of their types. */
export interface RemoteContent {
  readonly rows: number;
  readonly checksum: string;
}

/** The totals are those of the rows that are transactions. */
export interface RemoteRead extends RemoteContent {
  readonly totals: ControlTotals;
}

/** A list of values as a person writes it: whole texts without case, `*` for any text that is not blank, `?` for one character. */
export interface RemoteValues {
  readonly written: readonly string[];
}

/** A condition over positions: every column must hold one of its values. */
export type RemoteCase = readonly { readonly column: number; readonly values: RemoteValues }[];

/** Which values of a column count, and which do not. */
export interface RemoteRule {
  readonly column: number;
  /** Rows that are asked; null: all. */
  readonly when: RemoteCase | null;
  readonly count: RemoteValues;
  readonly leaveOut: readonly { readonly values: RemoteValues }[];
  /** Rows whose value sorts before that of this column do not count. */
  readonly before: { readonly column: number } | null;
  /** What is done with a value that is not listed; null: it is told. */
  readonly others: 'count' | 'leave out' | null;
}

/** A rate in units of 10^-12 from a first to a last day, both included; null: open. */
export interface RemoteRate {
  readonly currency: string;
  readonly units: bigint;
  readonly from: Day | null;
  readonly to: Day | null;
}

/** How the rows are read: positions are those of the columns. */
export interface RemoteReading {
  /** The first that holds somebody is the customer. */
  readonly customer: readonly number[];
  readonly nobody: RemoteValues | null;
  /** Whether a row without a customer is counted as such; otherwise it is a fault. */
  readonly guests: boolean;
  readonly unless: { readonly when: RemoteCase; readonly customer: readonly number[] } | null;
  /** The text before which an id ends; null: nowhere. */
  readonly upTo: string | null;
  readonly foldEmail: boolean;
  readonly foldIds: boolean;
  readonly alias: { readonly customers: ReadonlyMap<string, string> } | null;
  /** The first that is not NULL. */
  readonly date: readonly number[];
  readonly amount: Expression;
  readonly minus: readonly RemoteCase[];
  readonly zero: readonly RemoteCase[];
  /** Columns of the amount that say what was given back. */
  readonly refunded: readonly number[];
  readonly rules: readonly RemoteRule[];
  readonly order: { readonly column: number; readonly lines: 'parts' | 'total' } | null;
  /** The first that is not blank. */
  readonly currency: readonly number[];
  readonly onlyCurrency: string | null;
  readonly rates: { readonly lines: readonly RemoteRate[] } | null;
  readonly once: number | null;
  /** Values of a row that is no row of the table: there must be none. */
  readonly stop: { readonly column: number; readonly values: RemoteValues } | null;
}

/** What is looked at in the rows that are transactions. */
export interface RemoteWatch {
  /** Each the columns of which the first that is not blank is counted by its value. */
  readonly values: readonly (readonly number[])[];
  /** Columns of numbers, of which those above and below zero are counted and summed. */
  readonly sums: readonly number[];
  /** A column of numbers that may be other than one. */
  readonly quantity: number | null;
  /** A column that may be below zero where the money is above it. */
  readonly returns: number | null;
  /** The order whose amount may stand on each of its rows. */
  readonly order: number | null;
  /** Rows that are equal in all columns are looked for where this one is not blank. */
  readonly key: number | null;
}

export interface DescribedChoice extends Pick<RemoteChoice, 'timezone' | 'round'> {
  /** All of the table. */
  readonly columns: readonly TypedColumn[];
  readonly reading: RemoteReading;
  /** The amount as it was written. */
  readonly amountText: string;
  /** Below 0: the key that is no column, '1' of a row that is worth nothing since all of it was given back. */
  readonly keys: readonly number[];
  readonly watch: RemoteWatch;
}

/** Some rows, and their money in units of 10^-4. */
export interface Counted {
  readonly records: number;
  readonly amount: bigint;
}

/** Rows that a rule, by its number, does not count: by which of its lists (null: those that are in none), and the value. */
export interface LeftOutRows extends Counted {
  readonly rule: number;
  readonly list: number | null;
  readonly value: string;
}

/** Rows with a value. */
export interface ValueRows extends Counted {
  readonly value: string;
}

/** What became of the rows that are no transactions, and what is to be seen in the others. */
export interface DescribedRead extends RemoteRead {
  readonly continuation: Counted;
  readonly repeated: Counted;
  readonly withoutCustomer: Counted;
  readonly leftOut: readonly LeftOutRows[];
  readonly otherCurrencies: readonly ValueRows[];
  /** Values that no list of a rule has: `list` is null. */
  readonly unlisted: readonly LeftOutRows[];
  readonly withoutRate: readonly {
    readonly currency: string;
    readonly records: number;
    readonly first: Day;
    readonly last: Day;
  }[];
  /** Cells of further terms that were NULL and counted as nothing, by column. */
  readonly blanks: ReadonlyMap<number, number>;
  readonly seen: RemoteSeen;
}

/** What was seen of a table, in the order of what was to be looked at. */
export interface RemoteSeen {
  readonly values: readonly (readonly ValueRows[])[];
  readonly sums: readonly { readonly above: Counted; readonly below: Counted }[];
  readonly quantity: Counted;
  readonly returns: Counted;
  /** Orders with several rows; null: there are none whose rows all have the same amount. */
  readonly orders: OrderTotals | null;
  /** Rows beyond the first of those that are equal. */
  readonly repeats: Counted;
}

/** Orders whose rows all have the same amount. `once`: that of each order once; `counted`: of each of its rows. 10^-4. */
export interface OrderTotals {
  readonly orders: number;
  /** Orders with several rows, whatever their amounts. */
  readonly all: number;
  readonly records: number;
  readonly once: bigint;
  readonly counted: bigint;
}
