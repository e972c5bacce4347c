import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { main } from '../src/cli/main.ts';

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
}

interface Right {
  readonly customers: number;
  readonly purchases: number;
  /** Two decimals, as text. */
  readonly revenue: string;
  readonly as_of: string;
}

interface Result {
  readonly as_of: string;
  readonly summary: { readonly customers: number; readonly purchases?: number; readonly revenue: number | string };
}

const fixtures = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.csv'))
  .map((file) => {
    const name = file.replace(/\.csv$/, '');
    return { name, ...(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Fixture) };
  });

/** The exit code, what was said, and the JSON. The model is given: so few rows cannot be fitted. */
async function compute(name: string, options: readonly string[]) {
  const file = join(out, `${name}.json`);
  const written: string[] = [];
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  try {
    const model = ['--use-model', join(FOLDER, 'model.json'), '--margin', '40%', '--interval', 'none'];
    const format = ['--customers', 'none', '--format', 'json', '-o', file];
    const code = await main(['compute', join(FOLDER, `${name}.csv`), ...model, ...format, ...options]);
    const result = code === 0 ? (JSON.parse(readFileSync(file, 'utf8')) as Result) : null;
    return { code, said: written.join(''), result };
  } finally {
    stderr.mockRestore();
  }
}

it.each(fixtures.filter(({ right }) => right))('$name gives the right totals', async ({ name, options, right }) => {
  const { code, said, result } = await compute(name, options);
  expect(code, said).toBe(0);
  expect(result!.summary.customers).toBe(right!.customers);
  expect(Number(result!.summary.revenue).toFixed(2)).toBe(right!.revenue);
  expect(JSON.stringify(result)).toContain(`"as_of":"${right!.as_of}"`);
});

it.each(fixtures.filter(({ right, options }) => right && options.length > 0))(
  '$name is refused without its options',
  async ({ name }) => {
    expect((await compute(name, [])).code).toBe(65);
  },
);

it.each(fixtures.filter(({ refused }) => refused))('$name is recognised and refused', async ({ name }) => {
  const { code, said } = await compute(name, []);
  expect(code).toBe(65);
  const { refuse } = JSON.parse(readFileSync(join(import.meta.dirname, `../src/layouts/${name}.json`), 'utf8'));
  expect(said.replace(/\s+/g, ' ')).toContain(refuse.reason);
});

it('every fixture has the totals of one reading, or is refused', () => {
  for (const { name, right, refused } of fixtures) expect(right === undefined, name).toBe(refused === true);
});
