import { type Day, dateOf } from '../base/calendar.ts';

/** A purchase occasion of BG/BB: a calendar year, quarter or month. */
export interface Opportunity {
  readonly text: '1y' | '1q' | '1m';
  readonly months: 12 | 3 | 1;
  /** The length on average in days, never that of the calendar (definitions: Time value). */
  readonly days: number;
}

export const OPPORTUNITIES: readonly Opportunity[] = [
  { text: '1m', months: 1, days: 30.4375 },
  { text: '1q', months: 3, days: 91.3125 },
  { text: '1y', months: 12, days: 365.25 },
];

/** The number of the calendar period that holds a day; consecutive periods have consecutive numbers. */
export function periodOf(day: Day, { months }: Opportunity): number {
  const { year, month } = dateOf(day);
  return Math.floor((year * 12 + month - 1) / months);
}

/** The last period that is over at the end of a day. What was bought after it says nothing yet of its period. */
export function lastComplete(day: Day, opportunity: Opportunity): number {
  return periodOf(day + 1, opportunity) - 1;
}
