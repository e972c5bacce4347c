import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop, transactions } from './shop.ts';
import { valued } from './valued.ts';

const COLUMNS = 'customer String, date Date, amount Decimal(18, 4), region String, channel String';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await shop.table('tx', COLUMNS, transactions(400));
});

afterAll(async () => {
  await shop?.close();
});

const ANSWER = 'SELECT count() AS n, toString(sum(clv)) AS clv, toString(sum(revenue)) AS revenue FROM shop.clv';

/** The tables of the database, on the server that is asked. */
async function tables(): Promise<unknown[]> {
  return (await shop.rows("SELECT name FROM system.tables WHERE database = 'shop' ORDER BY name")).map(
    ({ name }) => name,
  );
}

const into = (table: string, ...options: readonly string[]) =>
  valued(shop, shop.address('tx'), '--by', 'region', '--into', table, ...options);

describe('--into', () => {
  it('makes a table of the customers, with the sums of the report', async () => {
    const before = await tables();
    expect(await into('clv')).toMatchObject({ code: 0, text: '' });
    const result = JSON.parse(readFileSync(join(shop.folder, 'result.json'), 'utf8')) as {
      readonly summary: Readonly<Record<string, number>>;
      readonly customers: readonly Readonly<Record<string, unknown>>[];
    };
    const [sums] = await shop.rows(ANSWER);
    const { customers, customer_equity, revenue } = result.summary;
    expect({ n: Number(sums!['n']), clv: Number(sums!['clv']) }).toEqual({ n: customers, clv: customer_equity });
    expect(Number(sums!['revenue'])).toBeCloseTo(revenue!, 2);
    const one = result.customers[5]!;
    const [row] = await shop.rows(`SELECT * FROM shop.clv WHERE customer_id = '${String(one['customer_id'])}'`);
    expect(Object.keys(row!)).toEqual(Object.keys(one));
    for (const name of ['region', 'first_purchase', 'last_purchase', 'purchases', 'age_days', 'clv'])
      expect(String(row![name])).toBe(String(one[name]));
    expect(await tables()).toEqual([...before, 'clv'].sort());
  });

  it('replaces what it wrote, and leaves nothing else', async () => {
    const before = [await tables(), await shop.rows(ANSWER)];
    expect(await into('shop.clv', '--discount-rate', '30%')).toMatchObject({ code: 0, text: '' });
    const after = [await tables(), await shop.rows(ANSWER)];
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).not.toEqual(before[1]);
  });

  it('leaves a table all that it was made with', async () => {
    const columns = await shop.rows("SELECT name, type FROM system.columns WHERE database = 'shop' AND table = 'clv'");
    const list = columns.map(({ name, type }) => `${String(name)} ${String(type)}`).join(', ');
    const made = `CREATE TABLE shop.kept (${list}, INDEX of_clv clv TYPE minmax) ENGINE = MergeTree ORDER BY customer_id COMMENT 'signed'`;
    await shop.shards[0]!.command({ query: made });
    const definition = async () => (await shop.rows('SHOW CREATE TABLE shop.kept'))[0];
    const before = await definition();
    expect(await into('kept', '--discount-rate', '30%')).toMatchObject({ code: 0, text: '' });
    expect(await definition()).toEqual(before);
    expect(await shop.rows(ANSWER.replace('shop.clv', 'shop.kept'))).toEqual(await shop.rows(ANSWER));
    await shop.shards[0]!.command({ query: 'DROP TABLE shop.kept SYNC' });
  });

  it.each([
    ['E457', 'tx', 'the table that is read'],
    ['E457', "it's", 'single quote'],
    ['E457', 'shop.a\\b', 'backslash'],
    ['E101', '', 'names no table'],
    ['E101', 'shop.', 'names no table'],
    ['E101', '.clv', 'names no table'],
    ['E457', 'tx_part', 'the same columns'],
    ['E457', 'seen', 'MergeTree or Distributed'],
    ['E444', 'nowhere.clv', 'nowhere'],
  ])('%s: %s is not replaced', async (error, table, reason) => {
    await shop.shards[0]!.command({ query: 'CREATE VIEW IF NOT EXISTS shop.seen AS SELECT * FROM shop.clv' });
    const before = [await tables(), await shop.rows('SELECT count() AS n FROM shop.tx'), await shop.rows(ANSWER)];
    const { error: found, text } = await into(table);
    expect([found, text]).toEqual([error, expect.stringContaining(reason)]);
    expect([await tables(), await shop.rows('SELECT count() AS n FROM shop.tx'), await shop.rows(ANSWER)]).toEqual(
      before,
    );
  });

  it('E122: files stay files', async () => {
    expect(await valued(shop, join(shop.folder, 'tx.csv'), '--into', 'clv')).toMatchObject({ error: 'E122', code: 2 });
  });
});
