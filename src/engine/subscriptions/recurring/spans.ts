import { type Day, dayOf } from '../../../base/calendar.ts';
import { type Opportunity, periodOf } from '../../../data/opportunity.ts';

/** Periods of a roll-forward one after the other, by their numbers. */
export interface Spans {
  /** The period that holds a day. */
  readonly of: (day: Day) => number;
  /** Its first and its last day. */
  readonly from: (period: number) => Day;
  readonly to: (period: number) => Day;
  /** The first period that is told of; null: the first that something moved in. */
  readonly first: number | null;
  readonly last: number;
}

/** Calendar periods; the last ends on the as-of date. */
export function calendarSpans(every: Opportunity, asOf: Day): Spans {
  const start = (period: number): Day => {
    const month = period * every.months;
    return dayOf(Math.floor(month / 12), (month % 12) + 1, 1);
  };
  return {
    of: (day) => periodOf(day, every),
    from: start,
    to: (period) => Math.min(start(period + 1) - 1, asOf),
    first: null,
    last: periodOf(asOf, every),
  };
}

/** Periods from the end of a day to that of the next. @param days two or more, in order; period 0 is what lies before */
export function spansBetween(days: readonly Day[]): Spans {
  return {
    of: (day) => days.filter((end) => day > end).length,
    from: (period) => (period === 0 ? Number.NEGATIVE_INFINITY : days[period - 1]! + 1),
    to: (period) => days[period]!,
    first: 1,
    last: days.length - 1,
  };
}
