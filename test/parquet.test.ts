import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { readParquet } from './parquet.ts';

/** Every list of `clv compute` says in Parquet what it says in CSV, cell by cell. */
const FIXTURES = join(import.meta.dirname, '../fixtures');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clv-lists-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const purchases = [
  join(FIXTURES, 'transactions.csv'),
  ...['--margins', join(FIXTURES, 'margins.csv'), '--by', 'region'],
  ...['--use-model', join(FIXTURES, 'cases/audit-json/model.json'), '--currency', 'KWD'],
];
const contracts = [join(FIXTURES, 'subscriptions.csv'), ...['--contract', '1m', '--margin', '70%', '--by', 'plan']];

it.each([
  ['purchases', 'customers', []],
  ['purchases', 'segments', ['--customers', 'none']],
  ['purchases', 'summary', []],
  ['contracts', 'customers', []],
  ['contracts', 'segments', ['--customers', 'none']],
  ['contracts', 'tenures', []],
  ['contracts', 'summary', []],
] as const)('%s: %s', async (kind, section, others) => {
  const [csv, parquet] = [join(folder, 'list.csv'), join(folder, 'list.parquet')];
  // What is asked for is the main list already, where customers are left out.
  const asked = others.length > 0 ? others : ['--section', section];
  for (const file of [csv, parquet])
    expect(await main(['compute', ...{ purchases, contracts }[kind], '-qq', '-o', file, ...asked])).toBe(0);
  const [names, ...rows] = parse(readFileSync(csv)) as string[][];
  const found = await readParquet(readFileSync(parquet));
  expect(found.columns.map(([name]) => name)).toEqual(names);
  expect(found.rows.map((row) => row.map((cell) => cell ?? ''))).toEqual(rows);
  expect(rows.length).toBeGreaterThan(0);
});
