import type { Length } from './subscriptions/lengths.ts';

/** Subscriptions that have a model of their own: those of one length, and of one group where models are fitted by groups. */
export interface ContractFit {
  readonly length: Length;
  /** Values of the columns that models are fitted by. */
  readonly group: readonly string[];
}

/** Subscriptions alike: of one segment and fit, with equal last runs as of a day. */
export interface ContractCells {
  readonly length: number;
  /** Index in `segments`. */
  readonly segment: Int32Array;
  readonly segments: readonly (readonly string[])[];
  /** Index in `fits`. */
  readonly fit: Int32Array;
  readonly fits: readonly ContractFit[];
  /** Paid periods of the last run; 0 where all of them were given back. */
  readonly tenure: Int32Array;
  /** Renewals of it that are decided and were made. */
  readonly made: Int32Array;
  /** 1 where the one after the last paid period is decided and was not made. */
  readonly lost: Int32Array;
  /** 1 where the run goes on. */
  readonly alive: Int32Array;
  /** The chance that the next renewal may still be made: 1 unless it is late; 0 where the run has ended. */
  readonly chance: Float64Array;
  /** What one subscription brings in so many `periods`, exact, 10^-10. */
  readonly margin: readonly bigint[];
  readonly periods: Int32Array;
  readonly count: Float64Array;
}

/** A subscription whose payments come at another pace than its length. */
export interface Unfit {
  readonly customer: string;
  /** Median days from one payment to the next. */
  readonly gap: number;
  readonly length: Length;
  /** The length that the gap is nearest to. */
  readonly other: Length;
}

/** How many subscriptions are at another pace than theirs, with some of them. */
export interface Pace {
  /** Whether days are those that invoice lines cover, not those between payments. */
  readonly ofLines: boolean;
  readonly count: number;
  readonly unfit: readonly Unfit[];
  /** Whether those at the pace of another length are more than a few of all that paid twice. */
  readonly isOther: boolean;
}

/** Subscriptions as of a day. */
export interface Contracts {
  readonly cells: ContractCells;
  /** The cell of each subscription, those of a customer together, customers in the order of their ids. */
  readonly cellOf: Int32Array;
  /** Where the subscriptions of each customer begin, and at the end the number of all. */
  readonly starts: Int32Array;
  readonly payments: number;
  /** Payments besides the one of their due day. */
  readonly extra: number;
  /** Subscriptions with runs before their last one, and how many such runs. */
  readonly returned: number;
  readonly earlierRuns: number;
  readonly late: number;
  /** Runs of invoice lines that begin after the as-of date. */
  readonly ahead: number;
  readonly pace: Pace;
}

/** One customer, and where it stands among those whose subscriptions were read. */
export interface Subscriber {
  readonly at: number;
  readonly firstPayment: number;
  readonly lastPayment: number;
  /** Exact: 10^-4, and margin 10^-10. */
  readonly revenue: bigint;
  readonly margin: bigint;
}

/** What a subscription of each cell is worth: the residual factor, weighted by the chance that it goes on, and the CLV in minor units. */
export interface ContractWorth {
  readonly factor: Float64Array;
  readonly clv: BigInt64Array;
}

/** What each customer is worth, by the sum of the subscriptions; customers in the order of their ids. */
export interface SubscriberWorth {
  readonly length: number;
  /** Paid periods of the last runs. */
  readonly tenure: Int32Array;
  /** The greatest chance of any subscription to go on. */
  readonly alive: Float64Array;
  /** Mean margin a paid period, and what a period brings from now on, in currency units. */
  readonly mean: Float64Array;
  readonly expected: Float64Array;
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
