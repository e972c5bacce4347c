/** States `start` to `end` (exclusive) are those of customers with these values of the `--fit-by` columns. */
export interface Group {
  readonly name: readonly string[];
  readonly start: number;
  readonly end: number;
  /** As that of the states. */
  readonly logGaps?: number;
}

/**
 * Distinct states with their counts: all a buying model sees of the customers. Sorted by (x, recency, age), so that sums
 * over them run in one order whatever the order of the file.
 */
export interface States {
  readonly length: number;
  /** Where models are fitted by group: the states of each, one group after the other; absent where all are one. */
  readonly groups?: readonly Group[];
  /** Σ over customers of ln of the weeks between each two consecutive purchases; there where it was asked for. */
  readonly logGaps?: number;
  /** Repeat purchases. */
  readonly x: Int32Array;
  /** Days from first to last purchase (t_x). */
  readonly recency: Int32Array;
  /** Days from first purchase to the as-of date (T). */
  readonly age: Int32Array;
  /** Customers in the state. */
  readonly count: Float64Array;
}

/** How many purchases came so many days after the one before, ascending; of all customers, or of those of a group. */
export interface Gaps {
  /** Values of the `--fit-by` columns; none where all are one. */
  readonly name: readonly string[];
  readonly days: Int32Array;
  readonly count: Float64Array;
}

/** Customers of one state in one segment, with the sums that values and their variances are made of. Sorted likewise. */
export interface Cells {
  readonly length: number;
  /** Index of the state. */
  readonly state: Int32Array;
  /** Index in `segments`. */
  readonly segment: Int32Array;
  readonly segments: readonly (readonly string[])[];
  readonly count: Float64Array;
  /** Sum of the mean margins per purchase, and of their squares. */
  readonly mean: Float64Array;
  readonly square: Float64Array;
}

/** The purchases that mean margins are taken over: all but the first of each customer, or all. */
export type SpendFrom = 'repeat' | 'all';

/** Distinct (purchases counted in the mean, mean margin) of customers with at least one such purchase; sorted by both. */
export interface SpendStates {
  readonly length: number;
  /** The groups of the states, where models are fitted by group; groups without any are missing. */
  readonly groups?: readonly Group[];
  readonly x: Int32Array;
  /** Mean margin per purchase in currency units; may be zero or negative. */
  readonly mean: Float64Array;
  readonly count: Float64Array;
}

/** Distinct customers: a state and a mean margin together, as indices of both (spend −1: none). Sorted likewise. */
export interface Joint {
  readonly length: number;
  readonly state: Int32Array;
  readonly spend: Int32Array;
  readonly count: Float64Array;
}

/** What values a customer of a state: clv = base + multiplier × mean margin, and likewise the expected margin per purchase. */
export interface Factors {
  readonly states: States;
  readonly pAlive: Float64Array;
  /** Discounted expected residual transactions within the horizon. */
  readonly dert: Float64Array;
  readonly spendBase: Float64Array;
  readonly spendMultiplier: Float64Array;
  /** Where intervals of customers are asked for. */
  readonly bounds?: CustomerBounds;
  /** Where it is asked when customers buy next. */
  readonly next?: NextPurchase;
}

/** What prices customers by their states: clv = times × dert × (base + multiplier × mean margin). */
export interface Pricing extends Pick<Factors, 'states' | 'dert' | 'spendBase' | 'spendMultiplier'> {
  /** 1 where it is left out. */
  readonly times?: number;
}

/** When the customers of a state buy next. */
export interface NextPurchase {
  /** P(any purchase after the as-of date). */
  readonly buysAgain: Float64Array;
  /** Days after the as-of date by which a tenth, half and nine tenths of those who buy again have bought. */
  readonly from: Float64Array;
  readonly median: Float64Array;
  readonly to: Float64Array;
}

/** What the intervals of the value of a customer of a state are made of. */
export interface CustomerBounds {
  readonly prediction: Prediction;
  /** Null where nothing is known of how sure the parameters are. */
  readonly confidence: Confidence | null;
}

/** Bounds of what a customer brings, as `dert`: times its expected margin per purchase. */
export interface Prediction {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Relative variances of `dert`, to below and to above, and Var(expected margin) = base + linear · mean + quadratic · mean². */
export interface Confidence {
  readonly below: Float64Array;
  readonly above: Float64Array;
  readonly base: Float64Array;
  readonly linear: Float64Array;
  readonly quadratic: Float64Array;
}
