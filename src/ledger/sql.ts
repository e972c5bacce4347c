import type { Decimal } from '../base/decimal.ts';
import { MARGIN_SCALE, RATE_SCALE } from '../base/money.ts';
import type { LoadPlan } from './ledger.ts';
import type { Dialect } from './store.ts';

/**
 * The SQL the stores share: pure text, one statement a function. It keeps to what DuckDB and ClickHouse read alike: grouping,
 * CASE, LEFT JOIN (misses are NULL: ClickHouse needs join_use_nulls), difference of dates, decimal sums and products.
 * No decimal division, avg or round: engines differ there. Names in it are ours; a user's text never is.
 *
 * Rows: `customer_id, day, amount DECIMAL(18,4), k0 …`. Money: revenue DECIMAL(38,4), margin DECIMAL(38,10), clv minor units.
 */
export const SEGMENT_SEPARATOR = '\u0000';
const NO_SEGMENT = '(none)';

/** The values in a segment's or group's text; none in the empty one, since a blank value is `(none)`. */
export function splitSegment(text: string): string[] {
  return text === '' ? [] : text.split(SEGMENT_SEPARATOR);
}

const WIDE_AMOUNT = 'DECIMAL(38,4)';
const WIDE_MARGIN = `DECIMAL(38,${MARGIN_SCALE})`;

/** A rate as an exact SQL literal. */
export function rateLiteral(rate: Decimal): string {
  return `CAST('${rate.toFixed(RATE_SCALE)}' AS DECIMAL(7,${RATE_SCALE}))`;
}

/**
 * Transactions and costs by customer and day: the number of records, revenue, and where they are asked for the margin of
 * margin rules, costs, and the least and greatest segment.
 * @param rows transactions, as they stand after FROM, with `margin`, `missing` and `tied` when there are rules
 * @param costs subquery of `customer_id, day, cost`, or null
 */
export function daysOf(rows: string, plan: LoadPlan, costs: string | null, { nul }: Dialect): string {
  const rules = plan.margin.rules !== null;
  const grouped = [
    'count(*) AS records',
    'sum(amount) AS revenue',
    ...(plan.sales ? ['sum(CASE WHEN amount > 0 THEN 1 ELSE 0 END) AS sales'] : []),
    ...(plan.refunds ? ['sum(CASE WHEN amount < 0 THEN amount ELSE 0 END) AS refunds'] : []),
    ...(rules ? ['sum(margin) AS margin', 'sum(missing) AS missing', 'sum(tied) AS tied'] : []),
    ...(plan.by.length > 0
      ? [`min(${segmentOf(plan.by, nul)}) AS first_segment`, `max(${segmentOf(plan.by, nul)}) AS segment`]
      : []),
    ...(plan.fitBy.length > 0 ? [`max(${segmentOf(plan.fitBy, nul)}) AS fit_group`] : []),
  ];
  const transactions = `SELECT customer_id, day, ${grouped.join(', ')} FROM ${rows} AS r GROUP BY customer_id, day`;
  if (costs === null) return transactions;
  const counted = [...(plan.sales ? ['sales'] : []), ...(plan.refunds ? ['refunds'] : [])];
  const one = ['customer_id', 'day', 'records', 'revenue', ...counted, ...(rules ? ['margin', 'missing', 'tied'] : [])];
  const segments = [
    ...(plan.by.length > 0 ? ['first_segment', 'segment'] : []),
    ...(plan.fitBy.length > 0 ? ['fit_group'] : []),
  ];
  const zero: Readonly<Record<string, string>> = {
    customer_id: 'customer_id',
    day: 'day',
    revenue: `CAST(0 AS ${WIDE_AMOUNT})`,
    refunds: `CAST(0 AS ${WIDE_AMOUNT})`,
    margin: `CAST(0 AS ${WIDE_MARGIN})`,
  };
  const costRows = [
    ...one.map((name) => zero[name] ?? '0'),
    ...segments.map(() => 'NULL'),
    `CAST(cost AS ${WIDE_AMOUNT})`,
  ];
  const sums = one.slice(2).map((name) => `sum(${name}) AS ${name}`);
  return `SELECT customer_id, day, ${[...sums, ...segments.map((s) => `max(${s}) AS ${s}`)].join(', ')}, sum(cost) AS cost FROM (
  SELECT ${[...one, ...segments].join(', ')}, CAST(0 AS ${WIDE_AMOUNT}) AS cost FROM (${transactions}) AS t
  UNION ALL SELECT ${costRows.join(', ')} FROM (${costs}) AS c) AS u GROUP BY customer_id, day`;
}

