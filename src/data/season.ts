import type { Day } from '../base/calendar.ts';

/** Purchases of customers by day, their first ones included, up to the day on which they are valued. */
export interface DailyPurchases {
  readonly asOf: Day;
  /** Ascending; days without a purchase are missing. */
  readonly day: Int32Array;
  readonly purchases: Float64Array;
}

/** Whether purchases are taken to come by the months of the year: always, never, or where there are data enough. */
export type SeasonKind = 'auto' | 'month' | 'none';

/** The months of a year, as they are named in what is written. */
export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

/** Values of the months, January first, by their names. */
export function byMonth<T>(values: readonly T[]): { readonly [month: string]: T } {
  return Object.fromEntries(MONTHS.map((month, i) => [month, values[i]!]));
}
