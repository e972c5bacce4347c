import type { Day } from '../base/calendar.ts';
import type { ContractPeriods, Contracts, ContractWorth } from '../base/contracts.ts';
import { ClvError } from '../base/errors.ts';
import type { LoadPlan } from './ledger.ts';
import { dateLiteral } from './roll-up.ts';
import { splitSegment } from './sql.ts';
import * as sql from './sql-contract.ts';
import { count, joined, type Store } from './store.ts';

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
  const gaps = { days: [] as Int32Array[], count: [] as Float64Array[] };
  for await (const chunk of store.chunks(sql.GAPS)) {
    gaps.days.push(chunk.integers(0));
    gaps.count.push(chunk.doubles(1));
  }
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
    gaps: { days: joined(gaps.days, new Int32Array()), count: joined(gaps.count, new Float64Array()) },
  };
}

async function readCells(store: Store): Promise<Contracts['cells']> {
  const segments: string[] = [];
  const parts = { segment: [] as number[], margin: [] as bigint[] };
  const columns = { tenure: [] as Int32Array[], alive: [] as Int32Array[], count: [] as Float64Array[] };
  for await (const chunk of store.chunks(sql.CONTRACT_CELLS)) {
    for (const text of chunk.texts(1)) {
      if (segments.at(-1) !== text) segments.push(text);
      parts.segment.push(segments.length - 1);
    }
    columns.tenure.push(chunk.integers(2));
    columns.alive.push(chunk.integers(3));
    parts.margin.push(...chunk.decimals(4));
    columns.count.push(chunk.doubles(5));
  }
  return {
    length: parts.segment.length,
    segment: Int32Array.from(parts.segment),
    segments: segments.map(splitSegment),
    tenure: joined(columns.tenure, new Int32Array()),
    alive: joined(columns.alive, new Int32Array()),
    margin: parts.margin,
    count: joined(columns.count, new Float64Array()),
  };
}

/** Values every customer of `contracted`; leaves them in `valued`. */
export async function writeWorth(store: Store, { factor, clv }: ContractWorth): Promise<void> {
  const columns = [
    ['cell', 'integer'],
    ['factor', 'double'],
    ['clv', 'long'],
  ] as const;
  await store.fill('contract_worth', columns, factor.length, (start, end) => [
    Array.from({ length: end - start }, (_, i) => start + i),
    Array.from(factor.subarray(start, end)),
    Array.from(clv.subarray(start, end)),
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
