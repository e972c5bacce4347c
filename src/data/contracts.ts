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

/** One customer of a cell. */
export interface Subscriber {
  readonly cell: number;
  readonly firstPayment: number;
  readonly lastPayment: number;
  /** Exact: 10^-4, and margin 10^-10. */
  readonly revenue: bigint;
  readonly margin: bigint;
}

/** What a customer of each cell is worth: the residual factor, and the CLV in minor units. */
export interface ContractWorth {
  readonly factor: Float64Array;
  readonly clv: BigInt64Array;
}
/**
 * What customers whose subscription ran at a date did after it. Groups of customers alike, sorted by renewals made, decided and
 * renewed. A renewal is decided when its grace is over, whichever way it went.
 */
export interface RenewalOutcomes {
  readonly length: number;
  /** Renewals made by the date. */
  readonly made: Int32Array;
  /** Renewals that were decided after it, by the end of the holdout, 0 or more; where one is not made, those that would have followed are. */
  readonly decided: Int32Array;
  /** Of these, the ones made, in a row from the first. */
  readonly renewed: Int32Array;
  readonly count: Float64Array;
  /** Margin a period of all customers of the group together, as it was known at the date, in currency units. */
  readonly margin: Float64Array;
}

/** The holdout of the customers running at a date; who came later, or came back, is no part of it. */
export interface RenewalHoldout {
  readonly outcomes: RenewalOutcomes;
  /** Margin of the n-th period of each customer after the date, where its renewal was decided; exact, 10^-10; index 0 is the first. Null where there is no money. */
  readonly margin: readonly bigint[] | null;
}
