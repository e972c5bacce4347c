import type { LoadPlan } from '../plan.ts';
import type { Dialect, Summed } from '../store.ts';
import {
  double,
  marginBy,
  NARROW,
  NARROW_MARGIN,
  NARROW_REVENUE,
  narrowDouble,
  narrowMargin,
  PURCHASE,
  PURCHASE_SUMS,
} from './sql.ts';

/** Customers as of a day. */

/**
 * One row a customer with a transaction up to the as-of date; the purchase columns are NULL for those without any purchase. The
 * segment is that of the first or of the last day with a transaction, and on either the greatest of the day (definitions:
 * Segment): a file does not say which of a day's rows came first. The group that models are fitted by is of the last day always:
 * it tells how a customer buys now, not what won it.
 */
export function rolledUp(plan: LoadPlan, asOf: string, days: string, { argMin, argMax }: Dialect): string {
  const segment =
    plan.by.length > 0
      ? `, ${(plan.segmentFrom === 'first' ? argMin : argMax)('segment', 'CASE WHEN records > 0 THEN day END')} AS segment,
  CASE WHEN min(least_segment) <> max(segment) THEN 1 ELSE 0 END AS segment_changed`
      : `, '' AS segment, 0 AS segment_changed`;
  const group = plan.fitBy.length > 0 ? argMax('fit_group', 'CASE WHEN records > 0 THEN day END') : `''`;
  return `SELECT customer, sum(records) AS records, ${group} AS fit_group,
  ${PURCHASE_SUMS},
  sum(revenue) AS revenue, ${marginBy(plan, (column) => `sum(${column})`)} AS margin,
  ${marginBy(plan, (column) => argMin(column, `CASE WHEN ${PURCHASE} THEN day END`))} AS first_margin${segment}
FROM ${days} WHERE day <= ${asOf} GROUP BY customer HAVING sum(records) > 0`;
}

/** The same customers as of the last day, of those that are kept added up. */
export function keptRollUp(plan: LoadPlan, summed: Summed): string {
  const margin = (revenue: string): string =>
    isNarrow(plan, summed) ? narrowMargin(plan.margin.rate!, revenue) : marginBy(plan, () => revenue);
  return `SELECT customer, records, '' AS fit_group, first_purchase, last_purchase, purchases, revenue,
  ${margin('revenue')} AS margin, ${margin('first_revenue')} AS first_margin,
  '' AS segment, 0 AS segment_changed
FROM ${summed.customers}`;
}

/** Whether no margin of those customers, nor a difference of two, has more than 64 bits. */
export function isNarrow({ margin: { rate } }: LoadPlan, { most }: Summed): boolean {
  return most < NARROW_REVENUE && rate!.times(2 * most).lt(NARROW);
}

/**
 * Customers with a day up to the as-of date that is no purchase, few of all: with the margin of the days before their first
 * purchase (refunds of older orders, costs), and with NULL for its day where there is none.
 */
export function irregularCustomers(plan: LoadPlan, asOf: string, days: string): string {
  const costs = plan.costs === null ? '' : ', sum(d.cost) AS cost';
  return `SELECT d.customer AS customer, min(p.first_purchase) AS first_purchase, sum(d.records) AS records,
  sum(d.revenue) AS revenue, ${marginBy(plan, (column) => `sum(CASE WHEN d.day < p.first_purchase THEN d.${column} ELSE 0 END)`)} AS early_margin${costs}
FROM ${days} AS d INNER JOIN (
  SELECT customer, min(CASE WHEN ${PURCHASE} THEN day END) AS first_purchase FROM ${days} WHERE day <= ${asOf}
    AND customer IN (SELECT customer FROM ${days} WHERE day <= ${asOf} AND NOT (${PURCHASE})) GROUP BY customer) AS p
ON d.customer = p.customer WHERE d.day <= ${asOf} GROUP BY d.customer`;
}

