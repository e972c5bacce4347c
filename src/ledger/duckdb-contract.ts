import { BIGINT, DOUBLE, INTEGER } from '@duckdb/node-api';
import { type Day, isoOf } from '../base/calendar.ts';
import type { ContractPeriods, Contracts, ContractWorth } from '../base/contracts.ts';
import { ClvError } from '../base/errors.ts';
import { decimals, doubles, integers, joined, texts, units } from './duckdb-columns.ts';
import type { DuckDBSession } from './duckdb-session.ts';
import { DuckDBTable } from './duckdb-table.ts';
import type { LoadPlan } from './ledger.ts';
import * as sql from './sql-contract.ts';

/** Reads the payments of the customers in `customers`, rolled up as of a day, as subscriptions; leaves them in `contracted`. */
export async function readContracts(
  session: DuckDBSession,
  plan: LoadPlan,
  periods: ContractPeriods,
  asOf: Day,
): Promise<Contracts> {
  const at = `CAST('${isoOf(asOf)}' AS DATE)`;
  await session.run(`CREATE TABLE payments AS ${sql.paymentsOf(periods, at)}`);
  await session.run(`CREATE TABLE runs AS ${sql.runsOf(periods, at)}`);
  await session.run(`CREATE TABLE contracted AS ${sql.contractedOf(plan, at)}`);
  await sameCount(session, 'customers', 'contracted');
  const [counts] = await session.rows(sql.PAYMENT_COUNTS);
  const [runs] = await session.rows(sql.RUN_COUNTS);
  const gaps = { days: [] as Int32Array[], count: [] as Float64Array[] };
  for await (const chunk of session.chunks(sql.GAPS)) {
    gaps.days.push(integers(chunk, 0));
    gaps.count.push(doubles(chunk, 1));
  }
  const cells = await readCells(session);
  await session.run('DROP TABLE payments');
  await session.run('DROP TABLE runs');
  await session.run('DROP TABLE customers');
  return {
    cells,
    payments: Number(units(counts!['payments'])),
    second: Number(units(counts!['second'])),
    returned: Number(units(runs!['returned'])),
    earlierRuns: Number(units(runs!['earlier'])),
    gaps: { days: joined(gaps.days, new Int32Array()), count: joined(gaps.count, new Float64Array()) },
  };
}

async function readCells(session: DuckDBSession): Promise<Contracts['cells']> {
  const segments: string[] = [];
  const parts = { segment: [] as number[], margin: [] as bigint[] };
  const columns = { tenure: [] as Int32Array[], alive: [] as Int32Array[], count: [] as Float64Array[] };
  for await (const chunk of session.chunks(sql.CONTRACT_CELLS)) {
    for (const text of texts(chunk, 1)) {
      if (segments.at(-1) !== text) segments.push(text);
      parts.segment.push(segments.length - 1);
    }
    columns.tenure.push(integers(chunk, 2));
    columns.alive.push(integers(chunk, 3));
    parts.margin.push(...decimals(chunk, 4));
    columns.count.push(doubles(chunk, 5));
  }
  return {
    length: parts.segment.length,
    segment: Int32Array.from(parts.segment),
    segments: segments.map((text) => (text === '' ? [] : text.split('\u0000'))),
    tenure: joined(columns.tenure, new Int32Array()),
    alive: joined(columns.alive, new Int32Array()),
    margin: parts.margin,
    count: joined(columns.count, new Float64Array()),
  };
}

/** Values every customer of `contracted`; leaves them in `valued`. */
export async function writeWorth(session: DuckDBSession, { factor, clv }: ContractWorth): Promise<void> {
  const sink = await DuckDBTable.create(session, 'contract_worth', [
    ['cell', INTEGER],
    ['factor', DOUBLE],
    ['clv', BIGINT],
  ]);
  sink.append(factor.length, (start, end) => [
    Array.from({ length: end - start }, (_, i) => start + i),
    Array.from(factor.subarray(start, end)),
    Array.from(clv.subarray(start, end)),
  ]);
  sink.close();
  await session.run(`CREATE TABLE valued AS ${sql.VALUED_CONTRACTS}`);
  await sameCount(session, 'contracted', 'valued');
  await session.run('DROP TABLE contracted');
}

/** E501: a join must not lose or double a customer. */
async function sameCount(session: DuckDBSession, before: string, after: string): Promise<void> {
  const count = async (table: string) => (await session.rows(`SELECT count(*) AS n FROM ${table}`))[0]!['n'];
  const [reader, ledger] = [await count(before), await count(after)];
  if (reader === ledger) return;
  throw new ClvError('E501', { reader: String(reader), ledger: String(ledger), what: 'subscribers' });
}
