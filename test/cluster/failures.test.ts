import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { CUT } from './config.ts';
import { openShop, type Shop, transactions, until } from './shop.ts';
import { valued } from './valued.ts';

const COLUMNS = 'customer String, date Date, amount Decimal(18, 4), region String, channel String';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  const lines = transactions(400);
  await shop.table('tx', COLUMNS, lines);
  // What reaches all shards by itself, without being Distributed: on the server that is asked, and on another.
  const query = (engine: string) => `CREATE TABLE shop.NAME AS shop.tx_part ENGINE = ${engine}`;
  const merge = query("Merge(shop, '^tx$')");
  await shop.shards[0]!.command({ query: merge.replace('NAME', 'merged') });
  await shop.shards[0]!.command({
    query: query('Buffer(shop, tx, 1, 10, 100, 10000, 1000000, 10000000, 100000000)').replace('NAME', 'buffered'),
  });
  await shop.shards[0]!.command({ query: query('MergeTree ORDER BY tuple()').replace('NAME', 'mixed') });
  await shop.shards[1]!.command({ query: merge.replace('NAME', 'mixed') });
  const test = `sleepEachRow(${1.5 / lines.length}) = 0`;
  // Where a query is broken off, that of one server's rows: a shard of this library may end with its peer's connection.
  for (const [view, table] of [
    ['slow', 'tx'],
    ['slow_here', 'tx_part'],
  ])
    await shop.shards[0]!.command({
      query: `CREATE VIEW shop.${view} AS SELECT customer, date, amount FROM shop.${table} WHERE ${test}`,
    });
});

afterAll(async () => {
  await shop?.close();
});

afterEach(() => {
  vi.restoreAllMocks();
  process.env['CLICKHOUSE_PASSWORD'] = shop.cluster.password;
});

const value = (address: string, ...options: readonly string[]) => valued(shop, address, ...options);

/** Files of results, finished or not. */
const outputs = (): string[] => readdirSync(shop.folder).filter((name) => name.includes('result'));

/** Working tables with rows in them. */
async function working(shard = 0): Promise<number> {
  const [row] = await shop.rows(
    "SELECT uniqExact(table) AS n FROM system.parts WHERE active AND database = '_temporary_and_external_tables'",
    shard,
  );
  return Number(row!['n']);
}

/** Queries that run now, besides the one that asks. */
async function running(shard: number): Promise<string[]> {
  const rows = await shop.rows(
    "SELECT query FROM system.processes WHERE is_initial_query AND query NOT LIKE '%system.processes%' OR NOT is_initial_query",
    shard,
  );
  return rows.map((row) => String(row['query'])).filter((query) => !query.includes("'stdin'"));
}

describe('what cannot be read is told by its code, and nothing is written', () => {
  it.each([
    ['E444', 66, 'nothing', []],
    ['E444', 66, 'tx_part?cluster=nowhere', []],
    ['E105', 2, 'tx', ['--amount', 'price']],
    ['E452', 65, 'tx', ['--date', 'region']],
    ['E444', 66, 'tx?cluster=nowhere', []],
    ['E441', 2, 'slow?cluster=main', []],
    ['E441', 2, 'merged?cluster=main', []],
    ['E441', 2, 'buffered?cluster=main', []],
    ['E441', 2, 'mixed?cluster=main', []],
  ])('%s (exit %i): %s %s', async (error, code, table, options) => {
    expect(await value(shop.address(table), ...options)).toMatchObject({ error, code });
    expect(outputs()).toEqual([]);
  });

  it('E443: a wrong password, which is not said', async () => {
    process.env['CLICKHOUSE_PASSWORD'] = 'hunter2';
    const { error, code, text } = await value(shop.address('tx'));
    expect([error, code]).toEqual(['E443', 78]);
    expect(text).not.toContain('hunter2');
  });

  it('E442: nobody there', async () => {
    expect(await value('clickhouse://127.0.0.1:1/shop/tx')).toMatchObject({ error: 'E442', code: 66 });
  });

  it('E445: a user who may not make working tables', async () => {
    const { error, code, text } = await value(shop.address('tx', shop.cluster.reader));
    expect([error, code]).toEqual(['E445', 78]);
    expect(text).toContain('CREATE ARBITRARY TEMPORARY TABLE');
  });

  it('E449: a user whose limits would cut a result short', async () => {
    expect(await value(shop.address('tx', CUT))).toMatchObject({ error: 'E449', code: 74 });
  });

  it('E447: a shard that is down; half of the customers are no result. When it is back, so is the result', async () => {
    await shop.cluster.stopShard(1);
    expect(await value(shop.address('tx'))).toMatchObject({ error: 'E447', code: 74 });
    expect(await value(shop.address('tx_part?cluster=main'))).toMatchObject({ error: 'E447', code: 74 });
    expect(outputs()).toEqual([]);
    await shop.cluster.startShard(1);
    expect(await value(shop.address('tx'))).toMatchObject({ code: 0 });
    expect(outputs()).toHaveLength(1);
  });

  it('E447: a shard that dies while it is read leaves the old result as it was', async () => {
    const before = readdirSync(shop.folder);
    const result = value(shop.address('slow'));
    await until(async () => (await running(1)).length > 0);
    await shop.cluster.stopShard(1);
    expect(await result).toMatchObject({ error: 'E447', code: 74 });
    expect(readdirSync(shop.folder)).toEqual(before);
    await shop.cluster.startShard(1);
    await until(async () => (await working()) === 0);
  });

  it('E448: the server that is asked dies', async () => {
    const result = value(shop.address('slow_here'));
    await until(async () => (await running(0)).length > 0);
    await shop.cluster.stopShard(0);
    expect(await result).toMatchObject({ error: 'E448', code: 74 });
    await shop.cluster.startShard(0);
    expect(await value(shop.address('tx'))).toMatchObject({ code: 0 });
  });

  it('E454: rows that come in meanwhile', async () => {
    const result = value(shop.address('slow'));
    await until(async () => (await running(0)).some((query) => query.includes('CREATE OR REPLACE')));
    await shop.shards[1]!.command({ query: 'INSERT INTO shop.tx_part SELECT * FROM shop.tx_part LIMIT 1' });
    expect(await result).toMatchObject({ error: 'E454', code: 75 });
    await until(async () => (await working()) === 0);
  });
});

describe('SIGINT', () => {
  it('ends the query, takes the working tables away and leaves no output', async () => {
    const bin = join(import.meta.dirname, '../../bin/clv.js');
    const out = join(shop.folder, 'interrupted.json');
    const margins = join(shop.folder, 'margins.csv');
    writeFileSync(margins, 'from,to,margin\n,,30%\n');
    const child = spawn('node', [bin, 'compute', shop.address('slow_here'), '--margins', margins, '-qq', '-o', out]);
    await until(async () => (await working()) > 0 && (await running(0)).length > 0);
    const exit = once(child, 'exit');
    child.kill('SIGINT');
    expect(await exit).toEqual([null, 'SIGINT']);
    await until(async () => (await working()) === 0);
    expect(await running(0)).toEqual([]);
    expect(existsSync(out)).toBe(false);
  });
});