/** The segment of a row: its by-columns, blank as `(none)`, joined by a character that sorts before all others. */
function segmentOf(by: readonly number[], separator: string): string {
  const parts = by.map((key) => `CASE WHEN k${key} = '' THEN '${NO_SEGMENT}' ELSE k${key} END`);
  return parts.join(` || ${separator} || `);
}

/** A day (customer-day) is a purchase when it has records and nets to zero or more. */
export const PURCHASE = 'records > 0 AND revenue >= 0';

/** The margin of some days, each money column aggregated alike: of the rules by row, or of revenue by one rate; less costs. */
export function marginBy(plan: LoadPlan, aggregate: (column: string) => string): string {
  const { rate, rules } = plan.margin;
  const gross = rules ? aggregate('margin') : `${aggregate('revenue')} * ${rateLiteral(rate!)}`;
  return `CAST(${gross}${plan.costs !== null ? ` - ${aggregate('cost')}` : ''} AS ${WIDE_MARGIN})`;
}

/** One row a customer with a transaction up to the as-of date; the purchase columns are NULL for those without any purchase. */
export function rolledUp(plan: LoadPlan, asOf: string, days: string): string {
  const segment =
    plan.by.length > 0
      ? `, argMax(segment, CASE WHEN records > 0 THEN day END) AS segment,
  CASE WHEN min(first_segment) <> max(segment) THEN 1 ELSE 0 END AS segment_changed`
      : `, '' AS segment, 0 AS segment_changed`;
  const group = plan.fitBy.length > 0 ? 'argMax(fit_group, CASE WHEN records > 0 THEN day END)' : `''`;
  return `SELECT customer_id, sum(records) AS records, ${group} AS fit_group,
  min(CASE WHEN ${PURCHASE} THEN day END) AS first_purchase,
  max(CASE WHEN ${PURCHASE} THEN day END) AS last_purchase,
  count(CASE WHEN ${PURCHASE} THEN 1 END) AS purchases,
  sum(revenue) AS revenue, ${marginBy(plan, (column) => `sum(${column})`)} AS margin,
  ${marginBy(plan, (column) => `argMin(${column}, CASE WHEN ${PURCHASE} THEN day END)`)} AS first_margin${segment}
FROM ${days} WHERE day <= ${asOf} GROUP BY customer_id HAVING sum(records) > 0`;
}

/**
 * Customers with a day up to the as-of date that is no purchase, few of all: with the margin of the days before their first
 * purchase (refunds of older orders, costs), and with NULL for its day where there is none.
 */
export function irregularCustomers(plan: LoadPlan, asOf: string, days: string): string {
  const costs = plan.costs === null ? '' : ', sum(d.cost) AS cost';
  return `SELECT d.customer_id AS customer_id, min(p.first_purchase) AS first_purchase, sum(d.records) AS records,
  sum(d.revenue) AS revenue, ${marginBy(plan, (column) => `sum(CASE WHEN d.day < p.first_purchase THEN d.${column} ELSE 0 END)`)} AS early_margin${costs}
FROM ${days} AS d INNER JOIN (
  SELECT customer_id, min(CASE WHEN ${PURCHASE} THEN day END) AS first_purchase FROM ${days} WHERE day <= ${asOf}
    AND customer_id IN (SELECT customer_id FROM ${days} WHERE day <= ${asOf} AND NOT (${PURCHASE})) GROUP BY customer_id) AS p
ON d.customer_id = p.customer_id WHERE d.day <= ${asOf} GROUP BY d.customer_id`;
}

/**
 * A double with the value of an exact margin, the same in every engine: of a narrow one, whole part and fraction apart; of a
 * wide one by way of its text, since engines differ in the last bit of a wide decimal.
 */
