import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Staging } from '../book-store.ts';
import { DuckDBIntake } from './open.ts';
import { DuckDBStore } from './store.ts';

/** Reads files here, to be sent on. @param scratch a private directory that exists */
export async function openStaging(scratch: string): Promise<Staging> {
  const store = await DuckDBStore.open(mkdtempSync(join(scratch, 'staging-')));
  const intake = new DuckDBIntake(store);
  return {
    sink: intake,
    rows: async (keys) => {
      const columns = ['customer_id', 'day', 'amount'];
      const texts = keys.map((_, i) => `k${i}`);
      return store.parquet(
        [...columns, ...keys],
        `SELECT ${[...columns, ...texts].join(', ')} FROM ${await intake.rows()} AS r`,
      );
    },
    close: () => store.close(),
  };
}
