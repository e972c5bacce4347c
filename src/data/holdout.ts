/**
 * What the customers of a date did after it. Groups of customers of one state who bought equally often; sorted by state,
 * then purchases.
 */
export interface Outcomes {
  readonly length: number;
  /** Index of the state. */
  readonly state: Int32Array;
  /** Purchases in the holdout. */
  readonly purchases: Int32Array;
  readonly count: Float64Array;
  /** Sum of the margins in the holdout, in currency units. */
  readonly margin: Float64Array;
}

/** The holdout of the customers known before it; who came later is no part of it. */
export interface Holdout {
  readonly outcomes: Outcomes;
  /** Purchases of all of them on each day; index 0 is the first day of the holdout. */
  readonly daily: Float64Array;
  /** The margin of all purchases of the holdout, exact, 10^-10. */
  readonly margin: bigint;
}
