import type { Assumptions } from '../aggregator/methodology.ts';
import type { Day } from '../base/calendar.ts';
import type { Pricing } from './pricing.ts';
import type { Settings } from './settings.ts';

/** What a valuation of transactions stands on, whatever the command makes of it. */
export function assumptionsOf(
  settings: Settings,
  pricing: Pricing,
  asOf: Day,
): Omit<Assumptions, 'by' | 'fitBy' | 'top'> & { readonly asOf: Day } {
  return {
    asOf,
    currency: settings.currency,
    digits: settings.digits,
    discountRate: settings.discountRate.toFixed(),
    horizon: settings.horizon.text,
    margin: pricing.margin,
    spendFrom: settings.spendFrom,
    roundedAmounts: settings.read.roundAmounts ?? null,
  };
}
