import type { Day } from '../../base/calendar.ts';
import type { Decisions, SubscriptionState } from './terms.ts';

/** Lines of a roll-forward of recurring revenue, in the order of its printing. */
export const MOVEMENTS = [
  'new',
  'reactivation',
  'expansion',
  'contraction',
  'churn',
  'paused',
  'resumed',
  'fx',
  'transfer',
] as const;
export type MovementLine = (typeof MOVEMENTS)[number];

/** From a day on a subscription is worth so much a month. Money is minor units. */
export interface Change {
  readonly day: Day;
  readonly value: bigint;
  readonly segment: string;
  readonly kind: 'paid' | 'free' | 'paused' | 'ended';
  /** What of the change comes from rates of currencies. */
  readonly fx: bigint;
}

/** Days, both included, on which a subscription is late, and what it is worth then. */
export interface LateSpan {
  readonly from: Day;
  readonly to: Day;
  readonly value: bigint;
  readonly segment: string;
}

/** A subscription as a roll-forward sees it, up to a day. */
export interface Timeline {
  readonly subscription: string;
  readonly changes: readonly Change[];
  readonly late: readonly LateSpan[];
  readonly state: SubscriptionState;
  /** Null where terms are those of invoice lines. */
  readonly paidPeriods: number | null;
  readonly paidUntil: Day | null;
  /** Payments besides the one of their due day: how many, and exact money, 10^-4. */
  readonly extra: { readonly payments: number; readonly amount: bigint };
  /** Lines of invoices whose service has not begun. */
  readonly pending: number;
  readonly decisions: Decisions | null;
}

export interface CustomerTimelines {
  readonly customer: string;
  readonly subscriptions: readonly Timeline[];
}

/** What moved on one day of a customer, by line and segment. */
export interface Movement {
  readonly line: MovementLine;
  readonly segment: string;
  readonly amount: bigint;
}

/** A day on which the recurring revenue of a customer moved. */
export interface Step {
  readonly day: Day;
  readonly before: bigint;
  readonly after: bigint;
  readonly movements: readonly Movement[];
  /** The segments that moved. */
  readonly segments: readonly { readonly segment: string; readonly before: bigint; readonly after: bigint }[];
}
