import type { Day } from '../../base/calendar.ts';

/** What plans cost from which day on. */
export interface PriceBook {
  /** The price of a plan on a day, exact, 10^-4: that of the last line that holds by then; null: there is none. */
  priceOn(plan: string, day: Day): bigint | null;
}
