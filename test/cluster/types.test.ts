import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/main.ts';
import { withoutInput } from '../run.ts';
import { openShop, type Shop, transactions } from './shop.ts';
import { MODEL, valued } from './valued.ts';

let shop: Shop;
let lines: readonly string[];

beforeAll(async () => {
  shop = await openShop();
  // Dates of a Date, amounts of few digits.
  lines = transactions(500).filter((line) => !/,\d{14}\./.test(line));
  await shop.table('tx', 'customer String, date Date, amount Decimal(18, 4), region String, channel String', lines);
});

afterAll(async () => {
  await shop?.close();
});

/** A table on the first shard, of a query. */
async function make(table: string, select: string): Promise<string> {
  const engine = 'ENGINE = MergeTree ORDER BY tuple()';
  await shop.shards[0]!.command({ query: `CREATE OR REPLACE TABLE shop.${table} ${engine} AS ${select}` });
  return shop.address(table);
}

async function written(from: string, ...options: readonly string[]): Promise<string> {
  const out = join(shop.folder, 'written.json');
  const given = ['--margin', '30%', '--spend', 'mean', ...MODEL];
  expect(await main(['compute', from, ...given, '-qq', '-o', out, ...options])).toBe(0);
  return withoutInput(readFileSync(out, 'utf8'));
}

describe('columns of any type that fits', () => {
  it.each([
    [
      'Nullable and LowCardinality',
      'toLowCardinality(toNullable(customer)) AS customer, toNullable(date) AS date, toNullable(amount) AS amount, toLowCardinality(region) AS region',
    ],
    [
      'wide and floating',
      'customer, toDate32(date) AS date, toFloat64(amount) AS amount, toNullable(region) AS region',
    ],
    [
      'fixed strings, blanks and instants',
      "toFixedString(concat(' ', customer, '\\t'), 30) AS customer, toDateTime(date, 'America/New_York') + 3600 AS date, CAST(amount AS Decimal(38, 10)) AS amount, concat(region, '\u00a0 ') AS region",
    ],
  ])('%s give the same figures', async (_, columns) => {
    const file = join(shop.folder, 'tx.csv');
    const wanted = await written(file, '--by', 'region');
    expect(await written(await make('typed', `SELECT ${columns} FROM shop.tx`), '--by', 'region')).toBe(wanted);
  });

  it('integers as ids and amounts, booleans and enumerations as segments', async () => {
    const select = `SELECT cityHash64(customer) % 1000000 AS user_id, date AS day, toInt128(amount) AS value,
      channel = 'web' AS web, CAST(cityHash64(region) % 3 AS Enum8('a' = 0, 'ü' = 1, 'c' = 2)) AS kind FROM shop.tx`;
    const rows = await shop.rows(
      `SELECT user_id, day, value, web = 1 ? 'true' : 'false' AS web, kind FROM (${select})`,
    );
    const csv = rows.map((row) => Object.values(row).join(','));
    const file = join(shop.folder, 'integers.csv');
    writeFileSync(file, `user_id,day,value,web,kind\n${csv.join('\n')}\n`);
    const table = await make('integers', select.replace("channel = 'web'", "CAST(channel = 'web' AS Bool)"));
    expect(await written(table, '--by', 'web,kind')).toBe(await written(file, '--by', 'web,kind'));
  });

  it('under the names of our own columns, crosswise', async () => {
    const columns = 'customer AS day, date AS customer_id, amount AS k0, region AS amount, channel AS records';
    const crossed = (table: string, from: string) =>
      `CREATE TABLE shop.${table} ENGINE = MergeTree ORDER BY tuple() AS SELECT ${columns} FROM shop.${from} SETTINGS prefer_column_name_to_alias = 1`;
    await shop.shards[0]!.command({ query: crossed('crossed', 'tx') });
    for (const shard of shop.shards) await shard.command({ query: crossed('crossed_part', 'tx_part') });
    const options = ['--customer', 'day', '--date', 'customer_id', '--amount', 'k0'];
    const wanted = await written(join(shop.folder, 'tx.csv'), '--fit-by', 'region', '--pool-small');
    for (const table of ['crossed', 'crossed_part?cluster=main'])
      expect(await written(shop.address(table), ...options, '--fit-by', 'amount', '--pool-small')).toBe(
        wanted.replaceAll('"region"', '"amount"'),
      );
  });

  it('--timezone decides the day of an instant', async () => {
    const table = await make(
      'zoned',
      "SELECT customer, toDateTime64(date, 3, 'UTC') + INTERVAL 23 HOUR AS date, amount FROM shop.tx",
    );
    const later = await make('later', 'SELECT customer, date + 1 AS date, amount FROM shop.tx');
    expect(await written(table)).toBe(await written(shop.address('tx')));
    expect(await written(table, '--timezone', 'Europe/Berlin')).toBe(await written(later));
  });

  it('--round-amounts rounds half to even, as it does in files', async () => {
    const file = join(shop.folder, 'long.csv');
    const rows = lines.map((line, i) => line.replace(/,(-?\d+\.\d\d)/, `,$1${['5', '15', '25', '5001'][i % 4]}`));
    const header = 'customer,date,amount,region,channel';
    writeFileSync(file, `${header}\n${rows.join('\n')}\n`);
    await shop.table('long', 'customer String, date Date, amount Decimal(30, 7), region String, channel String', rows);
    // Numbers of a table have no decimal mark.
    for (const digits of ['0', '2', '3'])
      expect(await written(shop.address('long'), '--round-amounts', digits)).toBe(
        (await written(file, '--round-amounts', digits)).replace(/^ *"decimal_mark": "\.",\n/m, ''),
      );
  });
});

