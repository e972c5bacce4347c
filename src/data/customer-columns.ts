import { AMOUNT_SCALE, MARGIN_SCALE } from '../base/money.ts';
import type { Kind } from './report.ts';

/**
 * What a column of customers is kept as, which tells how it is read of a store and written. `day`, `count`: whole numbers;
 * `exact`: money of the past, whole units of 10^-scale; `mean`: the mean margin of purchases, in currency units where its exact
 * sum is not known; `estimate`: a double in currency units; `figure`: a double that is no money; `minor`: whole minor units.
 */
type Kept = 'day' | 'count' | 'exact' | 'mean' | 'estimate' | 'figure' | 'minor';

/** A column of the list of valued customers. */
export interface CustomerColumn {
  /** The name of the column in every output. */
  readonly name: string;
  readonly kept: Kept;
  /** Decimals of an exact one. */
  readonly scale: number;
  /** The value of the column, as an expression over the table `valued` of a ledger. */
  readonly sql: string;
}

const column = (name: string, kept: Kept, sql = name, scale = 0): CustomerColumn => ({ name, kept, sql, scale });

/** What is known of every customer, after the id and the segment columns, in the order of every output. A new one is a line here. */
export const CUSTOMER_COLUMNS: readonly CustomerColumn[] = [
  column('first_purchase', 'day'),
  column('last_purchase', 'day'),
  column('purchases', 'count', 'CAST(x + 1 AS INTEGER)'),
  column('frequency', 'count', 'x'),
  column('recency_days', 'count', 'recency'),
  column('age_days', 'count', 'age'),
  column('revenue', 'exact', 'revenue', AMOUNT_SCALE),
  column('margin', 'exact', 'margin', MARGIN_SCALE),
  column('mean_margin_per_purchase', 'mean', 'mean'),
  column('p_alive', 'figure'),
  column('expected_margin_per_purchase', 'estimate', 'expected_margin'),
  column('dert', 'figure'),
  column('clv', 'minor'),
];

/** Columns of the list of valued subscribers: those of customers, and the paid periods of the last run. */
export const SUBSCRIBER_COLUMNS: readonly CustomerColumn[] = [
  ...CUSTOMER_COLUMNS,
  column('tenure_periods', 'count', 'tenure'),
];

/** How each is printed. */
export const KIND_OF: Readonly<Record<Kept, Kind>> = {
  day: 'date',
  count: 'integer',
  exact: 'money',
  mean: 'money',
  estimate: 'money',
  figure: 'number',
  minor: 'money',
};