/**
 * Customers with a purchase: their state in days, and the purchases and exact margin that spend is judged by.
 * @param rolled see rolledUp
 * @param irregular the table of irregularCustomers; null where it is empty: a join costs a third of the roll-up
 * @param narrow whether the margins have 64 bits, and all that is made of them here
 */
export function customersOf(
  rolled: string,
  irregular: string | null,
  spendFrom: 'repeat' | 'all',
  asOf: string,
  narrow: boolean,
): string {
  const all = spendFrom === 'all';
  const joined = !all && irregular !== null;
  const spend = `margin${all ? '' : ' - first_margin'}${joined ? ' - CASE WHEN early_margin IS NULL THEN 0 ELSE early_margin END' : ''}`;
  const early = joined
    ? ` LEFT JOIN (SELECT customer, early_margin FROM ${irregular}) AS e ON r.customer = e.customer`
    : '';
  return `SELECT r.customer AS customer, segment, segment_changed, fit_group, records, revenue, margin, first_purchase, last_purchase,
    CAST(purchases - 1 AS INTEGER) AS x, CAST(last_purchase - first_purchase AS INTEGER) AS recency,
    CAST(${asOf} - first_purchase AS INTEGER) AS age,
    CAST(${all ? 'purchases' : 'purchases - 1'} AS INTEGER) AS spend_purchases, ${narrow ? `CAST(${spend} AS ${NARROW_MARGIN})` : spend} AS spend
  FROM (${rolled}) AS r${early} WHERE first_purchase IS NOT NULL`;
}

/** Customers with their mean margin as a double, 0 where no purchase counts in it. @param customers see customersOf @param narrow see there */
export function withMeans(customers: string, narrow: boolean): string {
  const spend = narrow ? narrowDouble('spend') : double('spend');
  return `SELECT *, CASE WHEN spend_purchases > 0 THEN ${spend} / spend_purchases ELSE 0 END AS mean FROM (${customers}) AS c`;
}

/**
 * The customers of the table `unfilled` with their mean margin, those without purchases to take it over with that of their
 * segment: margin over purchases of all that have some, whatever its sign; 0 in a segment where nobody has.
 */
export function withFilledMeans(): string {
  return `SELECT c.*, CASE WHEN c.spend_purchases > 0 THEN ${double('c.spend')} / c.spend_purchases
  WHEN g.purchases > 0 THEN ${double('g.spend')} / g.purchases ELSE 0 END AS mean
FROM unfilled AS c LEFT JOIN (SELECT segment, sum(spend) AS spend, sum(spend_purchases) AS purchases FROM unfilled
  WHERE spend_purchases > 0 GROUP BY segment) AS g ON c.segment = g.segment`;
}

/** Customers by the day of their first purchase. */
export const byFirstPurchase = (
  customers: string,
): string => `SELECT first_purchase, count(*) AS n, sum(records) AS records, sum(revenue) AS amount,
  count(CASE WHEN spend_purchases > 0 AND mean <= 0 THEN 1 END) AS not_positive, max(abs(mean)) AS largest_mean,
  sum(segment_changed) AS changed
FROM ${customers} GROUP BY first_purchase ORDER BY first_purchase`;

/** @param irregular the table of irregularCustomers */
export function withoutPurchase(irregular: string): string {
  return `SELECT count(*) AS n, sum(records) AS records, sum(revenue) AS amount FROM ${irregular}
WHERE first_purchase IS NULL AND records > 0`;
}

export function afterAsOf(asOf: string): string {
  return `SELECT count(DISTINCT customer) AS n, sum(records) AS records, sum(revenue) AS amount
FROM days WHERE day > ${asOf} AND records > 0`;
}

/** Costs after the as-of date, and of customers without a transaction up to it. @param irregular the table of irregularCustomers */
export function costsLeft(asOf: string, irregular: string): string {
  return `SELECT sum(cost) AS cost FROM (SELECT cost FROM days WHERE day > ${asOf}
UNION ALL SELECT cost FROM ${irregular} WHERE records = 0) AS c`;
}
