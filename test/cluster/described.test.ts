import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/main.ts';
import { withoutInput } from '../run.ts';
import { type Columns, fill, type Sale, sales } from './described.ts';
import { openShop, type Shop, until } from './shop.ts';
import { valued } from './valued.ts';

const COLUMNS: Columns = {
  number: 'String',
  mail: 'Nullable(String)',
  phone: 'LowCardinality(Nullable(String))',
  date: 'Date',
  total: 'Decimal(18, 4)',
  given_back: 'Nullable(Decimal(12, 2))',
  outcome: 'LowCardinality(String)',
  money: 'String',
  pieces: 'UInt8',
  region: 'String',
};

/** Of fixed parameters: the figures are compared, and no fit is. */
const MODEL = join(import.meta.dirname, '../../fixtures/layouts/model.json');

let shop: Shop;
let all: readonly Sale[];

const cellsOf = (sale: Sale, i: number) => [
  sale.order,
  sale.email,
  sale.phone,
  sale.date,
  sale.total,
  sale.refunded,
  sale.status,
  sale.currency,
  sale.quantity,
  ['north', 'süd'][i % 2]!,
];

beforeAll(async () => {
  shop = await openShop();
  all = sales(700);
  const rows = all.map(cellsOf);
  await fill(shop, 'sold', COLUMNS, rows);
  await fill(shop, 'twice', COLUMNS, [...rows, ...rows.filter((_, i) => i % 9 === 0)]);
  const files: Readonly<Record<string, string>> = {
    'fx.csv':
      'currency,rate,from,to\nUSD,0.917431192661,,2021-06-30\nUSD,0.88,2021-07-01,\nCHF,1.0333,2020-01-01,2030-12-31\n',
    'short.csv': 'currency,rate,from,to\nUSD,0.9,2021-01-01,\nCHF,1.0333,,\n',
    'alias.csv': 'id,customer\nkunde1@shop.example,kunde2@shop.example\nKunde3@Shop.Example,kunde2@shop.example\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(shop.folder, name), text);
});

afterAll(async () => {
  await shop?.close();
});

/** What a command writes. `@NAME` is a file of the folder. */
async function written(from: string, options: readonly string[]): Promise<string> {
  const out = join(shop.folder, 'result.json');
  const args = options.map((option) => (option.startsWith('@') ? join(shop.folder, option.slice(1)) : option));
  const code = await main(['compute', from, '--margin', '30%', '--use-model', MODEL, '-qq', '-o', out, ...args]);
  expect(code, `${from} ${options.join(' ')}`).toBe(0);
  return readFileSync(out, 'utf8');
}

interface Input {
  readonly reconciliation: Readonly<Record<string, unknown>> & { readonly total: { readonly records: number } };
  readonly table?: { readonly rows: number; readonly checksum: string };
}

const inputOf = (text: string): Input => (JSON.parse(text) as { readonly input: Input }).input;

async function same(name: string, options: readonly string[]): Promise<Input> {
  const file = await written(join(shop.folder, `${name}.csv`), options);
  const checksums = new Set<string>();
  for (const table of [name, `${name}_part?cluster=main`]) {
    const found = await written(shop.address(table), options);
    checksums.add(inputOf(found).table!.checksum);
    expect(inputOf(found).reconciliation).toEqual(inputOf(file).reconciliation);
    expect(inputOf(found).table!.rows).toBe(inputOf(file).reconciliation.total.records);
    expect(withoutInput(found)).toBe(withoutInput(file));
  }
  expect(checksums.size).toBe(1);
  return inputOf(file);
}

const IDS = ['--customer', 'mail|phone', '--fold-email'];
const PLAIN = [...IDS, '--as-is', 'status'];

describe('the same rows give the same figures and the same account in a file and in a table', () => {
  it.each<readonly [string, readonly string[]]>([
    ['customers in two columns', ['--only-currency', 'EUR', '--currency-column', 'money', ...PLAIN]],
    ['a difference', ['--amount', 'total - given_back', ...PLAIN]],
    ['a product', ['--amount', 'pieces * total - given_back', ...PLAIN, '--by', 'region']],
    ['the first that is there', ['--amount', 'first_not_zero(given_back, total - given_back)', ...PLAIN]],
    [
      'products that are rounded',
      ['--amount', 'first(given_back, total) * total - pieces * total', '--round-amounts', '1', ...PLAIN],
    ],
    ['rows that are chosen', ['--where', 'outcome=paid,*refunded', '--where', 'region!=s?d', ...IDS]],
    ['rows that are chosen by what is blank', ['--where', 'given_back=', ...PLAIN]],
    ['rows that take away', ['--minus', 'outcome=refunded', '--zero', 'outcome=pending', '--zero', 'money=c*', ...IDS]],
    ['rates by day', ['--rates', '@fx.csv', '--currency', 'EUR', '--currency-column', 'money', ...PLAIN]],
    ['aliases', ['--alias', '@alias.csv', ...PLAIN]],
    ['ids that are folded', ['--fold-ids', ...PLAIN]],
  ])('%s', async (_, options) => {
    await same('sold', ['--layout', 'none', ...options]);
  });

  it('rows that stand there twice are dropped and counted', async () => {
    const { reconciliation } = await same('twice', ['--once', 'number', ...PLAIN]);
    expect(reconciliation['repeated']).toMatchObject({ records: all.filter((__, i) => i % 9 === 0).length });
  });
});

describe('other commands', () => {
  it.each<readonly [string, readonly string[]]>([
    ['audit', ['--margin', '30%']],
    ['statement', ['--margin', '30%', '--from', '2021-12-31', '--to', '2022-10-31', '--by', 'region']],
    ['validate', ['--margin', '30%', '--holdout', '26w']],
  ])('%s', async (command, options) => {
    const out = join(shop.folder, 'other.json');
    const said: string[] = [];
    for (const from of [join(shop.folder, 'sold.csv'), shop.address('sold')]) {
      const args = [
        command,
        from,
        '-q',
        '-o',
        out,
        '--use-model',
        MODEL,
        '--minus',
        'outcome=refunded',
        ...options,
        ...IDS,
      ];
      expect(await main(args)).toBe(0);
      said.push(withoutInput(readFileSync(out, 'utf8')));
    }
    expect(said[1]).toBe(said[0]);
  });
});

describe('lines of orders', () => {
  const LINES: Columns = { ...COLUMNS, total: 'Nullable(Decimal(18, 4))', item: 'String' };
  /** Each order on up to three lines. @param again what the further lines say of the money */
  const lines = (again: (cells: readonly (string | number)[]) => readonly (string | number)[]) =>
    all.flatMap((sale, i) => {
      const cells = cellsOf(sale, i);
      return Array.from({ length: 1 + (i % 3) }, (_, line) => [...(line === 0 ? cells : again(cells)), `item ${line}`]);
    });

  it('a total on the first line, the others blank', async () => {
    const rows = lines(([order, mail]) => [order!, mail!, '', '2020-01-01', '', '', '', '', 0, '']);
    await fill(shop, 'lined', LINES, rows);
    const { reconciliation } = await same('lined', ['--order', 'number', '--lines', 'total', ...PLAIN]);
    expect(reconciliation['continuation_lines']).toMatchObject({ records: rows.length - all.length });
  });

  it('a total on every line, and rows that are chosen', async () => {
    await fill(
      shop,
      'totals',
      LINES,
      lines((cells) => cells),
    );
    const options = ['--order', 'number', '--lines', 'total', '--where', 'outcome=paid', ...IDS];
    const { reconciliation } = await same('totals', options);
    expect(reconciliation['left_out']).not.toEqual([]);
  });

  it('parts, of which some have no amount', async () => {
    const rows = lines((cells) => cells.map((cell, i) => (i === 4 || i === 5 ? '' : cell)));
    await fill(shop, 'parts', LINES, rows);
    await same('parts', ['--order', 'number', '--amount', 'total - given_back', ...PLAIN]);
  });

  it('E283, E450: lines that differ, none of which comes first', async () => {
    const total = ['--order', 'number', '--lines', 'total', ...PLAIN];
    const [first, ...others] = all.slice(0, 500).map(cellsOf);
    const differing = (at: number, value: string | number) => [
      first!,
      ...others,
      first!.map((cell, i) => (i === at ? value : cell)),
    ];
    await fill(shop, 'differing', COLUMNS, differing(4, '77.00'));
    expect(await valued(shop, shop.address('differing'), ...total)).toMatchObject({ error: 'E283', code: 65 });
    await fill(shop, 'differing', COLUMNS, differing(3, '2020-05-05'));
    const { error, text } = await valued(shop, shop.address('differing'), ...total);
    expect([error, /: (\d+)\n/.exec(text)![1]]).toEqual(['E450', '2']);
    expect(await shop.rows(/found by: (.*)/.exec(text)![1]!)).toHaveLength(2);
    expect(await valued(shop, shop.address('differing'), '--once', 'number', ...PLAIN)).toMatchObject({
      error: 'E288',
      code: 65,
    });
  });
});

describe('known exports', () => {
  it('orders of Shopify, without further lines', async () => {
    const columns: Columns = {
      Name: 'String',
      Email: 'Nullable(String)',
      'Financial Status': 'LowCardinality(String)',
      Currency: 'FixedString(3)',
      Total: 'Decimal(12, 2)',
      'Created at': "DateTime('America/New_York')",
      'Lineitem quantity': 'UInt16',
      'Refunded Amount': 'Nullable(Decimal(12, 2))',
      'Outstanding Balance': 'Nullable(Float64)',
      Phone: 'Nullable(String)',
      Vendor: 'String',
    };
    const rows = all.map(({ order, email, status, currency, total, date, quantity, refunded, phone }, i) => [
      order,
      email,
      status.trim().toLowerCase(),
      currency.toUpperCase(),
      total,
      `${date} 23:59:59`,
      quantity,
      refunded,
      i % 50 === 3 ? '0.5' : '',
      phone,
      ['a', 'b'][i % 2]!,
    ]);
    await fill(shop, 'shopify', columns, rows);
    const { reconciliation } = await same('shopify', ['--only-currency', 'EUR', '--by', 'Vendor']);
    expect(Object.values(reconciliation).every((account) => Array.isArray(account) || account !== null)).toBe(true);
    expect(reconciliation['without_customer']).not.toMatchObject({ records: 0 });
    expect(await valued(shop, shop.address('shopify'))).toMatchObject({ error: 'E291', code: 65 });
    await same('shopify', ['--rates', '@fx.csv', '--currency', 'EUR', '--where', 'Financial Status=paid']);
  });

  it('the order export of WooCommerce', async () => {
    const columns: Columns = {
      order_id: 'UInt32',
      order_date: 'Date32',
      status: "Enum8('completed' = 0, 'processing' = 1, 'refunded' = 2, 'pending' = 3, 'failed' = 4)",
      order_total: 'Decimal(10, 2)',
      order_currency: 'String',
      billing_email: 'String',
      customer_id: 'UInt32',
      payment_method: 'String',
      refunded_total: 'Nullable(Decimal(10, 2))',
      tax_total: 'Decimal(10, 2)',
      shipping_total: 'Decimal(10, 2)',
    };
    const statuses = ['completed', 'processing', 'refunded', 'pending', 'failed'];
    const rows = all.map(({ email, total, date }, i) => [
      1000 + i,
      date,
      statuses[i % 5]!,
      total,
      'EUR',
      email,
      email === '' ? [0, 70_000 + (i % 40)][i % 2]! : i % 90,
      'card',
      i % 5 === 1 ? '1.05' : '',
      '1.00',
      '2.50',
    ]);
    await fill(shop, 'woo', columns, rows);
    const { reconciliation } = await same('woo', []);
    expect(reconciliation['left_out']).toHaveLength(2);
    expect(reconciliation['without_customer']).not.toMatchObject({ records: 0 });
    await same('woo', ['--net']);
  });

  it('one whose rows have an order of their own, or that has not the columns, is refused', async () => {
    const columns = { customer: 'String', date: 'Date', amount: 'Decimal(9, 2)' };
    await fill(shop, 'plain', columns, [['a', '2020-01-01', 1]]);
    const refused = async (...options: readonly string[]) =>
      (await valued(shop, shop.address('plain'), ...options)).error;
    expect(await refused('--layout', 'shopify-orders')).toBe('E223');
    expect(await refused('--layout', 'shopify')).toBe('E133');
    expect(await refused('--net')).toBe('E135');
    expect(await refused('--stop-at', 'customer=TOTAL')).toBe('E122');
    expect(await refused('--fill-down', 'customer')).toBe('E122');
    expect(await refused('--left-out', join(shop.folder, 'left.csv'))).toBe('E122');
    expect(await refused('--amount', 'amount * amount * amount * amount')).toBe('E301');
    expect(await refused('--amount', 'amount * amount * amount * amount * amount')).toBe('E134');
    expect(await refused('--where', 'customr=a')).toBe('E105');
  });

  it('E450: a row below the end of the table of a layout', async () => {
    const layout = join(shop.folder, 'mine.json');
    const stop = { column: 'customer', values: ['Total*'] };
    const match = { columns: ['customer', 'date', 'amount'] };
    writeFileSync(layout, JSON.stringify({ name: 'mine', title: 'Mine', sources: ['mine'], match, stop }));
    const columns = { customer: 'String', date: 'Date', amount: 'Decimal(9, 2)' };
    await fill(shop, 'ended', columns, [
      ['a', '2020-01-01', 1],
      ['TOTALS', '2020-01-01', 1],
    ]);
    const { error, text } = await valued(shop, shop.address('ended'), '--layout', layout);
    expect(error).toBe('E450');
    expect(await shop.rows(/found by: (.*)/.exec(text)![1]!)).toMatchObject([{ customer: 'TOTALS' }]);
  });
});

describe('what is refused of a file is refused of a table, with the same numbers', () => {
  /** The codes and texts of all errors, without their place. */
  const said = async (from: string, options: readonly string[]): Promise<string> => {
    const args = options.map((option) => (option.startsWith('@') ? join(shop.folder, option.slice(1)) : option));
    const { text, code } = await valued(shop, from, ...args);
    expect(code).toBe(65);
    const found = [...text.matchAll(/error\[(E\d+)\] (?:\S+\.csv:[\d:]+ |shop\.\w+: )?(.*)\n/g)];
    return found
      .map(([, error, what]) => `${error} ${what}`)
      .sort()
      .join('\n');
  };

  const WATCHED: Columns = {
    order_id: 'String',
    mail: 'String',
    date: 'Date',
    price: 'Float64',
    quantity: 'Nullable(Int8)',
    status: 'LowCardinality(Nullable(String))',
    currency: 'Nullable(String)',
    refunded_amount: 'Nullable(Float32)',
    refunded: 'Bool',
    refund_note: 'String',
  };
  const watched = (): readonly (readonly (string | number)[])[] =>
    all
      .slice(0, 900)
      .map(({ order, email, phone, date, total, refunded, status, currency, quantity }, i) => [
        order,
        email || phone || 'x@y.example',
        date,
        total,
        i % 13 === 0 ? '' : quantity,
        status,
        i % 11 === 0 ? '' : currency,
        refunded === '' ? ['', '0'][i % 2]! : '1.5',
        refunded === '' ? 'false' : 'true',
        ['', '0.00', '-', '2.25', 'half'][i % 5]!,
      ]);
  const KNOWN = ['--customer', 'mail', '--amount', 'price', '--fold-email'];

  beforeAll(async () => {
    const rows = watched();
    await fill(shop, 'watched', WATCHED, rows);
    // Orders of one and of three rows; some rows stand there twice.
    const lines = rows.flatMap((row, i) => (i % 4 === 0 ? ['a', 'b', 'c'] : ['a']).map((item) => [...row, item]));
    await fill(
      shop,
      'ordered',
      { ...WATCHED, item: 'Array(String)' },
      lines.map((row) => [...row.slice(0, -1), `['${row.at(-1)}']`]),
    );
    const again = lines.filter((_, i) => i % 10 === 1);
    await fill(shop, 'repeated', { ...WATCHED, item: 'Nullable(String)' }, [...lines, ...again, ...again.slice(0, 5)]);
    const layout = {
      name: 'mine',
      title: 'Mine',
      sources: ['mine'],
      match: { columns: ['order_id', 'mail', 'price'] },
      rows: [
        { column: 'currency', count: ['EUR', 'USD', 'CHF', ''] },
        { column: 'status', count: ['paid', 'refunded'], leave_out: { '*voided': 'never paid' } },
      ],
    };
    writeFileSync(join(shop.folder, 'statuses.json'), JSON.stringify(layout));
  });

  it.each<readonly [string, string, readonly string[]]>([
    ['E291', 'watched', ['--as-is', 'status,refunds,price,repeats']],
    ['E292', 'watched', ['--as-is', 'currency,refunds,price,repeats']],
    ['E293', 'watched', ['--as-is', 'currency,status,price,repeats']],
    ['E294', 'watched', ['--as-is', 'currency,status,refunds,repeats']],
    ['E295', 'ordered', ['--as-is', 'currency,status,refunds,repeats']],
    ['E295', 'repeated', ['--as-is', 'currency,status,refunds']],
    ['E299', 'repeated', ['--as-is', 'currency,status,refunds,price']],
    ['E286', 'watched', ['--layout', '@statuses.json', '--as-is', 'currency,refunds,price']],
    ['E287', 'watched', ['--rates', '@short.csv', '--currency', 'EUR', '--as-is', 'status,refunds,price']],
    ['E292', 'watched', ['--where', 'currency=EUR', '--minus', 'refunded=true']],
  ])('%s: %s %j', async (code, table, options) => {
    const file = await said(join(shop.folder, `${table}.csv`), [...KNOWN, ...options]);
    expect(file).toContain(code);
    for (const address of [table, `${table}_part?cluster=main`])
      expect(await said(shop.address(address), [...KNOWN, ...options])).toBe(file);
  });

  it('E297, E298: ids that are nobody, or have lost their digits; one person twice is warned of', async () => {
    const columns = { customer: 'String', date: 'Date', amount: 'Decimal(9, 2)' };
    const days = ['2020-01-01', '2020-02-01', '2020-03-01'];
    const rows = (ids: readonly string[]) => ids.flatMap((id) => days.map((day) => [id, day, '12.50']));
    await fill(shop, 'nobody', columns, rows(['Guest', '\\N', '0', "O'Hara", 'invité', 'N/A']));
    await fill(shop, 'lost', columns, rows(['1.23457E+11', '1.5e+10', '7']));
    await fill(
      shop,
      'alike',
      columns,
      rows(['A@b.example', 'a@B.example', '17.0', '17', 'zo\u00eb', 'zoe\u0308', 'x\u200b', 'x', '1e+05']),
    );
    for (const [table, code] of [
      ['nobody', 'E297'],
      ['lost', 'E298'],
    ] as const) {
      const file = await said(join(shop.folder, `${table}.csv`), []);
      expect(file).toContain(code);
      expect(await said(shop.address(table), [])).toBe(file);
    }
    const warnings = (text: string): unknown => (JSON.parse(text) as { readonly warnings: unknown }).warnings;
    const file = warnings(await written(join(shop.folder, 'alike.csv'), []));
    expect(JSON.stringify(file)).toMatch(/W362.*W363.*W364/);
    expect(warnings(await written(shop.address('alike'), []))).toEqual(file);
    await same('alike', ['--fold-ids', '--fold-email']);
  });
});

describe('what the reader knows besides', () => {
  it('E290, and refunds that options have told', async () => {
    const columns: Columns = {
      order_id: 'String',
      customer: 'String',
      date: 'Date',
      amount: 'Decimal(9, 2)',
      qty: 'Int16',
      refund: 'Nullable(Decimal(9, 2))',
      note: 'String',
    };
    const rows = all
      .slice(0, 600)
      .map(({ order, date, total }, i) => [
        order,
        `c${i % 150}`,
        date,
        total,
        i % 20 === 3 ? -1 : 1,
        i % 30 === 4 ? '5.00' : i % 30 === 5 ? '-2.50' : '',
        i % 2 === 1 ? 'a*b' : 'axb',
      ]);
    await fill(shop, 'returns', columns, rows);
    for (const options of [[], ['--zero', 'refund=5.00'], ['--zero', 'refund=*', '--where', 'note=a\\*b']]) {
      const [file, table] = [
        await valued(shop, join(shop.folder, 'returns.csv'), ...options),
        await valued(shop, shop.address('returns'), ...options),
      ];
      const plain = (text: string): string[] =>
        text
          .replaceAll(/(\S+\.csv(:\d+:\d+)?|shop\.\w+): /g, '')
          .split('\n')
          .filter((line) => /^clv: error|remedy/.test(line))
          .sort();
      expect(file.text).toContain('E290');
      expect(plain(table.text)).toEqual(plain(file.text));
    }
    await same('returns', ['--minus', 'qty=-*', '--zero', 'refund=*', '--where', 'note=a\\*b']);
  });

  it('rules that ask some rows only', async () => {
    const layout = {
      name: 'asking',
      title: 'Asking',
      sources: ['mine'],
      match: { columns: ['number', 'mail', 'outcome'] },
      customer: { columns: ['mail', 'phone'], fold_email: true },
      amount: 'total',
      rows: [
        { column: 'outcome', when: { region: ['north'] }, count: ['paid', '*refunded'], leave_out: { '*': 'no sale' } },
      ],
    };
    writeFileSync(join(shop.folder, 'asking.json'), JSON.stringify(layout));
    const { reconciliation } = await same('sold', ['--layout', '@asking.json', '--as-is', 'status']);
    expect(reconciliation['left_out']).toHaveLength(2);
  });
});

describe('rows that count and cannot be read', () => {
  it.each<readonly [string, string, string, readonly string[]]>([
    ['no customer id', 'mail', "if(pieces = 1, ' ', mail)", ['--customer', 'mail']],
    ['no date', 'date', 'if(pieces = 1, NULL, date)', ['--date', 'date', ...IDS]],
    ['before 1970', 'date', "if(pieces = 1, toDate32('1960-01-01'), toDate32(date))", ['--date', 'date', ...IDS]],
    ['no amount', 'total', 'if(pieces = 1, NULL, total)', ['--amount', 'total - given_back', ...IDS]],
    [
      '14 digits',
      'total',
      "if(pieces = 1, CAST('1e15' AS Decimal(38, 4)), total)",
      ['--amount', 'total + pieces', ...IDS],
    ],
    [
      '4 decimals',
      'total',
      "if(pieces = 1, CAST('0.00001' AS Decimal(30, 5)), CAST(total AS Decimal(30, 5)))",
      ['--amount', 'total', ...IDS],
    ],
    [
      '4 decimals',
      'total',
      "if(pieces = 1, CAST('0.001' AS Decimal(30, 4)), pieces)",
      ['--amount', 'total * total', ...IDS],
    ],
    ['not UTF-8', 'region', "if(pieces = 1, unhex('ff'), region)", ['--by', 'region', ...IDS]],
  ])('E450: %s (%s)', async (problem, column, value, options) => {
    const rules = [
      '--where',
      'outcome=paid,refunded',
      '--where',
      'money!=c*',
      '--currency-column',
      'money',
      '--only-currency',
      'EUR',
    ];
    await shop.shards[0]!.command({
      query: `CREATE OR REPLACE TABLE shop.faulty ENGINE = MergeTree ORDER BY tuple() AS
        SELECT * REPLACE (${value} AS ${column}) FROM (SELECT * REPLACE (coalesce(mail, 'guest') AS mail) FROM shop.sold)`,
    });
    const { error, code, text } = await valued(shop, shop.address('faulty'), ...rules, ...options);
    expect([error, code]).toEqual(['E450', 65]);
    const [, said, query] = new RegExp(`rows of the table with .*${problem}.*: (\\d+)\n[^]*found by: (.*)\n`).exec(
      text,
    )!;
    const counts =
      problem === 'not UTF-8' ? '1' : "lower(trim(outcome)) IN ('paid', 'refunded') AND upper(money) = 'EUR'";
    const [wanted] = await shop.rows(`SELECT count() AS n FROM shop.sold WHERE pieces = 1 AND ${counts}`);
    expect(wanted).toEqual({ n: said });
    expect(await shop.rows(query!.replace('SELECT *', 'SELECT count() AS n'))).toEqual([wanted]);
  });

  it('rows that do not count may hold anything', async () => {
    const query = `CREATE OR REPLACE TABLE shop.partly ENGINE = MergeTree ORDER BY tuple() AS
      SELECT * REPLACE (if(pieces = 1, NULL, total) AS total, if(pieces = 1, NULL, date) AS date) FROM shop.sold`;
    await shop.shards[0]!.command({ query });
    const found = inputOf(await written(shop.address('partly'), ['--where', 'pieces!=1', ...PLAIN])).reconciliation;
    const [{ n } = {}] = await shop.rows('SELECT count() AS n FROM shop.sold WHERE pieces = 1');
    expect(found['left_out']).toMatchObject([
      { column: 'pieces', value: '1', reason: 'not chosen', records: Number(n), amount: 0 },
    ]);
  });

  it('E452: a column that cannot be compared, or is no amount', async () => {
    const query = `CREATE OR REPLACE TABLE shop.odd ENGINE = MergeTree ORDER BY tuple() AS SELECT mail, date, total, [1] AS list FROM shop.sold`;
    await shop.shards[0]!.command({ query });
    expect(
      (await valued(shop, shop.address('odd'), ...PLAIN.slice(2), '--customer', 'mail', '--where', 'list=1')).error,
    ).toBe('E452');
    expect((await valued(shop, shop.address('odd'), '--customer', 'mail', '--amount', 'total - mail')).error).toBe(
      'E452',
    );
  });

  it('columns may have the names of ours', async () => {
    const names = {
      mail: 't0',
      date: 'd',
      total: 'u1',
      outcome: 'stage',
      money: 'h',
      region: 'mh',
      number: 'o',
      pieces: 'w',
    };
    const list = Object.entries(names).map(([ours, theirs]) => `${ours} AS ${theirs}`);
    const query = `CREATE OR REPLACE TABLE shop.named ENGINE = MergeTree ORDER BY tuple() AS SELECT ${list.join(', ')} FROM shop.sold SETTINGS prefer_column_name_to_alias = 1`;
    await shop.shards[0]!.command({ query });
    const options = ['--customer', 't0', '--date', 'd', '--amount', 'u1 * w', '--once', 'o', '--by', 'mh'];
    const found = await written(shop.address('named'), [...options, '--where', 'stage=paid', '--where', 't0!=']);
    const wanted = await written(shop.address('sold'), [
      '--customer',
      'mail',
      '--amount',
      'total * pieces',
      '--once',
      'number',
      '--by',
      'region',
      '--where',
      'outcome=paid',
      '--where',
      'mail!=',
    ]);
    expect(withoutInput(found)).toBe(
      withoutInput(wanted.replaceAll('"region"', '"mh"').replaceAll('total * pieces', 'u1 * w')),
    );
  });
});

describe('a table that changes', () => {
  it('E454: also in a column that only decides which rows count', async () => {
    const columns = { customer: 'String', date: 'Date', amount: 'Decimal(9, 2)', kind: 'String' };
    const rows = Array.from({ length: 3000 }, (_, i) => [`c${i % 300}`, '2020-01-01', i, ['a', 'b'][i % 2]!]);
    await fill(shop, 'changing', columns, rows);
    const run = async (): Promise<{ readonly rows: number; readonly checksum: string }> =>
      inputOf(await written(shop.address('changing'), ['--where', 'kind=a'])).table!;
    const before = await run();
    expect(await run()).toEqual(before);
    await fill(
      shop,
      'changing',
      columns,
      rows.map((row, i) => (i === 1 ? [...row.slice(0, 3), 'c'] : row)),
    );
    const after = await run();
    expect([after.rows, after.checksum === before.checksum]).toEqual([before.rows, false]);
  });

  it('E454: rows that come in while the others are counted', async () => {
    await shop.shards[0]!.command({
      query: `CREATE VIEW shop.slow AS SELECT * FROM shop.sold WHERE sleepEachRow(${1.5 / all.length}) = 0`,
    });
    const result = valued(shop, shop.address('slow'), '--where', 'outcome=paid', ...IDS);
    const copying = "SELECT count() AS n FROM system.processes WHERE query LIKE 'CREATE%read_rows%'";
    await until(async () => Number((await shop.rows(copying))[0]!['n']) > 0);
    await until(async () => Number((await shop.rows(copying))[0]!['n']) === 0);
    await shop.shards[1]!.command({ query: 'INSERT INTO shop.sold_part SELECT * FROM shop.sold_part LIMIT 1' });
    expect(await result).toMatchObject({ error: 'E454', code: 75 });
    const left =
      "SELECT uniqExact(table) AS n FROM system.parts WHERE active AND database = '_temporary_and_external_tables'";
    await until(async () => Number((await shop.rows(left))[0]!['n']) === 0);
  });
});
