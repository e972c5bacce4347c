import { readFileSync } from 'node:fs';
import http, { type RequestOptions } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { HALF } from './config.ts';
import { KEY, openResultShop, type ResultShop } from './results.ts';
import { valued } from './valued.ts';

let shop: ResultShop;

beforeAll(async () => {
  shop = await openResultShop();
});

afterAll(async () => {
  await shop?.close();
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('--into a Distributed table', () => {
  it('puts the customers on the shards that its key says, with the sums of the report', async () => {
    const before = await shop.tables();
    expect(await shop.into('clv')).toMatchObject({ code: 0, text: '' });
    const { summary } = JSON.parse(readFileSync(join(shop.folder, 'result.json'), 'utf8')) as {
      readonly summary: Readonly<Record<string, number>>;
    };
    const [whole, ...parts] = await shop.sums();
    expect([Number(whole!['n']), Number(whole!['clv'])]).toEqual([summary['customers'], summary['customer_equity']]);
    expect(Number(whole!['revenue'])).toBeCloseTo(summary['revenue']!, 2);
    expect(Math.min(...parts.map(({ n }) => Number(n)))).toBeGreaterThan(50);
    for (const shard of [0, 1]) {
      const query = `SELECT DISTINCT ${KEY} % 2 AS shard FROM shop.clv_local`;
      expect(await shop.rows(query, shard)).toEqual([{ shard }]);
      const [table] = await shop.rows("SELECT sorting_key FROM system.tables WHERE name = 'clv_local'", shard);
      expect(table).toEqual({ sorting_key: 'customer_id' });
    }
    expect(await shop.tables()).toEqual(before);
  });

  it('replaces all of it', async () => {
    const before = [await shop.tables(), await shop.sums()] as const;
    expect(await shop.into('shop.clv', '--discount-rate', '30%')).toMatchObject({ code: 0, text: '' });
    const after = [await shop.tables(), await shop.sums()] as const;
    expect(after[0]).toEqual(before[0]);
    expect(after[1].map(({ n }) => n)).toEqual(before[1].map(({ n }) => n));
    expect(after[1][0]!['clv']).not.toBe(before[1][0]!['clv']);
  });

  it('whatever their names, keys and settings', async () => {
    const key = "concat(customer_id, 'a, \\') \\'') = '' ? 1 : rand(), 'default') SETTINGS fsync_after_insert = 0 --";
    await shop.onShards('CREATE DATABASE `select`');
    await shop.onShards(
      `CREATE TABLE \`select\`.\`lo "c\\\`al, ü)\` (${shop.columns}) ENGINE = MergeTree ORDER BY tuple()`,
    );
    await shop.over('`odd "\\`ñ)`', `main, 'select', 'lo "c\`al, ü)', ${key}`);
    const before = [await shop.tables(), await shop.rows('SHOW TABLES FROM `select`', 1)];
    for (let run = 0; run < 2; run++) expect(await shop.into('odd "`ñ)')).toMatchObject({ code: 0, text: '' });
    expect([await shop.tables(), await shop.rows('SHOW TABLES FROM `select`', 1)]).toEqual(before);
    const [found] = await shop.rows('SELECT count() AS n FROM shop.`odd "\\`ñ)`');
    expect(found!['n']).toBe((await shop.sums())[0]!['n']);
  });

  it('of one shard, which needs no key, may be another server, and have a table of the same name', async () => {
    await shop.onShards(`CREATE TABLE shop.same (${shop.columns}) ENGINE = MergeTree ORDER BY tuple()`, [
      shop.shards[1]!,
    ]);
    await shop.over('same', 'last, shop, same');
    const before = await shop.tables();
    for (let run = 0; run < 2; run++) expect(await shop.into('same')).toMatchObject({ code: 0, text: '' });
    const count = 'SELECT count() AS n, sum(clv) AS clv FROM shop.';
    expect(await shop.rows(`${count}same`, 1)).toEqual(await shop.rows(`${count}plain`));
    expect(await shop.tables()).toEqual(before);
  });
});

describe('what stands in the way is told, and nothing is changed or left', () => {
  it.each([
    ['E457', 'nameless', `main, '', clv_local, ${KEY}`, "Distributed('main', ''"],
    ['E457', 'keyless', 'main, shop, clv_local', 'no sharding key'],
    ['E457', 'named', `'{cluster}', shop, clv_local, ${KEY}`, 'no cluster {cluster}'],
    ['E457', 'copied', `replicated, shop, clv_local, ${KEY}`, 'more than one replica'],
    ['E457', 'twice', `twice, shop, clv_local, ${KEY}`, 'one server'],
    ['E457', 'missing', `main, shop, plain, ${KEY}`, 'shop.plain on http://'],
    ['E457', 'narrow', `main, shop, narrow_local, ${KEY}`, 'shop.narrow_local on http://'],
    ['E457', 'replacing', `main, shop, replacing_local, ${KEY}`, 'not a MergeTree'],
  ])('%s: %s', async (error, table, engine, reason) => {
    const make = (name: string, engineOf: string, columnList = shop.columns) =>
      `CREATE TABLE IF NOT EXISTS shop.${name} (${columnList}) ENGINE = ${engineOf} ORDER BY customer_id`;
    await shop.onShards(make('replacing_local', 'ReplacingMergeTree'));
    await shop.onShards(make('narrow_local', 'MergeTree'), [shop.shards[0]!]);
    await shop.onShards(make('narrow_local', 'MergeTree', shop.columns.replace(/, clv .*/, '')), [shop.shards[1]!]);
    await shop.over(table, engine);
    const before = [await shop.tables(), await shop.sums()];
    const { error: found, text } = await shop.into(table);
    expect([found, text]).toEqual([error, expect.stringContaining(reason)]);
    expect([await shop.tables(), await shop.sums()]).toEqual(before);
  });

  it('E457: other columns', async () => {
    await shop.over('fewer', `main, shop, clv_local, ${KEY}`, 'customer_id String');
    expect((await shop.into('fewer')).text).toMatch(/E457.*it has not the same columns/);
  });

  it('E457: the table that is read', async () => {
    await shop.onShards(`CREATE TABLE shop.read_local (${shop.columns}) ENGINE = MergeTree ORDER BY tuple()`);
    for (const name of ['read', 'again']) await shop.over(name, `main, shop, read_local, ${KEY}`);
    await shop.onShards(
      `INSERT INTO shop.read (customer_id, last_purchase, dert)
        SELECT customer, date, toFloat64(amount) FROM shop.tx WHERE amount < 1e6 SETTINGS distributed_foreground_insert = 1`,
      [shop.shards[0]!],
    );
    const before = await shop.sums('read', 'read_local');
    for (const [table, target] of [
      ['read', 'again'],
      ['read_local?cluster=main', 'again'],
      ['read', 'read_local'],
    ]) {
      const options = ['--customer', 'customer_id', '--date', 'last_purchase', '--amount', 'dert', '--into', target!];
      const { text } = await valued(shop, shop.address(table!), ...options);
      expect(text).toMatch(/E457.*its rows are those of shop.read_local, which is read/);
    }
    expect(await shop.sums('read', 'read_local')).toEqual(before);
  });

  it('E445: a user who may make no table on another shard', async () => {
    const before = [await shop.tables(), await shop.sums()];
    const { error, text } = await valued(shop, shop.address('tx', HALF), '--into', 'clv');
    expect([error, text]).toEqual(['E445', expect.stringContaining(`on ${shop.cluster.urls[1]}`)]);
    expect([await shop.tables(), await shop.sums()]).toEqual(before);
  });

  it.each([
    ['nobody', () => 1, 'ECONNREFUSED'],
    ['another', (port: number) => port, 'another server'],
  ])('E459: %s is there where a shard should be', async (_, otherPort, reason) => {
    const [asked, shard] = shop.cluster.urls.map((url) => new URL(url).port);
    const request = http.request;
    const before = [await shop.tables(), await shop.sums()];
    vi.spyOn(http, 'request').mockImplementation(((url: URL, options: RequestOptions, ...rest: []) => {
      const there = new URL(url);
      if (there.port === shard) there.port = String(otherPort(Number(asked)));
      return request(there, options, ...rest);
    }) as typeof http.request);
    const { error, code, text } = await shop.into('clv');
    expect([error, code, text]).toEqual(['E459', 78, expect.stringContaining(reason)]);
    vi.restoreAllMocks();
    expect([await shop.tables(), await shop.sums()]).toEqual(before);
  });
});
