import type { Opportunity } from '../../base/opportunity.ts';
import type { LoadPlan } from '../ledger.ts';
import { period } from './occasions.ts';
import { marginBy, PURCHASE } from './sql.ts';

/** Past money of the customers in `audited` by when it came. */

const COUNT_PURCHASES = `count(CASE WHEN ${PURCHASE} THEN 1 END)`;

/** Two periods that meet, as date literals: the days after `from` up to `split`, and those after it up to `to`. */
export interface TwoPeriods {
  readonly from: string;
  readonly split: string;
  readonly to: string;
}

/** Customers of two periods by whether they bought in each, with what they brought in each. */
export function flowsOf(plan: LoadPlan, { from, split, to }: TwoPeriods): string {
  const [earlier, later] = [sumsIn(plan, 'earlier', `day <= ${split}`), sumsIn(plan, 'later', `day > ${split}`)];
  const names = ['earlier', 'later'].flatMap((name) =>
    ['purchases', 'revenue', 'profit'].map((sum) => `${sum}_${name}`),
  );
  return `SELECT flow, count(*) AS n, ${names.map((name) => `sum(${name}) AS ${name}`).join(', ')} FROM (
  SELECT ${names.join(', ')}, CASE WHEN purchases_earlier > 0 AND purchases_later > 0 THEN 'both'
    WHEN purchases_earlier > 0 THEN 'lapsed' WHEN purchases_later = 0 THEN 'neither'
    WHEN first_purchase > ${split} THEN 'new' ELSE 'reactivated' END AS flow
  FROM (SELECT customer_id, ${earlier}, ${later} FROM days WHERE day > ${from} AND day <= ${to} GROUP BY customer_id) AS d
  INNER JOIN audited AS a ON d.customer_id = a.customer_id) AS f GROUP BY flow ORDER BY flow`;
}

function sumsIn(plan: LoadPlan, name: string, test: string): string {
  const sum = (column: string): string => `sum(CASE WHEN ${test} THEN ${column} ELSE 0 END)`;
  return `count(CASE WHEN ${PURCHASE} AND ${test} THEN 1 END) AS purchases_${name}, ${sum('revenue')} AS revenue_${name},
    ${marginBy(plan, sum)} AS profit_${name}`;
}

/** Customers by the calendar period of their first purchase, NULL without any, and what they brought in each period. */
export function cohortsOf(plan: LoadPlan, every: Opportunity, asOf: string): string {
  return `SELECT cohort, period, count(DISTINCT CASE WHEN ${PURCHASE} THEN customer_id END) AS active,
  ${COUNT_PURCHASES} AS purchases, sum(revenue) AS revenue, ${marginBy(plan, (column) => `sum(${column})`)} AS profit
FROM (SELECT d.*, ${period('d.day', every)} AS period, a.cohort AS cohort FROM days AS d INNER JOIN (
    SELECT customer_id, CASE WHEN first_purchase IS NOT NULL THEN ${period('first_purchase', every)} END AS cohort
    FROM audited) AS a ON d.customer_id = a.customer_id WHERE d.day <= ${asOf}) AS c
GROUP BY cohort, period ORDER BY cohort, period`;
}
