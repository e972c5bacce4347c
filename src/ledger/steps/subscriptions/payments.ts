import type { Day } from '../../../base/calendar.ts';
import type { PaymentBlock } from '../../../data/subscriptions/payments.ts';
import type { LoadPlan } from '../../plan.ts';
import type { Loaded, Store } from '../../store.ts';
import { dateLiteral, rateLiteral, segmentOf, WIDE_MARGIN } from '../sql.ts';

/** Payments of subscriptions, of rows loaded with `LoadPlan.subscriptions`. */

/**
 * What each plan of a subscription was paid on a day.
 * @param rows transactions, as they stand after FROM, with `margin` where there are rules
 */
export function paymentRows({ subscriptions, by, margin: { rate, rules } }: LoadPlan, rows: string, nul: string): string {
  const key = (column: number | null): string => (column === null ? `''` : `k${column}`);
  const { subscription, plan, currency } = subscriptions!;
  const segment = by.length > 0 ? `max(${segmentOf(by, nul)})` : `''`;
  const margin = rules ? 'sum(margin)' : `sum(amount) * ${rateLiteral(rate!)}`;
  return `SELECT customer_id, ${key(subscription)} AS subscription, day, ${key(plan)} AS plan, ${key(currency)} AS currency,
  ${segment} AS segment, sum(amount) AS amount, sum(CASE WHEN amount > 0 THEN amount ELSE 0 END) AS charged,
  CAST(max(CASE WHEN amount < 0 THEN 1 ELSE 0 END) AS INTEGER) AS refunds,
  CAST(${margin} AS ${WIDE_MARGIN}) AS margin
FROM ${rows} AS r GROUP BY customer_id, subscription, day, plan, currency`;
}

/** The plans that rows name, in order; '' is that of rows without one. */
export async function readPlans({ store }: Pick<Loaded, 'store'>): Promise<readonly string[]> {
  const rows = await store.rows('SELECT DISTINCT plan FROM payment_rows ORDER BY plan');
  return rows.map((row) => String(row['plan']));
}

/** All payments up to a day, streamed: every customer's one after the other. */
export function readPayments({ store }: Pick<Loaded, 'store'>, asOf: Day): AsyncIterable<PaymentBlock> {
  return blocks(store, `SELECT ${COLUMNS} FROM payment_rows WHERE day <= ${dateLiteral(asOf)} ORDER BY ${ORDER}`);
}

/** Those of the customers that are rolled up, in the segment of the customer instead of the row's, with the group to fit by. */
export function readCustomerPayments({ store, plan }: Loaded, asOf: Day): AsyncIterable<PaymentBlock> {
  const group = plan.fitBy.length > 0 ? 'c.fit_group' : `''`;
  return blocks(
    store,
    `SELECT ${COLUMNS}, fit_group FROM (
  SELECT p.customer_id AS customer_id, p.subscription AS subscription, p.day AS day, p.plan AS plan, p.currency AS currency,
    c.segment AS segment, p.amount AS amount, p.charged AS charged, p.refunds AS refunds, p.margin AS margin, ${group} AS fit_group
  FROM payment_rows AS p INNER JOIN customers AS c ON p.customer_id = c.customer_id
  WHERE p.day <= ${dateLiteral(asOf)}) AS r ORDER BY ${ORDER}`,
    true,
  );
}

const COLUMNS = 'customer_id, subscription, day, plan, currency, segment, amount, charged, refunds, margin';
const ORDER = 'customer_id, subscription, day, plan, currency';

async function* blocks(store: Store, select: string, grouped = false): AsyncIterable<PaymentBlock> {
  for await (const chunk of store.chunks(select)) {
    yield {
      length: chunk.rowCount,
      customer: chunk.texts(0),
      subscription: chunk.texts(1),
      day: chunk.integers(2),
      plan: chunk.texts(3),
      currency: chunk.texts(4),
      segment: chunk.texts(5),
      amount: chunk.decimals(6),
      charged: chunk.decimals(7),
      refunds: chunk.integers(8),
      margin: chunk.decimals(9),
      ...(grouped && { group: chunk.texts(10) }),
    };
  }
}
