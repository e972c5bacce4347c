import type { Day } from '../../../base/calendar.ts';
import type { PaymentBlock } from '../../../data/subscriptions/payments.ts';
import type { Loaded } from '../../store.ts';
import { dateLiteral } from '../sql.ts';

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
  return `SELECT customer_id, subscription, day, plan, currency, segment, amount, charged, refunds FROM subscription_rows
WHERE day <= ${asOf} ORDER BY customer_id, subscription, day, plan, currency`;
}