describe('rows that cannot be read are counted, with what finds them, and nothing is written', () => {
  it.each([
    ['no customer id', "if(channel = 'web', NULL, customer) AS customer, date, amount", 'customer'],
    ['no customer id', "if(channel = 'web', ' \t', customer) AS customer, date, amount", 'customer'],
    ['not UTF-8', "if(channel = 'web', unhex('ff'), customer) AS customer, date, amount", 'isValidUTF8'],
    ['no date', "customer, if(channel = 'web', NULL, date) AS date, amount", 'date IS NULL'],
    ['before 1970', "customer, if(channel = 'web', toDate32('1960-01-01'), toDate32(date)) AS date, amount", '1970'],
    ['no amount', "customer, date, if(channel = 'web', NULL, amount) AS amount", 'amount IS NULL'],
    ['no amount', "customer, date, if(channel = 'web', nan, toFloat64(amount)) AS amount", 'isFinite'],
    ['14 digits', "customer, date, if(channel = 'web', 1e15, toFloat64(amount)) AS amount", 'abs'],
    ['14 digits', "customer, date, if(channel = 'web', CAST(1e15 AS Decimal(38, 4)), amount) AS amount", 'abs'],
    ['more than 4 decimals', "customer, date, if(channel = 'web', 0.00001, toFloat64(amount)) AS amount", 'trunc'],
    [
      'more than 4 decimals',
      "customer, date, if(channel = 'web', CAST('0.00001' AS Decimal(20, 6)), CAST(amount AS Decimal(20, 6))) AS amount",
      'trunc',
    ],
  ])('E450: %s (%s)', async (problem, columns, finds) => {
    const table = await make('faulty', `SELECT ${columns} FROM shop.tx`);
    const { error, code, text } = await valued(shop, table);
    const [row] = await shop.rows("SELECT count() AS n FROM shop.tx WHERE channel = 'web'");
    expect([error, code]).toEqual(['E450', 65]);
    expect(text).toMatch(new RegExp(`rows of the table with .*${problem}.*: ${row!['n']}\n`));
    expect(text).toContain(finds);
    const query = /found by: (.*)/.exec(text)![1]!;
    expect(await shop.rows(query.replace('SELECT *', 'SELECT count() AS n'))).toEqual([row]);
  });

  it('E453: no rows at all', async () => {
    const table = await make('empty', 'SELECT * FROM shop.tx WHERE 0');
    expect(await valued(shop, table)).toMatchObject({ error: 'E453', code: 66 });
  });

  it('E446: a cost on a day that no table has', async () => {
    const costs = join(shop.folder, 'costs.csv');
    writeFileSync(costs, 'customer,date,cost\nZoë-7,1969-12-31,5\n');
    expect(await valued(shop, shop.address('tx'), '--costs', costs)).toMatchObject({ error: 'E446', code: 65 });
  });

  it('E450: one is said as many are', async () => {
    const table = await make(
      'faulty',
      "SELECT customer, date, amount FROM shop.tx UNION ALL SELECT '', date, amount FROM shop.tx LIMIT 1 BY customer = ''",
    );
    expect((await valued(shop, table)).text).toContain('rows of the table with no customer id: 1\n');
  });

  it.each(["it's", 'a\\b', 'a\tb'])('E441: a column that cannot be sent by its name: %j', async (column) => {
    const quoted = `\`${column.replaceAll('\\', '\\\\')}\``;
    const table = await make('unsendable', `SELECT customer AS ${quoted}, date, amount FROM shop.tx`);
    const { error, code, text } = await valued(shop, table, '--customer', column, '--into', 'never');
    expect([error, code]).toEqual(['E441', 2]);
    expect(text).toContain('cannot be sent');
    expect(await shop.rows("SELECT name FROM system.tables WHERE name LIKE 'never%'")).toEqual([]);
  });

  it('names that would be SQL are names', async () => {
    const column = 'Kunde "ID`; DROP TABLE shop.tx; --';
    const quoted = `\`${column.replaceAll(/[\\`]/g, '\\$&')}\``;
    const table = await make('`od\\`d "t`', `SELECT customer AS ${quoted}, date, amount FROM shop.tx`);
    const address = `${shop.address('')}${encodeURIComponent('od`d "t')}`;
    expect(table).toBeTruthy();
    expect(await valued(shop, address, '--customer', column)).toMatchObject({ code: 0, text: '' });
  });
});
