import type { Horizon } from '../base/units.ts';
import { LENGTHS, type Length, periodsAYear } from '../data/subscriptions/lengths.ts';
import { optionError } from './option-values.ts';

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
