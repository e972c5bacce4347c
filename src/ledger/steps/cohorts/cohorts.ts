import type { Day } from '../../../base/calendar.ts';
import { MARGIN_SCALE } from '../../../base/money.ts';
import type { Acquired } from '../../../data/acquisition/cohorts.ts';
import type { Opportunity } from '../../../data/opportunity.ts';
import type { LoadPlan } from '../../plan.ts';
import { count, type Dialect, type Loaded, type Row, units } from '../../store.ts';
import { period } from '../occasions.ts';
import { rolledAt } from '../roll-up.ts';
import { dateLiteral, double, halfEvenDouble, marginBy, PURCHASE, splitSegment } from '../sql.ts';

/** How customers are put into cohorts. */
export interface CohortPlan {
  readonly asOf: Day;
  /** The calendar periods that customers are won in, and that ages are counted in. */
  readonly every: Opportunity;
  /** Whether the customers have been valued. */
  readonly valued: boolean;
  /** Decimals of the minor unit. */
  readonly digits: number;
}

/**
 * Every customer with a transaction up to the as-of date, by segment and the calendar period of its first purchase, and what
 * they brought at each age; from `days`, and from `valued` where customers have a CLV.
 */
export async function readAcquired(loaded: Loaded, asked: CohortPlan): Promise<Acquired> {
  const { store, plan } = loaded;
  const { every, digits } = asked;
  const asOf = dateLiteral(asked.asOf);
  await store.create('acquired', acquiredOf(loaded, asked));
  const groups = await store.rows(GROUPS);
  const cells = await store.rows(cellsOf(plan, every, asOf, digits, store.dialect));
  await store.drop('acquired');
  return {
    groups: groups.map((row) => ({
      segment: segmentIn(row),
      period: row['cohort'] === null ? null : Number(row['cohort']),
      customers: count(row['n']),
      margin: units(row['margin']),
      clv: units(row['clv']),
    })),
    cells: cells.map((row) => ({
      segment: segmentIn(row),
      period: Number(row['cohort']),
      age: Number(row['age']),
      buyers: count(row['buyers']),
      margin: units(row['margin']),
      rounded: units(row['rounded']),
      squares: units(row['squares']),
    })),
  };
}

function segmentIn(row: Row): readonly string[] {
  return splitSegment(String(row['segment']));
}

/** One row a customer: its segment, the period of its first purchase (NULL without any), its margin and its CLV. */
function acquiredOf(loaded: Loaded, { asOf, every, valued }: CohortPlan): string {
  return `SELECT r.customer AS customer, r.segment AS segment, r.margin AS margin,
  CASE WHEN r.first_purchase IS NOT NULL THEN ${period('r.first_purchase', every)} END AS cohort,
  ${valued ? 'v.clv' : 'CAST(NULL AS BIGINT)'} AS clv
FROM (${rolledAt(loaded, asOf)}) AS r${valued ? ' LEFT JOIN valued AS v ON r.customer = v.customer' : ''}`;
}

const GROUPS = `SELECT segment, cohort, count(*) AS n, sum(margin) AS margin, sum(clv) AS clv
FROM acquired GROUP BY segment, cohort ORDER BY segment, cohort`;

/**
 * Customers by segment and period of the first purchase, and what they brought at each age: a customer is a row for each age
 * with any money, with its margin up to there. The squares grow by the difference of two, so that none is needed for an age
 * in which nothing came.
 */
function cellsOf(plan: LoadPlan, every: Opportunity, asOf: string, digits: number, dialect: Dialect): string {
  const bought = PURCHASE.replaceAll(/(records|revenue)/g, 'd.$1');
  const age = `CASE WHEN ${period('d.day', every)} > c.cohort THEN ${period('d.day', every)} - c.cohort ELSE 0 END`;
  const minor = (margin: string): string => `CAST(${halfEvenDouble(double(margin), digits, dialect)} AS DECIMAL(38,0))`;
  return `SELECT segment, cohort, age, count(CASE WHEN bought = 1 THEN 1 END) AS buyers, sum(margin) AS margin,
  sum(after - before) AS rounded, sum(after * after - before * before) AS squares
FROM (SELECT segment, cohort, age, bought, margin, ${minor('upto')} AS after, ${minor('earlier')} AS before
  FROM (SELECT segment, cohort, age, bought, margin, upto, CAST(upto - margin AS DECIMAL(38,${MARGIN_SCALE})) AS earlier
    FROM (SELECT segment, cohort, age, bought, margin,
      sum(margin) OVER (PARTITION BY customer ORDER BY age ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS upto
      FROM (SELECT d.customer AS customer, c.segment AS segment, c.cohort AS cohort, ${age} AS age,
        max(CASE WHEN ${bought} THEN 1 ELSE 0 END) AS bought, ${marginBy(plan, (column) => `sum(d.${column})`)} AS margin
        FROM days AS d INNER JOIN acquired AS c ON d.customer = c.customer
        WHERE d.day <= ${asOf} AND c.cohort IS NOT NULL
        GROUP BY d.customer, c.segment, c.cohort, ${age}) AS a) AS w) AS u) AS s
GROUP BY segment, cohort, age ORDER BY segment, cohort, age`;
}
