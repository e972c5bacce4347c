import type { Day } from '../../base/calendar.ts';
import type { Holdout } from '../../data/holdout.ts';
import type { LoadPlan } from '../plan.ts';
import { concatChunks, type Loaded, units } from '../store.ts';
import { dateLiteral, double, marginBy, PURCHASE } from './sql.ts';

/** What the customers in `customers`, rolled up as of `after`, did from the next day to `until`. */
export async function readHoldout({ store, plan }: Loaded, after: Day, until: Day): Promise<Holdout> {
  const [first, last] = [dateLiteral(after), dateLiteral(until)];
  await store.create('outcomes', outcomesOf(plan, first, last));
  const [total] = await store.rows(OUTCOME_MARGIN);
  const outcomes = await concatChunks(store.chunks(OUTCOMES), (chunk) => ({
    state: chunk.integers(0),
    purchases: chunk.integers(1),
    count: chunk.doubles(2),
    margin: chunk.doubles(3),
  }));
  await store.drop('outcomes');
  const daily = new Float64Array(until - after);
  for await (const chunk of store.chunks(dailyPurchases(first, last))) {
    const [day, count] = [chunk.integers(0), chunk.doubles(1)];
    for (let i = 0; i < chunk.rowCount; i++) daily[day[i]! - 1] = count[i]!;
  }
  return { outcomes: { length: outcomes.count.length, ...outcomes }, daily, margin: units(total!['margin']) };
}

/**
 * What the rolled-up customers did after the as-of date, up to a last day, as groups of equal state and purchases. Margin is
 * of all their rows, refund-only days and costs included.
 */
function outcomesOf(plan: LoadPlan, after: string, until: string): string {
  return `SELECT x, recency, age, purchases, count(*) AS n, sum(margin) AS margin FROM (
  SELECT c.x AS x, c.recency AS recency, c.age AS age,
    CASE WHEN h.purchases IS NULL THEN 0 ELSE h.purchases END AS purchases,
    CASE WHEN h.margin IS NULL THEN 0 ELSE h.margin END AS margin
  FROM customers AS c LEFT JOIN (
    SELECT customer, CAST(count(CASE WHEN ${PURCHASE} THEN 1 END) AS INTEGER) AS purchases,
      ${marginBy(plan, (column) => `sum(${column})`)} AS margin
    FROM days WHERE day > ${after} AND day <= ${until} GROUP BY customer) AS h
  ON c.customer = h.customer) AS o GROUP BY x, recency, age, purchases`;
}

/** The groups with the index of their state: the distinct states in their order, counted from 0. */
const OUTCOMES = `SELECT CAST(dense_rank() OVER (ORDER BY x, recency, age) - 1 AS INTEGER) AS state, purchases,
  CAST(n AS DOUBLE) AS n, ${double('margin')} AS margin FROM outcomes ORDER BY state, purchases`;

const OUTCOME_MARGIN = 'SELECT sum(margin) AS margin FROM outcomes';

/** Purchases of the rolled-up customers by day, counted from 1 after the as-of date. */
function dailyPurchases(after: string, until: string): string {
  return `SELECT CAST(d.day - ${after} AS INTEGER) AS day, CAST(count(*) AS DOUBLE) AS n
FROM (SELECT customer, day FROM days WHERE day > ${after} AND day <= ${until} AND ${PURCHASE}) AS d
INNER JOIN customers AS c ON d.customer = c.customer GROUP BY d.day ORDER BY d.day`;
}
