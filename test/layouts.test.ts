import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { main } from '../src/main.ts';

/**
 * A small export of each system, in its own cells: right with no option but those that its JSON names. The totals there were
 * counted when the rows were invented, not read from them.
 */
const FOLDER = join(import.meta.dirname, '../fixtures/layouts');
const out = mkdtempSync(join(tmpdir(), 'clv-layouts-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

interface Fixture {
  readonly options: readonly string[];
  readonly refused?: boolean;
  readonly right?: Right;
  /** Of payments of subscriptions, a month each: what runs at the end, by the last payment of each. Two decimals, as text. */
  readonly recurring?: { readonly closing: string; readonly customers: number; readonly subscriptions: number };
}

interface Right {
  readonly customers: number;
  readonly purchases: number;
  /** Two decimals, as text. */
  readonly revenue: string;
  /** Those that count. */
  readonly records: number;
  readonly first_day: string;
  readonly as_of: string;
  /** Records by column and value. */
  readonly left_out: Readonly<Record<string, number>>;
  readonly without_customer: number;
}

interface Account {
  readonly column: string;
  readonly value: string;
  readonly records: number;
}

interface Result {
  readonly methodology: { readonly as_of: string };
  readonly input: {
    readonly reconciliation: {
      readonly valued: { readonly records: number };
      readonly left_out: readonly Account[];
      readonly without_customer: { readonly records: number };
    };
  };
  readonly summary: { readonly customers: number; readonly revenue: number };
  readonly customers: readonly { readonly purchases: number }[];
}

const fixtures = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.csv'))
  .map((file) => {
    const name = file.replace(/\.csv$/, '');
    return { name, ...(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Fixture) };
  });

/** The model is given: so few rows cannot be fitted. */
function compute(name: string, options: readonly string[]) {
  const model = ['--use-model', join(FOLDER, 'model.json'), '--margin', '40%', '--interval', 'none'];
  return run<Result>('compute', name, [...model, ...options]);
}

/** The exit code, what was said, and the JSON. */
async function run<T>(command: string, name: string, options: readonly string[]) {
  const file = join(out, `${name}.json`);
  const written: string[] = [];
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  try {
    const format = ['--format', 'json', '-o', file];
    const code = await main([command, join(FOLDER, `${name}.csv`), ...format, ...options]);
    const result = code === 0 ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
    return { code, said: written.join(''), result };
  } finally {
    stderr.mockRestore();
  }
}

it.each(fixtures.filter(({ right }) => right))('$name gives the right totals', async ({ name, options, right }) => {
  const { code, said, result } = await compute(name, options);
  expect(code, said).toBe(0);
  const { summary, methodology, input, customers } = result!;
  const { valued, left_out, without_customer } = input.reconciliation;
  const { first_day: _, ...wanted } = right!;
  expect({
    customers: summary.customers,
    purchases: customers.reduce((sum, { purchases }) => sum + purchases, 0),
    revenue: summary.revenue.toFixed(2),
    records: valued.records,
    as_of: methodology.as_of,
    left_out: Object.fromEntries(left_out.map(({ column, value, records }) => [`${column}=${value}`, records])),
    without_customer: without_customer.records,
  }).toEqual(wanted);
});

it.each(fixtures.filter(({ right, options }) => right && options.length > 0))(
  '$name is refused without its options',
  async ({ name }) => {
    expect((await compute(name, [])).code).not.toBe(0);
  },
);

it.each(fixtures.filter(({ refused }) => refused))('$name is recognised and refused', async ({ name }) => {
  const { code, said } = await compute(name, []);
  expect(code).toBe(65);
  const { refuse } = JSON.parse(readFileSync(join(import.meta.dirname, `../src/layouts/${name}.json`), 'utf8'));
  expect(said.replace(/\s+/g, ' ')).toContain(refuse.reason);
});

interface Recurring {
  readonly months: readonly { readonly closing: number; readonly customers: number }[];
}

interface Contracts {
  readonly summary: { readonly expected_active: number };
}

const recurring = fixtures.filter((fixture) => fixture.recurring);

it.each(recurring)('$name tells the payments of its subscriptions', async ({ name, options, recurring }) => {
  const { code, said, result } = await run<Recurring>('mrr', name, ['--contract', '1m', ...options]);
  expect(code, said).toBe(0);
  const { closing, customers } = result!.months.at(-1)!;
  expect({ closing: closing.toFixed(2), customers }).toEqual({
    closing: recurring!.closing,
    customers: recurring!.customers,
  });
});

it.each(recurring)('$name is valued as contracts', async ({ name, options, recurring }) => {
  const contract = ['--contract', '1m', '--model', 'retention', '--margin', '40%', '--interval', 'none'];
  const { code, said, result } = await run<Contracts>('compute', name, [...contract, ...options]);
  expect(code, said).toBe(0);
  expect(result!.summary.expected_active).toBe(recurring!.subscriptions);
});

it('every fixture has the totals of one reading, or is refused', () => {
  for (const { name, right, refused } of fixtures) expect(right === undefined, name).toBe(refused === true);
});