export function double(decimal: string): string {
  const narrow = `CAST(${decimal} AS DECIMAL(18,${MARGIN_SCALE}))`;
  const split = `CAST(trunc(${narrow}) AS DOUBLE) + CAST(${narrow} - trunc(${narrow}) AS DOUBLE)`;
  return `(CASE WHEN ${decimal} > -${NARROW} AND ${decimal} < ${NARROW} THEN ${split} ELSE ${byText(decimal)} END)`;
}

/** A double with the value of an exact number, the nearest one in every engine. */
function byText(exact: string): string {
  return `CAST(CAST(${exact} AS VARCHAR) AS DOUBLE)`;
}

/** A margin below this fits a decimal of 64 bits, in which arithmetic is ten times as fast. */
const NARROW = 10 ** (18 - MARGIN_SCALE) - 1;

/**
 * The same customers, those without a mean with that of their segment: margin over purchases of all that have one, whatever
 * its sign; 0 in a segment where nobody has.
 */
export function filledCustomers(): string {
  return `SELECT c.* REPLACE (CASE WHEN c.spend_purchases > 0 THEN c.mean WHEN g.purchases > 0 THEN ${double('g.spend')} / g.purchases ELSE 0 END AS mean)
FROM unfilled AS c LEFT JOIN (SELECT segment, sum(spend) AS spend, sum(spend_purchases) AS purchases FROM unfilled
  WHERE spend_purchases > 0 GROUP BY segment) AS g ON c.segment = g.segment`;
}

/**
 * Customers with a purchase: their state in days, and the purchases and double mean margin that spend is judged by.
 * @param rolled see rolledUp
 */
export function customersOf(rolled: string, spendFrom: 'repeat' | 'all', asOf: string): string {
  const all = spendFrom === 'all';
  const spend = all ? 'margin' : 'margin - first_margin - CASE WHEN early_margin IS NULL THEN 0 ELSE early_margin END';
  const early = all
    ? ''
    : ' LEFT JOIN (SELECT customer_id, early_margin FROM irregular) AS e ON r.customer_id = e.customer_id';
  return `SELECT *, CASE WHEN spend_purchases > 0 THEN ${double('spend')} / spend_purchases ELSE 0 END AS mean FROM (
  SELECT r.customer_id AS customer_id, segment, segment_changed, fit_group, records, revenue, margin, first_purchase, last_purchase,
    CAST(purchases - 1 AS INTEGER) AS x, CAST(last_purchase - first_purchase AS INTEGER) AS recency,
    CAST(${asOf} - first_purchase AS INTEGER) AS age,
    CAST(${all ? 'purchases' : 'purchases - 1'} AS INTEGER) AS spend_purchases, ${spend} AS spend
  FROM (${rolled}) AS r${early} WHERE first_purchase IS NOT NULL) AS c`;
}

/** What the ledger holds, to be held against what the reader counted. */
export const controlTotals = ({
  byteLength,
}: Dialect): string => `SELECT sum(records) AS records, sum(revenue) AS amount,
  sum(records * (day - CAST('1970-01-01' AS DATE))) AS days, sum(records * ${byteLength}(customer_id)) AS id_bytes,
  min(CASE WHEN records > 0 THEN day END) AS first_day, max(CASE WHEN records > 0 THEN day END) AS last_day FROM days`;

/** Every day with a transaction. */
export const DAYS = 'SELECT day FROM days WHERE records > 0 GROUP BY day ORDER BY day';

/** Customers by the day of their first purchase. */
export const byFirstPurchase = (
  customers: string,
): string => `SELECT first_purchase, count(*) AS n, sum(records) AS records, sum(revenue) AS amount,
  count(CASE WHEN spend_purchases > 0 AND mean <= 0 THEN 1 END) AS not_positive, sum(segment_changed) AS changed
FROM ${customers} GROUP BY first_purchase ORDER BY first_purchase`;

export const WITHOUT_PURCHASE = `SELECT count(*) AS n, sum(records) AS records, sum(revenue) AS amount FROM irregular
WHERE first_purchase IS NULL AND records > 0`;

