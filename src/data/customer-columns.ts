import type { Day } from '../base/calendar.ts';
import { AMOUNT_SCALE, MARGIN_SCALE } from '../base/money.ts';
import type { Chosen } from './chosen/conditions.ts';
import type { Scores } from './chosen/scores.ts';
import type { Kind } from './report.ts';

/**
 * What a column of customers is kept as, which tells how it is read of a store and written. `day`, `count`: whole numbers;
 * `exact`: money of the past, whole units of 10^-scale; `mean`: the mean margin of purchases, in currency units where its exact
 * sum is not known; `estimate`: a double in currency units; `figure`: a double that is no money; `minor`: whole minor units;
 * `bound`: those of an interval, the low one before the high one, NULL where there is none; `word`: one of some words of ours.
 */
type Kept = 'day' | 'count' | 'exact' | 'mean' | 'estimate' | 'figure' | 'minor' | 'bound' | 'word';

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
const CUSTOMER_COLUMNS: readonly CustomerColumn[] = [
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

/** The two bounds of an interval. */
const interval = (name: string): readonly CustomerColumn[] =>
  ['low', 'high'].map((bound) => column(`${name}_${bound}`, 'bound'));

/** The intervals of every customer, where they are asked for: of the estimate, and of the outcome. */
const INTERVAL_COLUMNS: readonly CustomerColumn[] = ['clv_interval', 'prediction_interval'].flatMap(interval);

/** When a customer buys next, and how likely that is, where it is asked. */
const NEXT_PURCHASE_COLUMNS: readonly CustomerColumn[] = [
  column('p_buys_again', 'figure'),
  column('next_purchase', 'day'),
  column('next_purchase_from', 'day'),
  column('next_purchase_to', 'day'),
];

/** Below `high` P(alive) is a high risk, from `low` on a low one, between the two a medium one. */
export interface RiskCuts {
  readonly high: number;
  readonly low: number;
}

function riskColumn({ high, low }: RiskCuts): CustomerColumn {
  const below = (cut: number): string => `p_alive < CAST(${cut} AS DOUBLE)`;
  return column(
    'churn_risk',
    'word',
    `CASE WHEN ${below(high)} THEN 'high' WHEN ${below(low)} THEN 'medium' ELSE 'low' END`,
  );
}

/** A close of a book that customers are held against. */
export interface Since {
  readonly number: number;
  readonly asOf: Day;
}

/** What the CLV of a customer is more than at a close, which counts 0 for who was not there. */
const CHANGE_COLUMN = column('clv_change', 'minor', 'clv - reported');

/** Columns of the list of valued subscribers: those of customers, and the paid periods of the last run. */
const SUBSCRIBER_COLUMNS: readonly CustomerColumn[] = [
  ...CUSTOMER_COLUMNS,
  column('tenure_periods', 'count', 'tenure'),
];

/** Which customers are listed, and with what. */
export interface ListedCustomers {
  /** Whether they are customers of contracts. */
  readonly subscribers?: boolean;
  /** Whether each has intervals. */
  readonly intervals?: boolean;
  /** Their scores, where they have some. */
  readonly scores?: Scores | null | undefined;
  /** Whether it is told when each buys next. */
  readonly next?: boolean;
  /** The cut points of the risk of churn in words. */
  readonly risk?: RiskCuts | null;
  /** The close since which the change of each is told. */
  readonly since?: Since | null;
  /** Those who were chosen, where not all are listed. */
  readonly chosen?: Chosen | null | undefined;
  /** The first so many alone; absent: all. */
  readonly first?: number;
}

export function customerColumns(listed: ListedCustomers): readonly CustomerColumn[] {
  const { subscribers, intervals, scores, next, risk, since } = listed;
  return [
    ...(subscribers ? SUBSCRIBER_COLUMNS : CUSTOMER_COLUMNS),
    ...(scores?.columns ?? []).map(({ name, sql }) => column(name, 'count', sql)),
    ...(next ? NEXT_PURCHASE_COLUMNS : []),
    ...(risk ? [riskColumn(risk)] : []),
    ...(since ? [CHANGE_COLUMN] : []),
    ...(intervals ? INTERVAL_COLUMNS : []),
  ];
}

/** The table of a ledger that the listed customers stand in. */
export function listedTable({ chosen }: ListedCustomers): 'chosen' | 'valued' {
  return chosen ? 'chosen' : 'valued';
}

/** Every column that a list of customers may have. */
export const ALL_CUSTOMER_COLUMNS = customerColumns({ subscribers: true, intervals: true });

/** How each is printed. */
export const KIND_OF: Readonly<Record<Kept, Kind>> = {
  day: 'date',
  count: 'integer',
  exact: 'money',
  mean: 'money',
  estimate: 'money',
  figure: 'number',
  minor: 'money',
  bound: 'money',
  word: 'text',
};
