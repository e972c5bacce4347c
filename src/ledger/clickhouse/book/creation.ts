import { VALUED } from '../../exports.ts';
import { keptName } from '../../steps/books/tables.ts';
import type { BookAddress } from '../address.ts';
import type { ClickHouseServer } from '../server.ts';
import type { ClickHouseStore } from '../store.ts';
import { serversOf } from './servers.ts';
import { type BookNames, namesOf, tableNamed } from './tables.ts';

/** The tables of a book, as docs/clickhouse.md documents them. A partition has the rows of one run, so that they go together. */

/** Types of the columns of a customer of a close, in the order of VALUED. */
const VALUED_TYPES = ['String', 'String', 'Int64', 'Int64', 'Int64', 'Float64', 'Float64', 'Float64', 'Int64'];

/** The customers of a close as they come, whose segments are texts. */
export const CLOSING = VALUED.map((name, i) => `${name} ${VALUED_TYPES[i]!}`).join(', ');

const COLUMNS = {
  transactions: 'customer_id String, day Date, amount Decimal(18, 4), add Int32, run String',
  restated: 'customer_id String, add Int32, key String, run String',
  closed: `${CLOSING.replace('segment String', 'segment Array(String)')}, run String`,
} as const;

const ORDER = { transactions: 'customer_id, day', restated: 'add, key', closed: 'customer_id' } as const;

/** The columns of transactions that are to be added, as a file of Parquet has them. @param keys the kept ones */
export function incomingColumns(keys: readonly string[]): string {
  return ['customer_id String, day Date, amount Decimal(18, 4)', ...keys.map((name) => `${name} String`)].join(', ');
}

/**
 * Makes the tables of a book where they are not there yet: those of a run that was killed are taken as they are, since they hold
 * nothing that is in force, and what columns they lack is added.
 * @param kept how many columns the book keeps
 * @throws ClvError E522, and those of shardsOf
 */
export async function createTables(
  store: ClickHouseStore,
  address: BookAddress,
  cluster: string | null,
  kept: number,
): Promise<void> {
  const names = namesOf(address, cluster);
  const servers = await serversOf(store, cluster);
  try {
    for (const server of servers)
      for (const table of ['transactions', 'restated', 'closed'] as const)
        await createTable(
          server,
          names,
          table,
          `MergeTree PARTITION BY run ORDER BY (${ORDER[table]})`,
          COLUMNS[table],
          kept,
        );
  } finally {
    for (const server of servers) if (server !== store.server) await server.close();
  }
  if (cluster === null) return;
  for (const table of ['transactions', 'restated', 'closed'] as const) {
    const engine = `Distributed({cluster:String}, {database:String}, {part:String}, cityHash64(customer_id))`;
    const own = { ...names, part: names[table] };
    await createTable(store.server, own, `all_${table}`, engine, COLUMNS[table], kept);
  }
}

async function createTable(
  server: ClickHouseServer,
  names: BookNames,
  table: keyof BookNames & string,
  engine: string,
  columns: string,
  kept: number,
): Promise<void> {
  const name = tableNamed(table);
  await server.run(`CREATE TABLE IF NOT EXISTS ${name} (${columns}) ENGINE = ${engine}`, names);
  if (!table.endsWith('transactions') || kept === 0) return;
  const keys = Array.from({ length: kept }, (_, i) => `ADD COLUMN IF NOT EXISTS ${keptName(i)} String`);
  await server.run(`ALTER TABLE ${name} ${keys.join(', ')}`, names);
}
