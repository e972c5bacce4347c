import type { Day } from '../../base/calendar.ts';
import type { Length } from './lengths.ts';
import type { RowBlock } from './rows.ts';

/** How the days of service of lines are read. */
export interface ServiceDays {
  /** The day of a text; null: it is none. */
  readonly dayOf: (text: string) => Day | null;
  /** Whether the end is the last day of service, and not the day after it. */
  readonly inclusiveEnd: boolean;
  /** Names of the columns of the start and the end, for errors. */
  readonly columns: string;
  /** Decimals of the minor unit, to which amounts are rounded. */
  readonly digits: number;
}

/** First day of service, and the day it ends, as they are written. */
export interface WrittenService {
  readonly start: string;
  readonly end: string;
}

/** Lines of invoices. */
export interface LineBlock extends RowBlock {
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
  /** Exact, 10^-10; 0 where nothing is valued. */
  readonly margin: bigint;
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
