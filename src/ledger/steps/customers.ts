import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import {
  type CustomerColumn,
  customerColumns,
  type ListedCustomers,
  listedTable,
} from '../../data/customer-columns.ts';
import type { CustomerBlock, CustomerValues, OneCustomer, Sighting, Totals } from '../../data/customers.ts';
import { type Chunk, count, type Dialect, dayOrNull, type Loaded, type Store, units } from '../store.ts';
import { dateLiteral, PURCHASE, splitSegment, withIds } from './sql.ts';

/** Sums of the valued customers by segment. @param valued what they are read from, as it stands after FROM */
export async function readTotals(store: Store, valued = 'valued'): Promise<readonly Totals[]> {
  const rows = await store.rows(totalsOf(valued));
  return rows.map((row) => ({
    segment: splitSegment(String(row['segment'])),
    customers: count(row['n']),
    revenue: units(row['revenue']),
    margin: units(row['margin']),
    clv: units(row['clv']),
  }));
}

/** A row a segment. */
const totalsOf = (
  valued: string,
): string => `SELECT segment, count(*) AS n, sum(revenue) AS revenue, sum(margin) AS margin, sum(clv) AS clv
FROM ${valued} GROUP BY segment ORDER BY segment`;

/** Valued customers in the order in which they are printed. */
export function readCustomers(loaded: Loaded, listed: ListedCustomers): AsyncIterable<CustomerBlock> {
  const [columns, subscribers] = [customerColumns(listed), listed.subscribers === true];
  return blocks(loaded, columns, !subscribers, rowsOf(columns, !subscribers, listedTable(listed), listed.first));
}

/** Customers in the order in which they are printed; money exact. @param spend whether with the exact margin behind the mean */
function rowsOf(columns: readonly CustomerColumn[], spend: boolean, table = 'valued', first?: number): string {
  const values = columns.map(({ name, sql }) => `${sql} AS ${name}`);
  return `SELECT customer_id, segment, ${[...values, ...(spend ? ['spend'] : [])].join(', ')}
FROM ${table} ORDER BY clv DESC, customer_id${first === undefined ? '' : ` LIMIT ${first}`}`;
}

const READERS: Readonly<Record<CustomerColumn['kept'], (chunk: Chunk, at: number) => CustomerValues>> = {
  day: (chunk, at) => chunk.integers(at),
  count: (chunk, at) => chunk.integers(at),
  exact: (chunk, at) => chunk.decimals(at),
  mean: (chunk, at) => chunk.doubles(at),
  estimate: (chunk, at) => chunk.doubles(at),
  figure: (chunk, at) => chunk.doubles(at),
  minor: (chunk, at) => chunk.bigints(at),
  bound: (chunk, at) => chunk.bigintsOrNull(at),
  word: (chunk, at) => chunk.texts(at),
};
/** The first of these columns, behind id and segment. */
const FIRST = 2;

async function* blocks(
  { store, plan: { by } }: Loaded,
  columns: readonly CustomerColumn[],
  spend: boolean,
  text: string,
  values?: readonly string[],
): AsyncIterable<CustomerBlock> {
  for await (const chunk of store.chunks(text, values)) {
    const segments = by.length > 0 ? chunk.texts(1).map(splitSegment) : [];
    yield {
      length: chunk.rowCount,
      id: chunk.texts(0),
      segment: by.map((_, i) => segments.map((tuple) => tuple[i]!)),
      columns: new Map(columns.map(({ name, kept }, i) => [name, READERS[kept](chunk, FIRST + i)])),
      ...(spend && { spend: chunk.decimals(FIRST + columns.length) }),
    };
  }
}

/** Blocks of customers as they come; at their end E501 unless they are as many customers, and as much CLV, as the store has summed up. */
export async function* complete(
  blocks: AsyncIterable<CustomerBlock>,
  totals: readonly Pick<Totals, 'customers' | 'clv'>[],
): AsyncIterable<CustomerBlock> {
  let [customers, clv] = [0, 0n];
  for await (const block of blocks) {
    customers += block.length;
    for (const value of block.columns.get('clv')!) clv += BigInt(value!);
    yield block;
  }
  const whole = totals.reduce(
    (sum, one) => ({ customers: sum.customers + one.customers, clv: sum.clv + one.clv }),
    NONE,
  );
  if (customers !== whole.customers)
    throw new ClvError('E501', { what: 'customers', reader: customers, ledger: whole.customers });
  if (clv !== whole.clv) throw new ClvError('E501', { what: 'CLV', reader: String(clv), ledger: String(whole.clv) });
}

