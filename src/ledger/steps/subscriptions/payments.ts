import type { Day } from '../../../base/calendar.ts';
import type { PaymentBlock } from '../../../data/subscriptions/payments.ts';
import type { LoadPlan } from '../../plan.ts';
import type { Loaded } from '../../store.ts';
import { dateLiteral, segmentOf } from '../sql.ts';

/** Payments of subscriptions, of rows loaded with `LoadPlan.subscriptions`. */

/** What each plan of a subscription was paid on a day. @param rows transactions, as they stand after FROM */
export function paymentRows({ subscriptions, by }: LoadPlan, rows: string, nul: string): string {
  const key = (column: number | null): string => (column === null ? `''` : `k${column}`);
  const { subscription, plan, currency } = subscriptions!;
  const segment = by.length > 0 ? `max(${segmentOf(by, nul)})` : `''`;
  return `SELECT customer_id, ${key(subscription)} AS subscription, day, ${key(plan)} AS plan, ${key(currency)} AS currency,
  ${segment} AS segment, sum(amount) AS amount, sum(CASE WHEN amount > 0 THEN amount ELSE 0 END) AS charged,
  CAST(max(CASE WHEN amount < 0 THEN 1 ELSE 0 END) AS INTEGER) AS refunds
FROM ${rows} AS r GROUP BY customer_id, subscription, day, plan, currency`;
}

/** The plans that rows name, in order; '' is that of rows without one. */
export async function readPlans({ store }: Pick<Loaded, 'store'>): Promise<readonly string[]> {
  const rows = await store.rows('SELECT DISTINCT plan FROM payment_rows ORDER BY plan');
  return rows.map((row) => String(row['plan']));
}

/** All payments up to a day, streamed: every customer's one after the other. */
export async function* readPayments({ store }: Pick<Loaded, 'store'>, asOf: Day): AsyncIterable<PaymentBlock> {
  for await (const chunk of store.chunks(paymentsUntil(dateLiteral(asOf)))) {
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
    };
  }
}

function paymentsUntil(asOf: string): string {
  return `SELECT customer_id, subscription, day, plan, currency, segment, amount, charged, refunds FROM payment_rows
WHERE day <= ${asOf} ORDER BY customer_id, subscription, day, plan, currency`;
}
