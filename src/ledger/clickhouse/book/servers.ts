import { ClvError } from '../../../base/errors.ts';
import { shardsOf } from '../into/shards.ts';
import type { ClickHouseServer } from '../server.ts';
import type { ClickHouseStore } from '../store.ts';

/** The servers on which the rows of a book stand: the one that is asked, or every shard. @throws ClvError E522, and those of shardsOf */
export async function serversOf(store: ClickHouseStore, cluster: string | null): Promise<readonly ClickHouseServer[]> {
  if (cluster === null) return [store.server];
  return shardsOf(store, { cluster, keyed: true }, (problem) => new ClvError('E522', { cluster, problem }));
}
