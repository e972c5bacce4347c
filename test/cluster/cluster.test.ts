import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
let shards: ClickHouseClient[];

beforeAll(async () => {
  cluster = await startCluster({ shards: 2 });
  shards = cluster.urls.map((_, shard) => connect(shard));
  for (const client of shards) {
    await client.command({ query: 'CREATE DATABASE shop' });
    await client.command({
      query: 'CREATE TABLE shop.part (id String, amount Decimal(18, 4)) ENGINE = MergeTree ORDER BY id',
    });
    await client.command({
      query: `CREATE TABLE shop.whole AS shop.part
        ENGINE = Distributed(main, shop, part, cityHash64(id))`,
    });
  }
});

afterAll(async () => {
  for (const client of shards ?? []) await client.close();
  await cluster?.stop();
});

describe('two shards', () => {
  it('answer as one cluster', async () => {
    const [row] = await rows(
      shards[0]!,
      "SELECT count() AS n, uniqExact(tcpPort()) AS servers FROM cluster('main', system.one)",
    );
    expect(row).toEqual({ n: '2', servers: '2' });
  });

  it('share the rows of a distributed table', async () => {
    const values = Array.from({ length: 1000 }, (_, i) => ({ id: `Zoë ${i}`, amount: `${i}.0001` }));
    await shards[0]!.insert({
      table: 'shop.whole',
      values,
      format: 'JSONEachRow',
      clickhouse_settings: { distributed_foreground_insert: 1 },
    });
    const parts = await Promise.all(shards.map((client) => rows(client, 'SELECT count() AS n FROM shop.part')));
    const counts = parts.map(([part]) => Number(part!['n']));
    expect(Math.min(...counts)).toBeGreaterThan(400);
    for (const client of shards) {
      const [whole] = await rows(client, 'SELECT count() AS n, sum(amount) AS amount FROM shop.whole');
      expect(whole).toEqual({ n: '1000', amount: 499500.1 });
    }
  });

  it('take values as parameters', async () => {
    const id = "O'Hara\\ {id:String}\n☃";
    await shards[1]!.command({
      query: 'INSERT INTO shop.whole VALUES ({id:String}, {amount:Decimal(18, 4)})',
      query_params: { id, amount: '99999999999999.9999' },
      clickhouse_settings: { distributed_foreground_insert: 1 },
    });
    const query = 'SELECT id, toString(amount) AS amount FROM shop.whole WHERE id = {id:String}';
    expect(await rows(shards[0]!, query, { id })).toEqual([{ id, amount: '99999999999999.9999' }]);
  });

  it('refuse a wrong password', async () => {
    const stranger = connect(0, 'guess');
    await expect(rows(stranger, 'SELECT 1')).rejects.toMatchObject({ code: '516' });
    await stranger.close();
  });

  it('let a reader read and create nothing', async () => {
    const reader = connect(0, cluster.password, cluster.reader);
    expect(await rows(reader, 'SELECT count() AS n FROM shop.whole')).toEqual([{ n: '1001' }]);
    const create = reader.command({ query: 'CREATE TABLE shop.mine (id String) ENGINE = Memory' });
    await expect(create).rejects.toMatchObject({ code: '497' });
    await reader.close();
  });

  it('give no half of a table when one is down, and all of it when it is back', async () => {
    const query = 'SELECT count() AS n FROM shop.whole';
    const [before] = await rows(shards[0]!, query);
    await cluster.stopShard(1);
    await expect(rows(shards[0]!, query)).rejects.toMatchObject({ code: '279' });
    await cluster.startShard(1);
    expect((await rows(shards[0]!, query))[0]).toEqual(before);
  });
});

function connect(shard: number, password = cluster.password, username = cluster.user): ClickHouseClient {
  return createClient({
    url: cluster.urls[shard]!,
    username,
    password,
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: { skip_unavailable_shards: 0, output_format_json_quote_64bit_integers: 1 },
  });
}

async function rows(
  client: ClickHouseClient,
  query: string,
  query_params: Record<string, unknown> = {},
): Promise<Record<string, unknown>[]> {
  return (await client.query({ query, query_params, format: 'JSONEachRow' })).json();
}
