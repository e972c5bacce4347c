import type { Day } from '../base/calendar.ts';
import { ClvError } from '../base/errors.ts';
import type { Horizon } from '../base/units.ts';
import { periodOf as calendarPeriodOf, OPPORTUNITIES, type Opportunity } from '../data/opportunity.ts';
import { LENGTHS, type Length, periodsAYear } from '../data/subscriptions/lengths.ts';
import { choice, optionError } from './option-values.ts';

/** The length of a period, and how many make a year. */
export interface PeriodLength extends Length {
  readonly perYear: number;
}

/** Every length of a period. */
export const PERIODS: readonly PeriodLength[] = LENGTHS.map(periodOf);

export function periodOf(length: Length): PeriodLength {
  return { ...length, perYear: periodsAYear(length) };
}

/** Payments come by whole periods. */
export function wholePeriods(horizon: Horizon, period: PeriodLength): number | null {
  if (horizon.days === null) return null;
  return (
    periodsIn(horizon.days, period) ??
    optionError('--horizon', horizon.text, 'parts of periods', { period: period.text })
  );
}

/** How many whole periods a span is; null where it is not a number of them. */
export function periodsIn(span: number, period: PeriodLength): number | null {
  const periods = Math.round(span / period.days);
  return periods > 0 && Math.abs(periods * period.days - span) < 1e-6 ? periods : null;
}

/** Calendar periods that stand side by side, and the most that are listed. */
const CALENDAR = { shown: 8, most: 120 };

/**
 * The calendar periods of cohorts: those of `--every`, or the shortest of which the data have few enough to read.
 * @throws ClvError E162 where there are too many
 */
export function everyOf(text: string | undefined, first: Day, asOf: Day): Opportunity {
  const count = (every: Opportunity): number => calendarPeriodOf(asOf, every) - calendarPeriodOf(first, every) + 1;
  if (text === undefined) return OPPORTUNITIES.find((every) => count(every) <= CALENDAR.shown) ?? OPPORTUNITIES.at(-1)!;
  const asked = OPPORTUNITIES.find((every) => every.text === text)!;
  if (count(asked) <= CALENDAR.most) return asked;
  throw new ClvError('E162', { every: text, periods: count(asked), limit: CALENDAR.most });
}

export function checkEvery(text: string | undefined): void {
  if (text !== undefined)
    choice(
      '--every',
      text,
      OPPORTUNITIES.map((every) => every.text),
    );
}
