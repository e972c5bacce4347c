import type { ClickHouseStore } from '../store.ts';
import { serversOf } from './servers.ts';
import { type BookNames, tableNamed } from './tables.ts';
import type { Version } from './versions.ts';

/**
 * Drops what runs of a book have written that are in no version and can be in none any more: those of changes that are over. Runs of a
 * change that is being made have a greater number. On one server, which has the versions too, that is all that has other runs: those
 * that failed while they made the book. On a cluster they may be of a book of the same name whose versions stand elsewhere.
 * @param named the runs of the versions that are read
 */
export async function dropRuns(
  store: ClickHouseStore,
  names: BookNames,
  { number, content }: Version,
  named: ReadonlySet<string>,
): Promise<void> {
  const servers = await serversOf(store, content.cluster);
  try {
    for (const server of servers)
      for (const table of ['transactions', 'restated', 'closed'] as const) {
        const parts = await server.rowsBy(
          'SELECT DISTINCT partition AS run FROM system.parts WHERE database = {database:String} AND table = {table:String} AND active',
          { database: names.database, table: names[table] },
        );
        for (const run of parts.map((row) => String(row['run']))) {
          const [book, version] = run.split('-');
          const ours = content.cluster === null || book === content.id;
          if (ours && Number(version) <= number && !named.has(run))
            await server.run(`ALTER TABLE ${tableNamed(table)} DROP PARTITION '${run}'`, names);
        }
      }
  } finally {
    for (const server of servers) if (server !== store.server) await server.close();
  }
}
