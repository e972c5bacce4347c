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
export function readCustomerPayments(loaded: Loaded, asOf: Day): AsyncIterable<PaymentBlock> {
  const joins = 'INNER JOIN customers AS c ON p.customer_id = c.customer';
  return customerBlocks(loaded, { fit_group: groupIn('c', loaded) }, joins, asOf, (chunk) => ({
    group: chunk.texts(10),
  }));
}

function groupIn(table: string, { plan }: Loaded): string {
  return plan.fitBy.length > 0 ? `${table}.fit_group` : `''`;
}

/** Those of the customers of `closing`, in their segment and group there, with those that they had in `opening`. @param to the closing */
export function readPaymentsBetween(loaded: Loaded, to: Day): AsyncIterable<PaymentBlock> {
  const known = 'CAST(CASE WHEN o.customer IS NULL THEN 0 ELSE 1 END AS INTEGER)';
  const atOpening = (value: string): string => `CASE WHEN o.customer IS NULL THEN '' ELSE ${value} END`;
  const more = {
    fit_group: groupIn('c', loaded),
    known,
    before: atOpening('o.segment'),
    group_before: atOpening(groupIn('o', loaded)),
  };
  const joins =
    'INNER JOIN closing AS c ON p.customer_id = c.customer LEFT JOIN opening AS o ON p.customer_id = o.customer';
  return customerBlocks(loaded, more, joins, to, (chunk) => {
    const [there, segment, group] = [chunk.integers(11), chunk.texts(12), chunk.texts(13)];
    const opening = segment.map((one, i) => (there[i] === 1 ? { segment: one, group: group[i]! } : null));
    return { group: chunk.texts(10), opening };
  });
}

const COLUMNS = `${ROW_COLUMNS}, charged, refunds, margin`;
const ORDER = 'customer_id, subscription, day, plan, currency';
/** What lines of invoices have besides. */
const SERVICE = ['starts', 'ends'];

/** Rows up to a day in the segment of the customer `c`, with more columns and, of lines, the days of service. */
function customerBlocks(
  { store, plan }: Loaded,
  more: Readonly<Record<string, string>>,
  joins: string,
  asOf: Day,
  told: (chunk: Chunk) => Partial<PaymentBlock>,
): AsyncIterable<PaymentBlock> {
  const service = plan.subscriptions!.start === null ? [] : SERVICE;
  const names = [...Object.keys(more), ...service];
  const added = [...Object.entries(more), ...service.map((name) => [name, `p.${name}`] as const)];
  const rows = `SELECT p.customer_id AS customer_id, p.subscription AS subscription, p.day AS day, p.plan AS plan, p.currency AS currency,
    c.segment AS segment, p.amount AS amount, p.charged AS charged, p.refunds AS refunds, p.margin AS margin,
    ${added.map(([name, value]) => `${value} AS ${name}`).join(', ')}
  FROM subscription_rows AS p ${joins} WHERE p.day <= ${dateLiteral(asOf)}`;
  const order = service.length > 0 ? `${ORDER}, starts, ends, amount` : ORDER;
  const [start, end] = [10 + names.length - 2, 10 + names.length - 1];
  return blocks(store, `SELECT ${[COLUMNS, ...names].join(', ')} FROM (${rows}) AS r ORDER BY ${order}`, (chunk) => ({
    ...told(chunk),
    ...(service.length > 0 ? { service: written(chunk.texts(start), chunk.texts(end)) } : {}),
  }));
}

function written(starts: readonly string[], ends: readonly string[]): PaymentBlock['service'] & {} {
  return starts.map((start, i) => ({ start, end: ends[i]! }));
}

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
