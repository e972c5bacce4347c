import type { Day } from '../base/calendar.ts';

/** What a ledger tells about the customers, upwards: exact, and never more than a block of them at once. */

/** Records and exact money (10^-4) of a part of the transactions. */
export interface Part {
  readonly customers: number;
  readonly records: number;
  readonly amount: bigint;
}

/** The customers as of a day. */
export interface Population {
  readonly asOf: Day;
  readonly valued: Part;
  readonly withoutPurchase: Part;
  readonly afterAsOf: Part;
  readonly firstPurchase: Day | null;
  /** Customers whose mean margin is zero or less, of those that have one. */
  readonly notPositive: number;
  /** The largest mean margin of a customer, either sign. */
  readonly largestMean: number;
  /** Customers whose rows name more than one segment. */
  readonly segmentChanged: number;
  /** Every day with a transaction, sorted. */
  readonly days: readonly Day[];
  /** First purchases within 28 days of the first of all, and in the 56 days after those. */
  readonly earlyFirst: number;
  readonly nextFirst: number;
  /** First purchases in the 365.25 days up to the as-of date. */
  readonly recentFirst: number;
  /** Costs after the as-of date, or of customers without a transaction up to it: no part of any margin. 10^-4 */
  readonly costsLeft: bigint;
}

/** The names of a segment as one key; no text of a file has this character. */
export function segmentKey(names: readonly string[]): string {
  return names.join('\u0000');
}

/** What is known of each segment, by its names. */
export function bySegment<T>(
  segments: readonly (readonly string[])[],
  values: readonly T[],
): (segment: readonly string[]) => T | undefined {
  const found = new Map(segments.map((segment, i) => [segmentKey(segment), values[i]!]));
  return (segment) => found.get(segmentKey(segment));
}

/** A valued customer, as a block of one. */
export interface OneCustomer {
  readonly block: CustomerBlock;
  /** Values of the columns that models are fitted by; none where all are one group. */
  readonly group: readonly string[];
}

/** What the transactions hold of an id that somebody typed. */
export interface Sighting {
  /** Records up to the as-of date, and after it. */
  readonly records: number;
  readonly late: number;
  /** Purchases up to the as-of date. */
  readonly purchases: number;
  /** Ever, so it may be after the as-of date. */
  readonly firstPurchase: Day | null;
  /** Where there is no record of it: customers with an id like it, the nearest first. */
  readonly nearest: readonly string[];
}

/** Exact sums of a segment or of all customers. Revenue in 10^-4, margin in 10^-10, clv in minor units. */
export interface Totals {
  readonly segment: readonly string[];
  readonly customers: number;
  readonly revenue: bigint;
  readonly margin: bigint;
  readonly clv: bigint;
}

/** Values of a column, one a customer: whole numbers, doubles, exact units, or words; null only among the bounds of intervals. */
export type CustomerValues = Int32Array | Float64Array | BigInt64Array | readonly (bigint | null)[] | readonly string[];

/** Valued customers, column by column, by CLV descending, then id. */
export interface CustomerBlock {
  readonly length: number;
  readonly id: readonly string[];
  /** One list a segment column. */
  readonly segment: readonly (readonly string[])[];
  /** By their names: customerColumns says what each is kept as. */
  readonly columns: ReadonlyMap<string, CustomerValues>;
  /** Exact margin of the purchases that the mean is taken over, 10^-10, where it is known. */
  readonly spend?: readonly bigint[];
}

/** A value of a column of numbers. @param row of the block, from 0 */
export function numberIn({ columns }: CustomerBlock, name: string, row: number): number {
  return Number(columns.get(name)![row]!);
}

/** A value of a column of exact units. @param row of the block, from 0 */
export function unitsIn({ columns }: CustomerBlock, name: string, row: number): bigint {
  return BigInt(columns.get(name)![row]!);
}

/** A value of a column of bounds. @param row of the block, from 0 */
export function boundIn({ columns }: CustomerBlock, name: string, row: number): bigint | null {
  const value = columns.get(name)![row] ?? null;
  return value === null ? null : BigInt(value);
}

/** Purchases of customers by day, their first ones included, up to the day on which they are valued. */
export interface DailyPurchases {
  readonly asOf: Day;
  /** Ascending; days without a purchase are missing. */
  readonly day: Int32Array;
  readonly purchases: Float64Array;
}
