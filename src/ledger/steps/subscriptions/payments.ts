import type { Day } from '../../../base/calendar.ts';
import type { PaymentBlock } from '../../../data/subscriptions/payments.ts';
import type { Loaded, Store } from '../../store.ts';
import { dateLiteral } from '../sql.ts';

/** All payments up to a day, streamed: every customer's one after the other. */
export function readPayments({ store }: Pick<Loaded, 'store'>, asOf: Day): AsyncIterable<PaymentBlock> {
  return blocks(store, `SELECT ${COLUMNS} FROM subscription_rows WHERE day <= ${dateLiteral(asOf)} ORDER BY ${ORDER}`);
}

/** Those of the customers that are rolled up, in the segment of the customer instead of the row's, with the group to fit by. */
export function readCustomerPayments({ store, plan }: Loaded, asOf: Day): AsyncIterable<PaymentBlock> {
  const group = plan.fitBy.length > 0 ? 'c.fit_group' : `''`;
  return blocks(
    store,
    `SELECT ${COLUMNS}, fit_group FROM (
  SELECT p.customer_id AS customer_id, p.subscription AS subscription, p.day AS day, p.plan AS plan, p.currency AS currency,
    c.segment AS segment, p.amount AS amount, p.charged AS charged, p.refunds AS refunds, p.margin AS margin, ${group} AS fit_group
  FROM subscription_rows AS p INNER JOIN customers AS c ON p.customer_id = c.customer_id
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
