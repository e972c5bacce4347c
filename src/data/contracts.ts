/** How payments are read as periods of a subscription, counted by the calendar from each customer's first payment. */
export interface ContractPeriods {
  /** Months of a period. */
  readonly months: 1 | 3 | 12;
  /** A payment up to so many days before its due day is for that period. */
  readonly early: number;
  /** Days that a run of paid periods may miss. */
  readonly grace: number;
}

/** Customers alike: of one segment, with as many paid periods in their last run, there or not, and equal margin in it. Sorted so. */
export interface ContractCells {
  readonly length: number;
  /** Index in `segments`. */
  readonly segment: Int32Array;
  readonly segments: readonly (readonly string[])[];
  /** Paid periods of the last run, 1 or more. */
  readonly tenure: Int32Array;
  /** 1 where the run reaches the period of the as-of date. */
  readonly alive: Int32Array;
  /** Margin of the run of one customer, exact, 10^-10. */
  readonly margin: readonly bigint[];
  readonly count: Float64Array;
}

/** Subscriptions as of a day. */
export interface Contracts {
  readonly cells: ContractCells;
  readonly payments: number;
  /** Payments that are not the first of their period. */
  readonly second: number;
  /** Customers with runs before their last one, and how many such runs. */
  readonly returned: number;
  readonly earlierRuns: number;
  /** Days from a payment to the customer's next, counted; sorted. */
  readonly gaps: { readonly days: Int32Array; readonly count: Float64Array };
}

/** What a customer of each cell is worth: the residual factor, and the CLV in minor units. */
export interface ContractWorth {
  readonly factor: Float64Array;
  readonly clv: BigInt64Array;
}
