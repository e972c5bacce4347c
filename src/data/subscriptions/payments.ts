import type { Day } from '../../base/calendar.ts';
import type { Length } from './lengths.ts';
import type { ServiceDays, WrittenService } from './lines.ts';
import type { RowBlock } from './rows.ts';

export type TermKind = 'paid' | 'free' | 'paused';

/** How refunds are read: a wholly refunded payment ends its term, refunds say nothing, or it is as if it were never paid. */
export type RefundsAs = 'end' | 'ignore' | 'restate';

/** How payments, or lines of invoices, are read as terms. */
export interface TermRules {
  /** Null: a plan without a length; of lines, whole calendar months. */
  readonly lengthOf: (plan: string) => Length | null;
  /** The length of a subscription by its own rows, in order of days, whatever its plans; absent: by plan. */
  readonly ownLength?: (rows: readonly { readonly day: Day; readonly amount: bigint }[]) => Length | null;
  /** Days after the paid-until day that a run may miss. */
  readonly graceOf: (length: Length) => number;
  readonly isOneOff: (plan: string) => boolean;
  readonly isPause: (plan: string) => boolean;
  readonly refunds: RefundsAs;
  /** How the days of service of lines are read; null: rows are payments. */
  readonly service: ServiceDays | null;
}

/** Rows of payments, by day: a row is what one plan was paid on a day in a currency, or a line of an invoice. */
export interface PaymentBlock extends RowBlock {
  /** The sum of the rows above zero, exact, 10^-4. */
  readonly charged: readonly bigint[];
  /** Of all rows, exact, 10^-10; costs apart. */
  readonly margin: readonly bigint[];
  /** 1 where any row is below zero, or was given back whole. */
  readonly refunds: Int32Array;
  /** What the models of the customer are fitted by, as the ledger joins its columns; absent: one model for all. */
  readonly group?: readonly string[];
  /** Of lines of invoices: the days of service, as they are written. */
  readonly service?: readonly WrittenService[];
  /** The customer at the opening of a statement; null: not there yet. Absent where there is no opening. */
  readonly opening?: readonly (CustomerThen | null)[];
}

/** The segment of a customer at a date, and the group that its models are fitted by, as the ledger joins their columns. */
export interface CustomerThen {
  readonly segment: string;
  readonly group: string;
}

/** What a subscription paid on one day: its recurring rows summed. A sum below zero is a refund. */
export interface Payment {
  readonly day: Day;
  /** Exact, 10^-4. */
  readonly amount: bigint;
  /** Exact, 10^-10. */
  readonly margin: bigint;
  /** Every plan of its rows, in order; and the one that most was paid for. */
  readonly plans: readonly string[];
  readonly plan: string;
  /** Null where the plan of the term before it says it: of a pause. */
  readonly length: Length | null;
  readonly currency: string;
  readonly segment: string;
  readonly kind: TermKind;
}
