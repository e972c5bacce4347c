import { type CohortCell, FLOWS, type Flow, type PeriodSums } from '../../data/audit.ts';
import type { Opportunity } from '../../data/opportunity.ts';
import type { LoadPlan } from '../plan.ts';
import { count, type Row, type Store, units } from '../store.ts';
import { period } from './occasions.ts';
import { marginBy, PURCHASE } from './sql.ts';

/** Past money of the customers in `audited` by when it came. */

const COUNT_PURCHASES = `count(CASE WHEN ${PURCHASE} THEN 1 END)`;

/** Two periods that meet, as date literals: the days after `from` up to `split`, and those after it up to `to`. */
interface TwoPeriods {
  readonly from: string;
  readonly split: string;
  readonly to: string;
}

/** All kinds of customers of two periods; zeros for those that there are none of. */
export async function readFlows(store: Store, plan: LoadPlan, periods: TwoPeriods): Promise<Flow[]> {
  const rows = await store.rows(flowsOf(plan, periods));
  return FLOWS.map((group) => {
    const row = rows.find((one) => one['flow'] === group) ?? {};
    const customers = count(row['n']);
    return { group, customers, earlier: sumsOf(row, '_earlier'), later: sumsOf(row, '_later') };
  });
}

/** Customers of two periods by whether they bought in each, with what they brought in each. */
function flowsOf(plan: LoadPlan, { from, split, to }: TwoPeriods): string {
  const [earlier, later] = [sumsIn(plan, 'earlier', `day <= ${split}`), sumsIn(plan, 'later', `day > ${split}`)];
  const names = ['earlier', 'later'].flatMap((name) =>
    ['purchases', 'revenue', 'profit'].map((sum) => `${sum}_${name}`),
  );
  return `SELECT flow, count(*) AS n, ${names.map((name) => `sum(${name}) AS ${name}`).join(', ')} FROM (
  SELECT ${names.join(', ')}, CASE WHEN purchases_earlier > 0 AND purchases_later > 0 THEN 'both'
    WHEN purchases_earlier > 0 THEN 'lapsed' WHEN purchases_later = 0 THEN 'neither'
    WHEN first_purchase > ${split} THEN 'new' ELSE 'reactivated' END AS flow
  FROM (SELECT customer, ${earlier}, ${later} FROM days WHERE day > ${from} AND day <= ${to} GROUP BY customer) AS d
  INNER JOIN audited AS a ON d.customer = a.customer) AS f GROUP BY flow ORDER BY flow`;
}

function sumsIn(plan: LoadPlan, name: string, test: string): string {
  const sum = (column: string): string => `sum(CASE WHEN ${test} THEN ${column} ELSE 0 END)`;
  return `count(CASE WHEN ${PURCHASE} AND ${test} THEN 1 END) AS purchases_${name}, ${sum('revenue')} AS revenue_${name},
    ${marginBy(plan, sum)} AS profit_${name}`;
}

/** The flows of the cohorts, by cohort, then period; customers without any purchase last. */
export async function readCohorts(
  store: Store,
  plan: LoadPlan,
  every: Opportunity,
  asOf: string,
): Promise<CohortCell[]> {
  return (await store.rows(cohortsOf(plan, every, asOf))).map((row) => ({
    cohort: row['cohort'] === null ? null : Number(row['cohort']),
    period: Number(row['period']),
    active: count(row['active']),
    ...sumsOf(row, ''),
  }));
}

/** Customers by the calendar period of their first purchase, NULL without any, and what they brought in each period. */
function cohortsOf(plan: LoadPlan, every: Opportunity, asOf: string): string {
  return `SELECT cohort, period, count(DISTINCT CASE WHEN ${PURCHASE} THEN customer END) AS active,
  ${COUNT_PURCHASES} AS purchases, sum(revenue) AS revenue, ${marginBy(plan, (column) => `sum(${column})`)} AS profit
FROM (SELECT d.*, ${period('d.day', every)} AS period, a.cohort AS cohort FROM days AS d INNER JOIN (
    SELECT customer, CASE WHEN first_purchase IS NOT NULL THEN ${period('first_purchase', every)} END AS cohort
    FROM audited) AS a ON d.customer = a.customer WHERE d.day <= ${asOf}) AS c
GROUP BY cohort, period ORDER BY cohort, period`;
}

function sumsOf(row: Row, suffix: string): PeriodSums {
  return {
    purchases: count(row[`purchases${suffix}`]),
    revenue: units(row[`revenue${suffix}`]),
    profit: units(row[`profit${suffix}`]),
  };
}