export function afterAsOf(asOf: string): string {
  return `SELECT count(DISTINCT customer_id) AS n, sum(records) AS records, sum(revenue) AS amount
FROM days WHERE day > ${asOf} AND records > 0`;
}

/** Costs after the as-of date, and of customers without a transaction up to it. */
export function costsLeft(asOf: string): string {
  return `SELECT sum(cost) AS cost FROM (SELECT cost FROM days WHERE day > ${asOf}
UNION ALL SELECT cost FROM irregular WHERE records = 0) AS c`;
}

/** The largest mean margin, either sign. */
export const largestMean = (customers: string): string => `SELECT max(abs(mean)) AS largest FROM ${customers}`;

/** Whether customers are told apart by group, and by segment: texts that are all alike cost time to compare. */
export interface CellKeys {
  readonly group: boolean;
  readonly segment: boolean;
}

/**
 * Customers by state and segment. Sums of doubles depend on the order in which an engine meets them, so the sum of the means
 * is taken exactly (of `spend`, which is mean × purchases), and that of the squares in whole steps of 2^-exponent.
 */
export function cellsOf(exponent: number, customers: string, { group, segment }: CellKeys): string {
  const square = `floor(mean * mean * CAST(${2 ** exponent} AS DOUBLE))`;
  const keys = [...(group ? ['fit_group'] : []), 'x', 'recency', 'age', ...(segment ? ['segment'] : [])].join(', ');
  return `SELECT ${textIf(group, 'fit_group')}, x, recency, age, ${textIf(segment, 'segment')}, CAST(n AS DOUBLE) AS n,
  ${double('spend')} AS spend, spend_purchases, ${byText('squares')} AS squares, filled FROM (
  SELECT ${keys}, count(*) AS n, sum(spend) AS spend, max(spend_purchases) AS spend_purchases,
    sum(CAST(${square} AS DECIMAL(38,0))) AS squares, max(mean) AS filled
  FROM ${customers} GROUP BY ${keys}) AS g ORDER BY ${keys}`;
}

function textIf(wanted: boolean, column: string): string {
  return wanted ? column : `'' AS ${column}`;
}

export function spendStatesOf(customers: string, group: boolean): string {
  const keys = [...(group ? ['fit_group'] : []), 'spend_purchases', 'mean'].join(', ');
  return `SELECT ${textIf(group, 'fit_group')}, spend_purchases AS x, mean, CAST(count(*) AS DOUBLE) AS n FROM ${customers}
WHERE spend_purchases > 0 GROUP BY ${keys} ORDER BY ${keys}`;
}

/** Distinct customers: state and mean together. */
export const JOINT = `SELECT fit_group, x, recency, age, spend_purchases, mean, CAST(count(*) AS DOUBLE) AS n FROM customers
GROUP BY fit_group, x, recency, age, spend_purchases, mean ORDER BY fit_group, x, recency, age, spend_purchases, mean`;

/**
 * A float64 in units of 10^-digits, half to even, written out: engines round halves differently. As money.halfEvenUnits.
 * @param whole see Dialect
 */
export function halfEvenDouble(
  value: string,
  digits: number,
  whole = (double: string): string => `CAST(${double} AS BIGINT)`,
): string {
  const scaled = `(${value}) * CAST(${10 ** digits} AS DOUBLE)`;
  const floor = whole(`floor(${scaled})`);
  const rest = `(${scaled} - floor(${scaled}))`;
  return `${floor} + CASE WHEN ${rest} > 0.5 OR (${rest} = 0.5 AND ${floor} % 2 <> 0) THEN 1 ELSE 0 END`;
}

export const TOTALS = `SELECT segment, count(*) AS n, sum(revenue) AS revenue, sum(margin) AS margin, sum(clv) AS clv
FROM valued GROUP BY segment ORDER BY segment`;

/** Customers in the order in which they are printed; money exact. */
export const CUSTOMER_ROWS = `SELECT customer_id, segment, first_purchase, last_purchase, x, recency, age, revenue, margin,
  mean, p_alive, expected_margin, dert, clv, spend
FROM valued ORDER BY clv DESC, customer_id`;
