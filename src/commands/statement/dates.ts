import { type Day, isoOf, monthsAfter } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { plural } from '../../base/plural.ts';
import type { Period } from '../../data/movement.ts';
import { OPPORTUNITIES } from '../../data/opportunity.ts';

/** Periods from the opening to the closing when no opening is given, at most. */
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
  /** How the opening was found where it was not given. */
  readonly assumed: Assumed | null;
}

/** The opening that was taken, in words, and whether there are fewer periods than twelve. */
export interface Assumed {
  readonly text: string;
  readonly shortened: boolean;
}

/**
 * Counted by the calendar from the opening, where it is given, so that only the last period may be shorter; else back from
 * the closing, twelve periods or as many as lie on or after the first transaction.
 * @param known the option by which an opening with few customers is valued
 * @throws ClvError E127 an opening on or after the closing, E126 before the first transaction, one period back at least
 */
export function datesOf(
  { from, to, months }: DatesAsked,
  first: Day,
  last: Day,
  known: '--use-model FILE' | '--retention RATE' = '--use-model FILE',
): Dates {
  const closing = to ?? last;
  const step = months ?? MONTH;
  const periods = periodsBack(closing, step, first);
  const opening = from ?? monthsAfter(closing, -periods * step);
  const values = { from: isoOf(opening), to: isoOf(closing), first: isoOf(first) };
  if (opening >= closing) throw new ClvError('E127', values);
  if (opening < first) throw new ClvError('E126', { ...values, option: known });
  const whole = { from: opening, to: closing };
  const assumed = from === null ? assumedOf(periods, step, first) : null;
  if (months === null) return { whole, series: [], assumed };
  const dates = from === null ? backFrom(closing, periods, step) : onFrom(opening, closing, step);
  return { whole, series: dates.slice(1).map((date, i) => ({ from: dates[i]!, to: date })), assumed };
}

const MONTH = 1;

function periodsBack(closing: Day, months: number, first: Day): number {
  for (let periods = PERIODS; periods > 1; periods--) {
    if (monthsAfter(closing, -periods * months) >= first) return periods;
  }
  return 1;
}

function assumedOf(periods: number, months: number, first: Day): Assumed {
  const span = OPPORTUNITIES.find((one) => one.months === months)!.text;
  const text = `${periods} ${plural(periods, 'period', 'periods')} of ${span} before the closing`;
  const shortened = periods < PERIODS;
  if (!shortened) return { text, shortened };
  return { text: `${text}: ${PERIODS} would begin before the first transaction, on ${isoOf(first)}`, shortened };
}

function backFrom(closing: Day, periods: number, months: number): readonly Day[] {
  return Array.from({ length: periods + 1 }, (_, i) => monthsAfter(closing, (i - periods) * months));
}

function onFrom(opening: Day, closing: Day, months: number): readonly Day[] {
  const dates = [opening];
  for (let i = 1; dates.at(-1)! < closing; i++) dates.push(Math.min(monthsAfter(opening, i * months), closing));
  return dates;
}
