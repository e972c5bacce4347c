import type { Day } from '../base/calendar.ts';

/** A table of customers as of a day: the one that a command values, or one of several that a statement compares. */
export type RollUpName = 'customers' | 'opening' | 'closing' | 'opening_repriced' | 'closing_repriced';

/** Values of the customers of a roll-up, kept by customer so that they can be compared. */
export type AppraisalName = 'opening' | 'closing' | 'repriced' | 'trial';

/** Several values of the same customers, each rounded once to the minor unit at the customer and summed by segment. */
export interface Appraised {
  readonly segment: readonly string[];
  readonly customers: number;
  /** Minor units, one a valuation. */
  readonly values: readonly bigint[];
}

/** What was reported of the customers of a segment when they were valued: how many, and their value in minor units. */
export interface Reported {
  readonly segment: readonly string[];
  readonly customers: number;
  readonly value: bigint;
}

/** What happened to the customers of two dates, by their appraisals. */
export interface Movement {
  /** What was reported of the opening, by the segments of then; null: nothing, it opens with the first value of `opening`. */
  readonly reported: readonly Reported[] | null;
  /** By their segment at the opening: what they were worth at each of its values, and at the first of `closing`. */
  readonly opening: readonly (Appraised & {
    /** Sums of what single customers are worth more, and less, at the first of `closing` than at the fourth of `opening`. */
    readonly gains: bigint;
    readonly losses: bigint;
    readonly later: bigint;
  })[];
  /** By their segment at the closing: the values of `closing`, then those of `repriced`. */
  readonly closing: readonly (Appraised & {
    /** Customers who were not there at the opening, and the sum of their first value. */
    readonly newCustomers: { readonly customers: number; readonly value: bigint };
    /** Customers whose mean margin is zero or less, and the sum of their last value. */
    readonly notPositive: { readonly customers: number; readonly value: bigint };
  })[];
  /** Money between the dates by the margins of the opening, as what was expected of it. */
  readonly realised: Flows;
  /** Money between the dates by the margins of the closing, where those are others. */
  readonly realisedByClosing: Flows | null;
}

/** Exact money, 10^-4 and 10^-10, of the customers there at the opening and of those who came. */
export interface Flows {
  readonly openingCustomers: Realised;
  readonly newCustomers: Realised;
}

export interface Realised {
  readonly revenue: bigint;
  readonly margin: bigint;
}

/** Days after `from`, up to `to`, inclusive. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}
