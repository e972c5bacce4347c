import type { ColumnarEngine } from '../base/columnar.ts';
import type { Ledger } from './ledger.ts';

/** Opens the store that transactions are read into. Imported only when a command runs: the engine takes a while to load. */
export async function openLedger(scratch: string): Promise<Ledger> {
  const { openDuckDB } = await import('./duckdb.ts');
  return openDuckDB(scratch);
}

/** What reads files of typed columns; the engine is loaded where there is one. */
export function columnarEngine(scratch: string): ColumnarEngine {
  const open = async () => new (await import('./duckdb-columnar.ts')).DuckDBColumnar(scratch);
  return {
    describe: async (files) => (await open()).describe(files),
    extract: async (choices, signal) => (await open()).extract(choices, signal),
  };
}
