import type { Day } from '../../base/calendar.ts';
import type { ContractPeriods, Contracts, ContractWorth } from '../../base/contracts.ts';
import { ClvError } from '../../base/errors.ts';
import type { LoadPlan } from '../ledger.ts';
import { count, type Store } from '../store.ts';
import { Names } from './cells.ts';
import * as sql from './contracts-sql.ts';
import { gathered } from './gathered.ts';
import { dateLiteral, splitSegment } from './sql.ts';

/** Reads the payments of the customers in `customers`, rolled up as of a day, as subscriptions; leaves them in `contracted`. */
export async function readContracts(
  store: Store,
  plan: LoadPlan,
  periods: ContractPeriods,
  asOf: Day,
): Promise<Contracts> {
  const at = dateLiteral(asOf);
  await store.create('payments', sql.paymentsOf(periods, at));
  await store.create('runs', sql.runsOf(periods, at));
  await store.create('contracted', sql.contractedOf(plan, at));
  await sameCount(store, 'customers', 'contracted');
  const [counts] = await store.rows(sql.PAYMENT_COUNTS);
  const [runs] = await store.rows(sql.RUN_COUNTS);
  const gaps = await gathered(store.chunks(sql.GAPS), (chunk) => ({
    days: chunk.integers(0),
    count: chunk.doubles(1),
  }));
  const cells = await readCells(store);
  await store.drop('payments');
  await store.drop('runs');
  await store.drop('customers');
  return {
    cells,
    payments: count(counts!['payments']),
    second: count(counts!['second']),
    returned: count(runs!['returned']),
    earlierRuns: count(runs!['earlier']),
    gaps,
  };
}

async function readCells(store: Store): Promise<Contracts['cells']> {
  const names = new Names();
  const margin: bigint[] = [];
  const cells = await gathered(store.chunks(sql.CONTRACT_CELLS), (chunk) => {
    margin.push(...chunk.decimals(4));
    return {
      segment: names.indicesOf(chunk.texts(1)),
      tenure: chunk.integers(2),
      alive: chunk.integers(3),
      count: chunk.doubles(5),
    };
  });
  return { length: margin.length, segments: names.texts.map(splitSegment), margin, ...cells };
}

/** Values every customer of `contracted`; leaves them in `valued`. */
export async function writeWorth(store: Store, { factor, clv }: ContractWorth): Promise<void> {
  const columns = [
    ['cell', 'integer'],
    ['factor', 'double'],
    ['clv', 'long'],
  ] as const;
  await store.fill('contract_worth', columns, factor.length, (start, end) => [
    Int32Array.from({ length: end - start }, (_, i) => start + i),
    factor.subarray(start, end),
    clv.subarray(start, end),
  ]);
  await store.create('valued', sql.VALUED_CONTRACTS);
  await sameCount(store, 'contracted', 'valued');
  await store.drop('contracted');
}

/** E501: a join must not lose or double a customer. */
async function sameCount(store: Store, before: string, after: string): Promise<void> {
  const count = async (table: string) => (await store.rows(`SELECT count(*) AS n FROM ${table}`))[0]!['n'];
  const [reader, ledger] = [await count(before), await count(after)];
  if (reader === ledger) return;
  throw new ClvError('E501', { reader: String(reader), ledger: String(ledger), what: 'subscribers' });
}
