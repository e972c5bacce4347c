import { ClvError } from '../base/errors.ts';
import type { ColumnarEngine } from '../data/columnar.ts';
import { type Address, isAddress, parseAddress, targetTable } from './clickhouse/address.ts';
import type { Ledger, Opened } from './ledger.ts';

/** Opens the store for what was named: files go into the embedded one, a table stays where it is. */
export async function openStore(files: readonly string[], scratch: string, password: string): Promise<Opened> {
  const address = tableIn(files);
  if (address === null) return { ledger: await openLedger(scratch), table: null };
  const { openClickHouse } = await import('./clickhouse/open.ts');
  return openClickHouse(address, password);
}

/** The table among what was named as files. E441 where its address is wrong or not alone: what it says is not said again. */
export function tableIn(files: readonly string[]): Address | null {
  const address = files.find(isAddress);
  if (address === undefined) return null;
  if (files.length > 1) throw new ClvError('E441', { problem: 'stands beside other FILES' });
  return parseAddress(address);
}

/** Whether a name is that of a table beside another, or of a database and a table. E457 for one that cannot be written. */
export function isTarget(name: string, address: Address): boolean {
  const { database, table } = targetTable(name, address);
  return database.trim() !== '' && table.trim() !== '';
}

/** Opens the store that transactions are read into. Imported only when a command runs: the engine takes a while to load. */
async function openLedger(scratch: string): Promise<Ledger> {
  const { openDuckDB } = await import('./duckdb/open.ts');
  return openDuckDB(scratch);
}

/** What reads files of typed columns; the engine is loaded where there is one. */
export function columnarEngine(scratch: string): ColumnarEngine {
  const open = async () => new (await import('./duckdb/columnar.ts')).DuckDBColumnar(scratch);
  return {
    describe: async (files) => (await open()).describe(files),
    extract: async (choices, signal) => (await open()).extract(choices, signal),
  };
}
