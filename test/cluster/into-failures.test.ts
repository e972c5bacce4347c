import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ClvError } from '../../src/base/errors.ts';
import { ClickHouseServer } from '../../src/ledger/clickhouse/server.ts';
import { openResultShop, type ResultShop } from './results.ts';
import { until } from './shop.ts';
import { valued } from './valued.ts';

const BIN = join(import.meta.dirname, '../../bin/clv.js');

let shop: ResultShop;

beforeAll(async () => {
  shop = await openResultShop();
  expect(await shop.into('clv')).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await shop?.close();
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** Does something before, or after, a statement of a kind reaches a shard. */
function when(kind: string, shard: number, act: () => Promise<unknown>, order: 'before' | 'after' = 'before'): void {
  const run = ClickHouseServer.prototype.run;
  let done = false;
  vi.spyOn(ClickHouseServer.prototype, 'run').mockImplementation(async function (this: ClickHouseServer, ...statement) {
    const now = !done && this.url === shop.cluster.urls[shard] && statement[0].startsWith(kind);
    done ||= now;
    if (now && order === 'before') await act();
    await run.apply(this, statement);
    if (now && order === 'after') await act();
  });
}

/** Working tables of a shard. */
async function beside(shard: number): Promise<readonly string[]> {
  const rows = await shop.rows("SELECT name FROM system.tables WHERE name LIKE '%\\_clv\\_%'", shard);
  return rows.map(({ name }) => String(name));
}

/** Takes them away. */
async function dropBeside(shard: number): Promise<readonly string[]> {
  const names = await beside(shard);
  for (const name of names)
    await shop.shards[shard]!.command({ query: 'DROP TABLE shop.{name:Identifier} SYNC', query_params: { name } });
  return names;
}

describe('a shard that fails', () => {
  it('E447: is down before', async () => {
    const before = [await shop.tables(), await shop.sums()];
    await shop.cluster.stopShard(1);
    expect(await valued(shop, shop.address('tx_part'), '--into', 'clv')).toMatchObject({ error: 'E447', code: 74 });
    await shop.cluster.startShard(1);
    expect([await shop.tables(), await shop.sums()]).toEqual(before);
  });

  it('E447: dies before the rows come: the old ones stay, and an empty table of that shard', async () => {
    const before = [await shop.tables(), await shop.sums()];
    when('INSERT', 0, () => shop.cluster.stopShard(1));
    expect(await shop.into('clv')).toMatchObject({ error: 'E447', code: 74 });
    await shop.cluster.startShard(1);
    expect(await shop.sums()).toEqual(before[1]);
    expect(await dropBeside(1)).toHaveLength(1);
    expect(await shop.tables()).toEqual(before[0]);
  });

  it('E460: dies in the exchange: the old rows are put back, and the next run replaces them all', async () => {
    const before = await shop.sums();
    when('EXCHANGE', 1, () => shop.cluster.stopShard(1));
    const { error, code, text } = await shop.into('clv', '--discount-rate', '25%');
    expect([error, code, text]).toEqual(['E460', 74, expect.stringContaining(shop.cluster.urls[1]!)]);
    await shop.cluster.startShard(1);
    expect(await shop.sums()).toEqual(before);
    expect(await shop.into('clv', '--discount-rate', '25%')).toMatchObject({ code: 0 });
    expect((await shop.sums())[0]!['clv']).not.toBe(before[0]!['clv']);
    expect(await dropBeside(1)).toHaveLength(1);
  });

  it('E444: refuses the exchange: the old rows are put back', async () => {
    const before = [await shop.tables(), await shop.sums()];
    when('EXCHANGE', 1, () => dropBeside(1));
    expect(await shop.into('clv')).toMatchObject({ error: 'E444' });
    expect([await shop.tables(), await shop.sums()]).toEqual(before);
  });

  it('E448: exchanges, and its answer is lost: the old rows are put back', async () => {
    const before = [await shop.tables(), await shop.sums()];
    const lost = async () => {
      throw new ClvError('E448', { server: 'it', detail: 'ECONNRESET' });
    };
    when('EXCHANGE', 1, lost, 'after');
    expect(await shop.into('clv')).toMatchObject({ error: 'E448' });
    expect([await shop.tables(), await shop.sums()]).toEqual(before);
  });

  it('E460: is lost when all have exchanged: it is not known what it holds', async () => {
    when('EXCHANGE', 1, () => shop.cluster.stopShard(1), 'after');
    const { error, text } = await shop.into('clv', '--discount-rate', '20%');
    expect([error, text]).toEqual(['E460', expect.stringContaining(shop.cluster.urls[1]!)]);
    await shop.cluster.startShard(1);
    expect(await dropBeside(1)).toHaveLength(1);
    expect(await shop.into('clv')).toMatchObject({ code: 0 });
  });
});

describe('two runs at once', () => {
  const other = async () => {
    const rows = ['--margin', '30%', '--spend-from', 'repeat', '-qq', '--customers', 'none'];
    const options = [...rows, '--discount-rate', '33%', '--into', 'clv'];
    await promisify(execFile)('node', [BIN, 'compute', shop.address('tx'), ...options]);
  };

  it('E460: shards hold rows of both where one came between', async () => {
    const before = await shop.tables();
    when('EXCHANGE', 1, other);
    const { error, text } = await shop.into('clv');
    expect([error, text]).toEqual(['E460', expect.stringContaining('another run')]);
    expect(await shop.tables()).toEqual(before);
    expect(await shop.into('clv')).toMatchObject({ code: 0 });
  });

  it('E460: what the other wrote is not put back', async () => {
    await other();
    const written = await shop.sums();
    expect(await shop.into('clv')).toMatchObject({ code: 0 });
    when('EXCHANGE', 1, async () => {
      await other();
      await dropBeside(1);
    });
    const { error, text } = await shop.into('clv');
    expect([error, text]).toEqual(['E460', expect.stringContaining('another run')]);
    expect(await shop.sums()).toEqual(written);
    expect(await shop.into('clv')).toMatchObject({ code: 0 });
  });
});

describe('SIGINT', () => {
  it('leaves the old rows and no table, on any shard', async () => {
    await shop.over('slow', 'main, shop, clv_local, sleepEachRow(0.005) + cityHash64(customer_id)');
    const before = [await shop.tables(), await shop.sums()];
    const args = ['compute', shop.address('tx'), '--margin', '30%', '--spend-from', 'repeat', '-qq', '--into', 'slow'];
    const child = spawn('node', [BIN, ...args], { stdio: 'ignore' });
    const exit = once(child, 'exit');
    const inserting = "SELECT 1 FROM system.processes WHERE query LIKE 'INSERT INTO shop.slow%'";
    await until(async () => (await shop.rows(inserting)).length > 0);
    expect(await beside(1)).toHaveLength(1);
    child.kill('SIGINT');
    expect(await exit).toEqual([null, 'SIGINT']);
    expect([await shop.tables(), await shop.sums()]).toEqual(before);
  });
});
