/** What a ledger tells of when customers were won, and what they brought since. Exact: margins in 10^-10. */

/** Customers of one segment whose first purchase is in one calendar period. */
export interface AcquiredGroup {
  /** Values of the segment columns; none where there are none. */
  readonly segment: readonly string[];
  /** Number of the calendar period, as opportunity.periodOf; null: customers without any purchase. */
  readonly period: number | null;
  readonly customers: number;
  /** Realised up to the as-of date, after costs. */
  readonly margin: bigint;
  /** The sum of their CLVs in minor units; 0 where customers are not valued. */
  readonly clv: bigint;
}

/**
 * What such customers did in one calendar period. Its age: periods after that of the first purchase; what came before it
 * (refunds of older orders, costs) counts at age 0.
 */
export interface AgeCell {
  readonly segment: readonly string[];
  readonly period: number;
  readonly age: number;
  /** Customers with a purchase. */
  readonly buyers: number;
  readonly margin: bigint;
  /**
   * By how much the sum over the customers of their margins up to the end of the age grew, and the sum of the squares of
   * these: of each customer's margin in whole minor units.
   */
  readonly rounded: bigint;
  readonly squares: bigint;
}

export interface Acquired {
  readonly groups: readonly AcquiredGroup[];
  readonly cells: readonly AgeCell[];
}

/** A line of an acquisition file: what was spent to win customers. */
export interface AcquisitionCost {
  readonly line: number;
  /** Number of the calendar period of the cohorts; null where the file has none. */
  readonly period: number | null;
  /** The period as it is written. */
  readonly text: string | null;
  /** Values of the columns that cohorts are made by; null where they are made by periods alone. */
  readonly segment: readonly string[] | null;
  /** In units of 10^-4, zero or more. */
  readonly cost: bigint;
}