const NONE = { customers: 0, clv: 0n };

/** The valued customer of an id, with the group that its models are fitted to. */
export async function readCustomer(
  loaded: Loaded,
  id: string,
  listed: ListedCustomers = {},
): Promise<OneCustomer | null> {
  const { store } = loaded;
  const columns = customerColumns(listed);
  const parameter = store.dialect.parameter(1);
  const [row] = await store.rows(groupOf(parameter), [id]);
  if (!row) return null;
  const group = splitSegment(String(row['fit_group']));
  for await (const block of blocks(loaded, columns, true, customerRow(columns, parameter), [id]))
    return { block, group };
  return null;
}

/** The valued customer of an id, as customers are printed. @param id how the engine writes the parameter: a user typed it */
function customerRow(columns: readonly CustomerColumn[], id: string): string {
  return `SELECT * FROM (${rowsOf(columns, true)}) AS c WHERE customer_id = ${id}`;
}

/** The group that the models of a valued customer are fitted to. @param id the parameter */
function groupOf(id: string): string {
  return `SELECT fit_group FROM valued WHERE customer_id = ${id}`;
}

/** Customers with transactions up to a day, none of which is a purchase. Before a roll-up that is the last. */
export async function readWithoutPurchase({ store, ids }: Loaded, asOf: Day): Promise<readonly string[]> {
  const rows = await store.rows(
    `SELECT customer_id FROM ${withIds(
      `(SELECT customer FROM days WHERE day <= ${dateLiteral(asOf)} GROUP BY customer
HAVING sum(records) > 0 AND count(CASE WHEN ${PURCHASE} THEN 1 END) = 0)`,
      ids,
    )} AS c ORDER BY customer_id`,
  );
  return rows.map((row) => String(row['customer_id']));
}

/** Ids that are suggested for one that is not there. */
const NEAREST = 3;

/** What is known of an id before anything is valued. After the roll-up, which has the ids that it may be meant for. */
export async function readSighting({ store, ids }: Loaded, id: string, asOf: Day): Promise<Sighting> {
  const parameter = store.dialect.parameter(1);
  const [row] = await store.rows(sightingOf(withIds('days', ids), parameter, dateLiteral(asOf)), [id]);
  const [all, late] = [count(row!['records']), count(row!['late'])];
  const near =
    all > 0 ? [] : await store.rows(nearestIds(withIds('customers', ids), parameter, store.dialect, NEAREST), [id]);
  return {
    records: all - late,
    late,
    purchases: count(row!['purchases']),
    firstPurchase: dayOrNull(row!['first_purchase']),
    nearest: near.map((found) => String(found['customer_id'])),
  };
}

/** What the transactions hold of an id: records and purchases up to the as-of date and after it. One row. @param id the parameter */
function sightingOf(days: string, id: string, asOf: string): string {
  const late = `day > ${asOf}`;
  return `SELECT sum(records) AS records, sum(CASE WHEN ${late} THEN records ELSE 0 END) AS late,
  count(CASE WHEN ${PURCHASE} AND NOT ${late} THEN 1 END) AS purchases,
  min(CASE WHEN ${PURCHASE} THEN day END) AS first_purchase FROM ${days} AS d WHERE customer_id = ${id}`;
}

/** Longer ids are not compared: they are no ids that somebody types. */
const LONGEST = 100;

/**
 * The ids most like one: first those that differ only in case or in leading zeros, then by the least number of edits. Ids
 * that are less than half alike are left out. @param id the parameter
 */
function nearestIds(customers: string, id: string, { levenshtein: distance, lower }: Dialect, limit: number): string {
  const bare = (text: string): string => `${lower}(trim(LEADING '0' FROM ${text}))`;
  const length = (text: string): string => `char_length(${text})`;
  return `SELECT customer_id FROM (
  SELECT customer_id, CASE WHEN ${bare('customer_id')} = ${bare(id)} THEN 0 ELSE ${distance}(customer_id, ${id}) END AS edits
  FROM ${customers} AS k WHERE ${length('customer_id')} <= ${LONGEST}) AS c
WHERE 2 * edits <= CASE WHEN ${length('customer_id')} < ${length(id)} THEN ${length(id)} ELSE ${length('customer_id')} END
ORDER BY edits, customer_id LIMIT ${limit}`;
}
