import { type Day, isoOf, monthsAfter } from '../base/calendar.ts';
import { ClvError } from '../base/errors.ts';
import type { Period } from '../base/movement.ts';
import { OPPORTUNITIES } from '../base/opportunity.ts';

/** Periods from the opening to the closing when no opening is given. */
const PERIODS = 12;

/** What was typed of the dates of a statement. */
export interface DatesAsked {
  readonly from: Day | null;
  readonly to: Day | null;
  /** Months of `--every`, or null for one statement. */
  readonly months: number | null;
}

/** The whole period, and those of the series one after the other; none without `--every`. */
export interface Dates {
  readonly whole: Period;
  readonly series: readonly Period[];
}

/**
 * Counted by the calendar from the opening, where it is given, so that only the last period may be shorter; else back from
 * the closing.
 * @throws ClvError E127 an opening on or after the closing, E126 before the first transaction
 */
export function datesOf({ from, to, months }: DatesAsked, first: Day, last: Day): Dates {
  const closing = to ?? last;
  const step = months ?? OPPORTUNITIES[0]!.months;
  const opening = from ?? monthsAfter(closing, -PERIODS * step);
  const values = { from: isoOf(opening), to: isoOf(closing), first: isoOf(first) };
  if (opening >= closing) throw new ClvError('E127', values);
  if (opening < first) throw new ClvError('E126', values);
  const whole = { from: opening, to: closing };
  if (months === null) return { whole, series: [] };
  const dates = from === null ? backFrom(closing, step) : onFrom(opening, closing, step);
  return { whole, series: dates.slice(1).map((date, i) => ({ from: dates[i]!, to: date })) };
}

function backFrom(closing: Day, months: number): readonly Day[] {
  return Array.from({ length: PERIODS + 1 }, (_, i) => monthsAfter(closing, (i - PERIODS) * months));
}

function onFrom(opening: Day, closing: Day, months: number): readonly Day[] {
  const dates = [opening];
  for (let i = 1; dates.at(-1)! < closing; i++) dates.push(Math.min(monthsAfter(opening, i * months), closing));
  return dates;
}
