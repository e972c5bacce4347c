import type { Day } from '../../base/calendar.ts';
import { lastComplete, type Opportunity } from '../../data/opportunity.ts';
import type { LoadPlan } from '../plan.ts';
import { dateLiteral, marginBy, PURCHASE } from './sql.ts';

/**
 * Customers by purchase occasions on a calendar grid (BG/BB; Fader, Hardie & Shang 2010): f is the period of the first
 * purchase, c the last complete one. x: periods after f, up to c, with a purchase; t_x: from f to the last such; n = c − f.
 * Recency and age are whole periods as days, rounded. Means are per period with a purchase, of the margin of its days.
 */
export function period(day: string, { months }: Opportunity): string {
  return `CAST(floor((extract(year FROM ${day}) * 12 + extract(month FROM ${day}) - 1) / ${months}) AS INTEGER)`;
}

/** Periods of a customer with a purchase, and the margin that counts in the mean: the first one's too where all do, complete or not. */
export function occasions(plan: LoadPlan, opportunity: Opportunity, spendFrom: 'repeat' | 'all', asOf: Day): string {
  const [from, first] = spendFrom === 'all' ? ['>=', ' OR d.g = r.f'] : ['>', ''];
  return `SELECT customer, sum(CASE WHEN g > f THEN bought ELSE 0 END) AS x,
  max(CASE WHEN bought = 1 THEN g END) AS last_period, sum(CASE WHEN g ${from} f THEN margin ELSE 0 END) AS spend FROM (
  SELECT d.customer AS customer, g, min(r.f) AS f, max(CASE WHEN ${PURCHASE.replaceAll(/(records|revenue)/g, 'd.$1')} THEN 1 ELSE 0 END) AS bought,
    ${marginBy(plan, (column) => `sum(d.${column})`)} AS margin
  FROM (SELECT *, ${period('day', opportunity)} AS g FROM days WHERE day <= ${dateLiteral(asOf)}) AS d
  INNER JOIN (SELECT customer, ${period('first_purchase', opportunity)} AS f FROM rolled WHERE first_purchase IS NOT NULL) AS r
  ON d.customer = r.customer
  WHERE d.g >= r.f AND (d.g <= ${lastComplete(asOf, opportunity)}${first}) GROUP BY d.customer, g) AS p GROUP BY customer`;
}

/** Customers as `customersOf` has them, with states on the grid. */
export function customersByOccasion(opportunity: Opportunity, spendFrom: 'repeat' | 'all', asOf: Day): string {
  const f = period('first_purchase', opportunity);
  const x = 'CASE WHEN o.x IS NULL THEN 0 ELSE o.x END';
  const days = (periods: string): string => `CAST(floor((${periods}) * ${opportunity.days} + 0.5) AS INTEGER)`;
  const open = `${lastComplete(asOf, opportunity)} - ${f}`;
  return `SELECT r.customer AS customer, segment, segment_changed, fit_group, records, revenue, margin, first_purchase, last_purchase,
    CAST(${x} AS INTEGER) AS x,
    ${days(`CASE WHEN ${x} > 0 THEN o.last_period - ${f} ELSE 0 END`)} AS recency,
    ${days(`CASE WHEN ${open} > 0 THEN ${open} ELSE 0 END`)} AS age,
    CAST(${spendFrom === 'all' ? `${x} + 1` : x} AS INTEGER) AS spend_purchases,
    CASE WHEN o.spend IS NULL THEN 0 ELSE o.spend END AS spend
  FROM rolled AS r LEFT JOIN occasions AS o ON r.customer = o.customer WHERE first_purchase IS NOT NULL`;
}
