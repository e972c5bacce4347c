import type { Horizon } from '../base/units.ts';
import { OPPORTUNITIES, type Opportunity } from '../data/opportunity.ts';
import { optionError } from './option-values.ts';

/** The length of a period, as of a purchase occasion, and how many make a year. */
export interface PeriodLength extends Opportunity {
  readonly perYear: number;
}

/** Every length of a period. */
export const PERIODS: readonly PeriodLength[] = OPPORTUNITIES.map((span) => ({ ...span, perYear: 12 / span.months }));

/** Payments come by whole periods. */
export function wholePeriods(horizon: Horizon, period: PeriodLength): number | null {
  if (horizon.days === null) return null;
  const periods = Math.round(horizon.days / period.days);
  if (periods > 0 && Math.abs(periods * period.days - horizon.days) < 1e-6) return periods;
  return optionError('--horizon', horizon.text, 'parts of periods', { period: period.text });
}
