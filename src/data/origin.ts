import type { Day } from '../base/calendar.ts';
import type { States } from './states.ts';

/** An earlier day of a log, with what was known of the customers on it and what they did then. */
export interface Origin {
  readonly asOf: Day;
  /** Days after it that are looked at. */
  readonly days: number;
  /** The distinct states on that day. */
  readonly states: States;
  /** Purchases of those customers in the days after it. */
  readonly bought: number;
}
