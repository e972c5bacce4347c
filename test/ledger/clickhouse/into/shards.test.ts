import { describe, expect, it } from 'vitest';
import { ClvError } from '../../../../src/base/errors.ts';
import { shardsOf } from '../../../../src/ledger/clickhouse/into/shards.ts';
import type { ClickHouseStore } from '../../../../src/ledger/clickhouse/store.ts';
import type { Row } from '../../../../src/ledger/store.ts';

const MEMBERS = [
  { shard: 1, host: 'db-1.example', here: 1 },
  { shard: 2, host: 'db-2.example', here: 0 },
  { shard: 3, host: 'fd00::3', here: 0 },
];
const SELVES = MEMBERS.map(({ host }, i) => ({ port: 8440 + i, self: host }));

/** A server that is asked, by the name of a balancer, and says this of the others. */
function store(selves: () => readonly Row[]): ClickHouseStore {
  const at = (url: string) => ({ url, rowsBy: async () => [{ self: SELVES[Number(url.at(-1))]!.self }] });
  const rows = async (sql: string) => (sql.includes('system.clusters') ? MEMBERS : selves());
  return { rows, server: { url: 'https://db.example:8440', at } } as unknown as ClickHouseStore;
}

const find = (selves: () => readonly Row[]) =>
  shardsOf(
    store(selves),
    { cluster: 'main', keyed: true },
    (problem) => new ClvError('E522', { cluster: 'main', problem }),
  );

describe('the shards of a cluster', () => {
  it('are found by their names in the cluster and their own ports', async () => {
    const urls = (await find(() => SELVES)).map(({ url }) => url);
    expect(urls).toEqual(['https://db.example:8440', 'https://db-2.example:8441', 'https://[fd00::3]:8442']);
  });

  it('E459: have a port for the protocol', async () => {
    const none = () => {
      throw new ClvError('E444', { user: 'ana', detail: 'There is no port named https_port' });
    };
    await expect(find(none)).rejects.toMatchObject({
      code: 'E459',
      values: { cluster: 'main', detail: 'There is no port named https_port' },
    });
  });
});
