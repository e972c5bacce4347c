import type { Decimal } from '../base/decimal.ts';
import type { Place } from '../base/errors.ts';

/** What is known of the customers of a competitor, as a market file gives it. Money is exact: 10^-4. */
export interface Rival {
  readonly name: string;
  /** Null where it is not known. */
  readonly customers: number | null;
  readonly worth: BrandWorth;
  /** Null where it is not given. */
  readonly revenue: bigint | null;
}

/** How their value is given: in all, as the average of a customer, or by what it follows from. */
export type BrandWorth =
  | { readonly basis: 'equity'; readonly equity: bigint }
  | { readonly basis: 'average_clv'; readonly average: bigint; readonly customers: number }
  | ({ readonly basis: 'parameters'; readonly customers: number } & RetentionWorth);

/** Margin of a customer a year; annual retention, and growth of the margin. */
export interface RetentionWorth {
  readonly margin: bigint;
  readonly retention: Decimal;
  readonly growth: Decimal;
  /** Of the retention. */
  readonly place: Place;
}

/** How customers go from brand to brand, purchase by purchase. */
export interface Switching {
  readonly brands: readonly string[];
  /** What the table gave: probabilities, counts of purchases, or the fraction lost and where it goes. */
  readonly given: 'probabilities' | 'counts' | 'lost';
  /** matrix[last bought][next bought], every row a distribution. */
  readonly matrix: readonly (readonly number[])[];
  /** Null where the table does not say which brand was last bought. */
  readonly lastBought: LastBought | null;
  /** Of a purchase, 10^-4; null where the table has none. */
  readonly contribution: readonly bigint[] | null;
}

/** How customers divide over the brands that they bought last. */
export interface LastBought {
  /** In proportion. */
  readonly weights: readonly bigint[];
  /** How many customers they are, where the weights are counts of customers. */
  readonly customers: number | null;
  readonly source: 'last_bought' | 'row totals';
}
