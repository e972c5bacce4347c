import type { Day } from '../../../base/calendar.ts';
import type { PaymentBlock } from '../../../data/subscriptions/payments.ts';
import type { Chunk, Loaded, Store } from '../../store.ts';
import { dateLiteral } from '../sql.ts';
import { ROW_COLUMNS, rowBlock } from './rows.ts';

/** All payments up to a day, streamed: every customer's one after the other. */
export function readPayments({ store }: Pick<Loaded, 'store'>, asOf: Day): AsyncIterable<PaymentBlock> {
  return blocks(store, `SELECT ${COLUMNS} FROM subscription_rows WHERE day <= ${dateLiteral(asOf)} ORDER BY ${ORDER}`);
}

/** Those of the customers that are rolled up, in the segment of the customer instead of the row's, with the group to fit by. */
export function readCustomerPayments({ store, plan }: Loaded, asOf: Day): AsyncIterable<PaymentBlock> {
  const group = plan.fitBy.length > 0 ? 'c.fit_group' : `''`;
  const select = ofCustomers(
    `${group} AS fit_group`,
    'INNER JOIN customers AS c ON p.customer_id = c.customer_id',
    asOf,
  );
  return blocks(store, `SELECT ${COLUMNS}, fit_group FROM (${select}) AS r ORDER BY ${ORDER}`, (chunk) => ({
    group: chunk.texts(10),
  }));
}

/** Those of the customers of `closing`, in their segment there, with the one that they had in `opening`. @param to the closing */
export function readPaymentsBetween({ store }: Loaded, to: Day): AsyncIterable<PaymentBlock> {
  const select = ofCustomers(
    `CAST(CASE WHEN o.customer_id IS NULL THEN 0 ELSE 1 END AS INTEGER) AS known,
    CASE WHEN o.customer_id IS NULL THEN '' ELSE o.segment END AS before`,
    `INNER JOIN closing AS c ON p.customer_id = c.customer_id LEFT JOIN opening AS o ON p.customer_id = o.customer_id`,
    to,
  );
  return blocks(store, `SELECT ${COLUMNS}, known, before FROM (${select}) AS r ORDER BY ${ORDER}`, (chunk) => {
    const [there, segment] = [chunk.integers(10), chunk.texts(11)];
    return { opening: segment.map((one, i) => (there[i] === 1 ? one : null)) };
  });
}

/** Rows up to a day in the segment of the customer `c`. */
function ofCustomers(more: string, joins: string, asOf: Day): string {
  return `SELECT p.customer_id AS customer_id, p.subscription AS subscription, p.day AS day, p.plan AS plan, p.currency AS currency,
    c.segment AS segment, p.amount AS amount, p.charged AS charged, p.refunds AS refunds, p.margin AS margin, ${more}
  FROM subscription_rows AS p ${joins} WHERE p.day <= ${dateLiteral(asOf)}`;
}

const COLUMNS = `${ROW_COLUMNS}, charged, refunds, margin`;
const ORDER = 'customer_id, subscription, day, plan, currency';

async function* blocks(
  store: Store,
  select: string,
  more: (chunk: Chunk) => Partial<PaymentBlock> = () => ({}),
): AsyncIterable<PaymentBlock> {
  for await (const chunk of store.chunks(select)) {
    yield {
      ...rowBlock(chunk),
      charged: chunk.decimals(7),
      refunds: chunk.integers(8),
      margin: chunk.decimals(9),
      ...more(chunk),
    };
  }
}
