import type { Day } from '../base/calendar.ts';
import type { Decimal } from '../base/decimal.ts';
import type { MarginKind } from '../base/money.ts';
import type { Opportunity } from '../data/opportunity.ts';
import type { SegmentFrom } from '../data/transactions.ts';

/** A row of a margins table as a ledger joins it: values of the key columns (null: any), and a period, inclusive. */
export interface MarginRule {
  readonly line: number;
  readonly keys: readonly (string | null)[];
  readonly kind: MarginKind;
  /** The rate, or the cost in currency units. */
  readonly value: Decimal;
  readonly from: Day | null;
  readonly to: Day | null;
}

/** How a row's margin follows from its amount. Keys index `LoadPlan.keys`; -1 is the customer id. */
export interface MarginPlan {
  /** For rows that match no rule: a rate, or null where every row must match. */
  readonly rate: Decimal | null;
  readonly rules: {
    /** The file they come from, for errors. */
    readonly file: string;
    readonly columns: readonly number[];
    readonly rows: readonly MarginRule[];
  } | null;
}

/** Lines of a margins file that no transaction matched. */
export interface UnmatchedRules {
  readonly file: string;
  readonly lines: readonly number[];
}

/** A cost on a day of a customer, in units of 10^-4. */
export interface Cost {
  readonly customer: string;
  readonly day: Day;
  readonly cost: bigint;
}

/** Columns of payments of subscriptions. */
export interface SubscriptionColumns {
  readonly subscription: number | null;
  readonly plan: number | null;
  readonly currency: number | null;
  /** First day of service of a line of an invoice, and the day it ends; null: rows are payments. */
  readonly start: number | null;
  readonly end: number | null;
  /** Where rows may be worth nothing since all of them was given back: GIVEN_BACK. */
  readonly givenBack: number | null;
}

/** What a ledger is to make of the rows it was given. */
export interface LoadPlan {
  /** Key columns of the rows, in the order in which files and batches carry them. */
  readonly keys: readonly string[];
  /** Positions in `keys` of the segment columns. */
  readonly by: readonly number[];
  /** Whose day tells the segment of a customer: its first transaction's, or its last one's up to the as-of date (when absent). */
  readonly segmentFrom?: SegmentFrom;
  /** Positions in `keys` of the columns that models are fitted by. */
  readonly fitBy: readonly number[];
  /** Positions in `keys` of the columns that payments of subscriptions are told apart by; null: there is none. */
  readonly subscriptions?: SubscriptionColumns | null;
  /** Whether the rows below zero are summed apart, for `audit`. */
  readonly refunds?: boolean;
  /** Whether nobody asks for ids: those that a book has by keys are not read. */
  readonly nameless?: boolean;
  readonly margin: MarginPlan;
  /** Other margins, for roll-ups with `openingMargins`. */
  readonly openingMargin?: MarginPlan | null;
  readonly costs: { readonly file: string; readonly rows: readonly Cost[] } | null;
}

/** How customers are rolled up. */
export interface RollUpPlan {
  /** The last day that counts; null: the last day there is. */
  readonly asOf: Day | null;
  /** Which purchases the mean margin is taken over. */
  readonly spendFrom: 'repeat' | 'all';
  /** Customers without such purchases take the mean of their segment's (exact: margin over purchases). */
  readonly fillMeans: boolean;
  /** Count purchases by occasions on a calendar grid, for BG/BB; absent: by days. */
  readonly opportunity?: Opportunity | null;
  /** Take the margins of `LoadPlan.openingMargin`. */
  readonly openingMargins?: boolean;
  /** Nobody reads the customers one by one, but for what is kept beside a book: where that is there, they need not be made. */
  readonly inSum?: boolean;
  /** Nothing but these customers is asked for from here on: the days need not be kept. */
  readonly last?: boolean;
}
