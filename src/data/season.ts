/** Days of customers with a purchase in a calendar month, all customers together, their first ones included. */
export interface MonthPurchases {
  /** Months since January of the year 0. */
  readonly month: number;
  readonly purchases: number;
}

/** The months of a year, as they are named in what is written. */
export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
