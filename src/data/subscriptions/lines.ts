import type { Day } from '../../base/calendar.ts';
import type { Length } from './lengths.ts';
import type { RowBlock } from './rows.ts';

/** Lines of invoices. */
export interface LineBlock extends RowBlock {
  /** First day of service, and the day it ends, as they are written. */
  readonly start: readonly string[];
  readonly end: readonly string[];
}

/** A line that pays for service from a day up to another, which is not included. */
export interface ServiceLine {
  readonly day: Day;
  readonly start: Day;
  readonly end: Day;
  /** Exact, 10^-4. */
  readonly amount: bigint;
  readonly plan: string;
  /** Of its plan; null: whole calendar months. */
  readonly length: Length | null;
  readonly currency: string;
  readonly segment: string;
  readonly isPause: boolean;
}

/** The lines of one subscription. */
export interface SubscriptionLines {
  readonly customer: string;
  readonly subscription: string;
  readonly lines: readonly ServiceLine[];
}
