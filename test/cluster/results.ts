import { expect } from 'vitest';
import { openShop, type Shop, transactions } from './shop.ts';
import { valued } from './valued.ts';

const COLUMNS = 'customer String, date Date, amount Decimal(18, 4), region String, channel String';
export const KEY = 'cityHash64(customer_id)';

/** A shop whose results go into the Distributed table `clv`, over `clv_local` on every shard. */
export interface ResultShop extends Shop {
  /** The columns of the results, as CREATE TABLE has them. */
  readonly columns: string;
  onShards(query: string, shards?: Shop['shards']): Promise<void>;
  /** Makes a Distributed table on the server that is asked. */
  over(name: string, engine: string, columns?: string): Promise<void>;
  into(table: string, ...options: readonly string[]): ReturnType<typeof valued>;
  /** Tables of the database, by shard. */
  tables(): Promise<readonly string[]>;
  /** What a table holds, and each shard of it. */
  sums(table?: string, part?: string): Promise<readonly Record<string, unknown>[]>;
}

export async function openResultShop(): Promise<ResultShop> {
  const shop = await openShop();
  await shop.table('tx', COLUMNS, transactions(400));
  expect(await valued(shop, shop.address('tx'), '--into', 'plain')).toMatchObject({ code: 0 });
  const types = await shop.rows("SELECT name, type FROM system.columns WHERE database = 'shop' AND table = 'plain'");
  const columns = types.map(({ name, type }) => `${String(name)} ${String(type)}`).join(', ');
  const found: ResultShop = {
    ...shop,
    columns,
    async onShards(query, shards = shop.shards) {
      for (const shard of shards) await shard.command({ query });
    },
    async over(name, engine, columnList = columns) {
      const query = `CREATE TABLE shop.${name} (${columnList}) ENGINE = Distributed(${engine})`;
      await shop.shards[0]!.command({ query });
    },
    into: (table, ...options) => valued(shop, shop.address('tx'), '--into', table, ...options),
    async tables() {
      const query = "SELECT name FROM system.tables WHERE database = 'shop' ORDER BY name";
      const all = await Promise.all(shop.shards.map((_, shard) => shop.rows(query, shard)));
      return all.flatMap((rows, shard) => rows.map(({ name }) => `${shard} ${String(name)}`));
    },
    async sums(table = 'clv', part = 'clv_local') {
      const query = 'SELECT count() AS n, toString(sum(clv)) AS clv, toString(sum(revenue)) AS revenue FROM shop.';
      const parts = await Promise.all(shop.shards.map((_, shard) => shop.rows(`${query}${part}`, shard)));
      return [...(await shop.rows(`${query}${table}`)), ...parts.flat()];
    },
  };
  await found.onShards(`CREATE TABLE shop.clv_local (${columns}) ENGINE = MergeTree ORDER BY customer_id`);
  await found.over('clv', `main, shop, clv_local, ${KEY}`);
  return found;
}
