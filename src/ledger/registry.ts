import type { Ledger } from './ledger.ts';

/** Opens the store that transactions are read into. Imported only when a command runs: the engine takes a while to load. */
export async function openLedger(scratch: string): Promise<Ledger> {
  const { openDuckDB } = await import('./duckdb.ts');
  return openDuckDB(scratch);
}
