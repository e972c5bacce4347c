import { SqlLedger } from '../sql-ledger.ts';
import { DuckDBIntake } from './intake.ts';
import { DuckDBStore } from './store.ts';

/** The embedded ledger. @param scratch a private directory that exists */
export async function openDuckDB(scratch: string): Promise<SqlLedger> {
  const store = await DuckDBStore.open(scratch);
  return new SqlLedger(store, new DuckDBIntake(store));
}
