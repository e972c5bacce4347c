import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { withoutInput } from '../run.ts';
import { type Columns, fill, type Sale, sales } from './described.ts';
import { openShop, type Shop } from './shop.ts';

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
  const code = await main(['compute', from, '--margin', '30%', '--use-model', MODEL, '-q', '-o', out, ...args]);
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
  for (const table of [name, `${name}_part?cluster=main`]) {
    const found = await written(shop.address(table), options);
    expect(inputOf(found).reconciliation).toEqual(inputOf(file).reconciliation);
    expect(inputOf(found).table!.rows).toBe(inputOf(file).reconciliation.total.records);
    expect(withoutInput(found)).toBe(withoutInput(file));
  }
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
