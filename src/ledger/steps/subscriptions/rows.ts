import type { Day } from '../../../base/calendar.ts';
import type { RowBlock } from '../../../data/subscriptions/rows.ts';
import type { LoadPlan } from '../../plan.ts';
import { type Chunk, count, type Loaded, units } from '../../store.ts';
import { dateLiteral, rateLiteral, segmentOf, WIDE_AMOUNT, WIDE_MARGIN } from '../sql.ts';

/**
 * Rows of subscriptions as they are streamed: lines of invoices one by one, payments summed by what each plan was paid on a day. A line
 * of which all was given back is none.
 * @param rows transactions, as they stand after FROM, with `margin` where there are rules
 */
export function subscriptionRows(plan: LoadPlan, rows: string, nul: string): string {
  const { subscriptions, by } = plan;
  const key = (column: number | null): string => (column === null ? `''` : `k${column}`);
  const { subscription, plan: planned, currency, start, end, givenBack } = subscriptions!;
  const told = `${key(subscription)} AS subscription, day, ${key(planned)} AS plan, ${key(currency)} AS currency`;
  const segment = by.length > 0 ? segmentOf(by, nul) : `''`;
  const margin = rowMargin(plan);
  if (start !== null)
    return `SELECT customer_id, ${told}, ${segment} AS segment, CAST(amount AS ${WIDE_AMOUNT}) AS amount,
  ${key(start)} AS starts, ${key(end)} AS ends, CAST(CASE WHEN amount > 0 THEN amount ELSE 0 END AS ${WIDE_AMOUNT}) AS charged, CAST(CASE WHEN amount < 0 THEN 1 ELSE 0 END AS INTEGER) AS refunds,
  CAST(${margin} AS ${WIDE_MARGIN}) AS margin
FROM ${rows} AS r${givenBack === null ? '' : ` WHERE ${key(givenBack)} = ''`}`;
  return `SELECT customer_id, subscription, day, plan, currency, max(segment) AS segment, sum(amount) AS amount,
  sum(CASE WHEN amount > 0 THEN amount ELSE 0 END) AS charged, CAST(max(CASE WHEN amount < 0 OR given_back <> '' THEN 1 ELSE 0 END) AS INTEGER) AS refunds,
  CAST(sum(margin) AS ${WIDE_MARGIN}) AS margin
FROM (SELECT customer_id, ${told}, ${key(givenBack)} AS given_back, ${segment} AS segment, amount, ${margin} AS margin FROM ${rows} AS r) AS t
GROUP BY customer_id, subscription, day, plan, currency`;
}

/** The margin of a row, costs apart. */
function rowMargin({ margin: { rate, rules } }: LoadPlan): string {
  return rules ? 'margin' : `CAST(amount AS ${WIDE_AMOUNT}) * ${rateLiteral(rate!)}`;
}

/** What every row is told by, as `rowBlock` takes it. */
export const ROW_COLUMNS = 'customer_id, subscription, day, plan, currency, segment, amount';

/** The first columns of a chunk, `ROW_COLUMNS`. */
export function rowBlock(chunk: Chunk): RowBlock {
  return {
    length: chunk.rowCount,
    customer: chunk.texts(0),
    subscription: chunk.texts(1),
    day: chunk.integers(2),
    plan: chunk.texts(3),
    currency: chunk.texts(4),
    segment: chunk.texts(5),
    amount: chunk.decimals(6),
  };
}

/** The plans that rows name, in order; '' is that of rows without one. */
export async function readPlans({ store }: Pick<Loaded, 'store'>): Promise<readonly string[]> {
  const rows = await store.rows('SELECT DISTINCT plan FROM subscription_rows ORDER BY plan');
  return rows.map((row) => String(row['plan']));
}

/** Payments by plan and the days since the one before of the same plan, counted: 0 is that of a first payment. */
export async function readPlanGaps(
  { store }: Pick<Loaded, 'store'>,
  asOf: Day,
): Promise<readonly { readonly plan: string; readonly gap: number; readonly count: number }[]> {
  const rows = await store.rows(`SELECT plan, gap, count(*) AS n FROM (
  SELECT plan, CAST(day - min(day) OVER (PARTITION BY customer_id, subscription, plan ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS INTEGER) AS gap
  FROM (SELECT DISTINCT customer_id, subscription, plan, day FROM subscription_rows
    WHERE amount > 0 AND day <= ${dateLiteral(asOf)}) AS r) AS g
GROUP BY plan, gap ORDER BY plan, gap`);
  return rows.map((row) => ({ plan: String(row['plan']), gap: count(row['gap']), count: count(row['n']) }));
}

/** Subscriptions by the lower median of the days between their payments, and the most paid on a day: counted, with one customer. */
export async function readOwnGaps(
  { store }: Pick<Loaded, 'store'>,
  asOf: Day,
): Promise<
  readonly {
    readonly gaps: number;
    readonly gap: number;
    readonly price: bigint;
    readonly count: number;
    readonly customer: string;
  }[]
> {
  const of = 'PARTITION BY customer_id, subscription';
  const rows = await store.rows(`SELECT paid - 1 AS gaps, gap, price, count(*) AS n, min(customer_id) AS customer FROM (
  SELECT customer_id, gap, row_number() OVER (${of} ORDER BY gap) AS place, count(*) OVER (${of}) AS paid, max(amount) OVER (${of}) AS price
  FROM (SELECT customer_id, subscription, amount,
      CAST(day - min(day) OVER (${of} ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS INTEGER) AS gap
    FROM (SELECT customer_id, subscription, day, CAST(sum(amount) AS ${WIDE_AMOUNT}) AS amount FROM subscription_rows
      WHERE amount > 0 AND day <= ${dateLiteral(asOf)} GROUP BY customer_id, subscription, day) AS d) AS g) AS m
WHERE 2 * (place - 1) <= paid AND 2 * place > paid
GROUP BY paid, gap, price ORDER BY paid, gap, price`);
  return rows.map((row) => ({
    gaps: count(row['gaps']),
    gap: count(row['gap']),
    price: units(row['price']),
    count: count(row['n']),
    customer: String(row['customer']),
  }));
}
