import type { Day } from '../../base/calendar.ts';
import type { Length } from './lengths.ts';
import type { TermKind } from './payments.ts';

/** The due days of a run: day k is the first day + k lengths, and day 0 is paid. */
export interface Schedule {
  readonly first: Day;
  readonly length: Length;
  /** Number of the due day paid last. */
  readonly paid: number;
}

/** What a payment bought: service from a day up to another. */
export interface Term {
  readonly kind: TermKind;
  /** Day of the payment. */
  readonly paid: Day;
  /** Day from which its price counts: the payment's, or that on which what was paid before ends. */
  readonly from: Day;
  /** Paid until this day: the first that is not paid. It is not moved by a term that begins before it. */
  readonly until: Day;
  /** Exact, 10^-4, of the whole length; 0 of free and paused terms. */
  readonly amount: bigint;
  /** What the payment brings, exact, 10^-10, less what was given back of it. */
  readonly margin: bigint;
  readonly plan: string;
  readonly plans: readonly string[];
  readonly length: Length;
  /** The due days of its run, its own being the one paid last. */
  readonly schedule: Schedule;
  readonly grace: number;
  readonly currency: string;
  readonly segment: string;
  /** Whether it counts as a term: not where another payment took its place, or where all of it was given back. */
  readonly counts: boolean;
}

/** Terms without a gap beyond the grace, by the day from which they count. */
export interface Run {
  readonly terms: readonly Term[];
  /** Day on which all of the last payment was given back, where that ended the run. */
  readonly refunded: Day | null;
}

/** Payments of a subscription as terms, in time. */
export interface Terms {
  readonly runs: readonly Run[];
  /** Payments besides the one of their due day: how many, and exact money, 10^-4. */
  readonly extra: { readonly payments: number; readonly amount: bigint };
  /** Runs of invoice lines that begin after the as-of date: they are left out. */
  readonly ahead: number;
}

export type SubscriptionState = 'active' | 'late' | 'paused' | 'ended';

/** Where a subscription stands at the end of a day. */
export interface Standing {
  readonly state: SubscriptionState;
  /** First day of the last run; null where there was none. */
  readonly runStart: Day | null;
  /** Paid terms of the last run. */
  readonly paidPeriods: number;
  readonly paidUntil: Day | null;
  /** The last term that counts in the last run; its plan and length are those of the next renewal. */
  readonly last: Term | null;
  /** Runs before the last one. */
  readonly earlierRuns: number;
}

/**
 * Renewals of the last run that are decided: their grace was over before the as-of date, whichever way they went. In a
 * likelihood a subscription has left at renewal `paidPeriods` where it is lost, else it is there after `made` renewals.
 */
export interface Decisions {
  readonly made: number;
  /** Whether the renewal after the last paid term was not made. */
  readonly lost: boolean;
  /** Renewals made that are still open: others had as long and may yet come. */
  readonly madeOpen: number;
}

/** A subscription as of a day. */
export interface SubscriptionAsOf {
  readonly customer: string;
  readonly subscription: string;
  /** What its models are fitted by, as the ledger joins the columns; '' without any. */
  readonly group: string;
  /** Of its first row. */
  readonly segment: string;
  readonly terms: Terms;
  readonly standing: Standing;
  readonly decisions: Decisions;
}
