import { ClvError } from '../../base/errors.ts';
import type { Subscriber, SubscriberWorth } from '../../data/contracts.ts';
import type { AppraisalName, RollUpName } from '../../data/movement.ts';
import { count, dayOrNull, type Loaded, type Store, units } from '../store.ts';
import { valuesOf } from './value.ts';

/**
 * Values every customer of `customers`, whose subscriptions were read in the order of their ids; leaves them in `valued`.
 * @throws ClvError E501 where they are not as many
 */
export async function writeWorth({ store }: Loaded, worth: SubscriberWorth): Promise<void> {
  const columns = [
    ['n', 'integer'],
    ['tenure', 'integer'],
    ['p_alive', 'double'],
    ['mean', 'double'],
    ['expected_margin', 'double'],
    ['dert', 'double'],
    ['clv', 'long'],
  ] as const;
  await store.fill('contract_worth', columns, worth.length, (start, end) => [
    Int32Array.from({ length: end - start }, (_, i) => start + i),
    worth.tenure.subarray(start, end),
    worth.alive.subarray(start, end),
    worth.mean.subarray(start, end),
    worth.expected.subarray(start, end),
    worth.factor.subarray(start, end),
    worth.clv.subarray(start, end),
  ]);
  await store.create('valued', VALUED);
  for (const table of ['contract_worth', 'valued']) await sameCount(store, table);
  await store.drop('customers');
}

/**
 * Keeps what customers of the roll-up `closing` were worth at the opening as the value v0 of the appraisal `opening`.
 * @param worth of those who were there, by their place in the order of the ids; minor units
 */
export async function writeOpening(
  { store }: Loaded,
  worth: { readonly at: Int32Array; readonly clv: BigInt64Array },
): Promise<void> {
  const [name, closing]: [AppraisalName, RollUpName] = ['opening', 'closing'];
  const columns = [
    ['n', 'integer'],
    ['v0', 'long'],
  ] as const;
  await store.fill('contract_opening', columns, worth.at.length, (start, end) => [
    worth.at.subarray(start, end),
    worth.clv.subarray(start, end),
  ]);
  await store.create(
    valuesOf(name),
    `SELECT c.customer AS customer, w.v0 AS v0 FROM ${numbered(closing)} AS c INNER JOIN contract_opening AS w ON c.n = w.n`,
  );
}

/** The customer of an id among those that are rolled up; null where no payment of it is known. */
export async function readSubscriber({ store }: Loaded, id: string): Promise<Subscriber | null> {
  const [row] = await store.rows(
    `SELECT n, first_purchase, last_purchase, revenue, margin FROM ${numbered('customers')} AS c WHERE customer = ${store.dialect.parameter(1)}`,
    [id],
  );
  if (!row) return null;
  return {
    at: count(row['n']),
    firstPayment: dayOrNull(row['first_purchase'])!,
    lastPayment: dayOrNull(row['last_purchase'])!,
    revenue: units(row['revenue']),
    margin: units(row['margin']),
  };
}

/** Customers of a roll-up with their number in the order of their ids, by which those of subscriptions are told apart. */
function numbered(customers: RollUpName): string {
  return `(SELECT *, CAST(row_number() OVER (ORDER BY customer) - 1 AS INTEGER) AS n FROM ${customers})`;
}

/** What is known of a customer without its worth. */
const KNOWN = 'customer segment first_purchase last_purchase x recency age revenue margin'.split(' ');

/** Every customer with its worth, in the columns of a valuation and the paid periods of the last run. */
const VALUED = `SELECT c.customer AS customer_id, ${KNOWN.map((column) => `c.${column} AS ${column}`).join(', ')}, w.tenure AS tenure,
  w.mean AS mean, w.p_alive AS p_alive, w.dert AS dert, w.expected_margin AS expected_margin, w.clv AS clv
FROM ${numbered('customers')} AS c
INNER JOIN contract_worth AS w ON c.n = w.n`;

/** E501: a join must not lose or double a customer. */
async function sameCount(store: Store, table: string): Promise<void> {
  const count = async (of: string) => String((await store.rows(`SELECT count(*) AS n FROM ${of}`))[0]!['n']);
  const [reader, ledger] = [await count('customers'), await count(table)];
  if (reader !== ledger) throw new ClvError('E501', { reader, ledger, what: 'subscribers' });
}
