import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../../src/main.ts';
import type { Result } from '../../run.ts';

/** How equity spreads, held against the customers themselves. */
const FIXTURE = join(import.meta.dirname, '../../../fixtures/transactions.csv');
const LISTS = [...['concentration', 'clv_distribution', 'activity', 'customers', 'buying_rates', 'stopping_chances']];
let folder: string;
let result: Result;
const lists = new Map<string, Record<string, string>[]>();
let page: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clv-spread-'));
  const pinned = [
    '--model',
    'pareto-nbd',
    '--season',
    'none',
    '--interval',
    'none',
    '--by',
    'region',
    '--currency',
    'EUR',
  ];
  expect(await main(['compute', FIXTURE, '--margin', '30%', '-qq', ...pinned, '--out-dir', folder])).toBe(0);
  result = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'));
  for (const name of LISTS) lists.set(name, parse(readFileSync(join(folder, `${name}.csv`)), { columns: true }));
  page = readFileSync(join(folder, 'report.html'), 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cents = (value: number) => Math.round(100 * value);
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

describe('how equity spreads', () => {
  it('the best hundredths of the customers hold what their CLVs sum to', () => {
    const clvs = result.customers.map(({ clv }) => cents(clv));
    const rows = lists.get('concentration')!;
    expect(rows).toHaveLength(101);
    for (const row of rows) {
      const held = sum(clvs.slice(0, Number(row['customers'])));
      expect(cents(Number(row['customer_equity']))).toBe(held);
      expect(Number(row['equity_share'])).toBeCloseTo(held / sum(clvs), 5);
    }
  });

  it('the fewest who hold 80% are told first', () => {
    const clvs = result.customers.map(({ clv }) => cents(clv));
    let [count, held] = [0, 0];
    while (held < 0.8 * sum(clvs)) held += clvs[count++]!;
    const share = Math.round((100 * count) / clvs.length);
    const equity = result.summary['customer_equity']!.toLocaleString('en-US', { minimumFractionDigits: 2 });
    const words = `${count} of your ${clvs.length.toLocaleString('en-US')} customers, ${share}%, hold 80% of ${equity} EUR.`;
    expect(page).toContain(words);
  });

  it('every customer is in the bin of its CLV', () => {
    for (const row of lists.get('clv_distribution')!) {
      const above = row['above'] === '' ? Number.NEGATIVE_INFINITY : cents(Number(row['above']));
      const upTo = row['up_to'] === '' ? Number.POSITIVE_INFINITY : cents(Number(row['up_to']));
      const own = result.customers.map(({ clv }) => cents(clv)).filter((clv) => clv > above && clv <= upTo);
      expect([Number(row['customers']), cents(Number(row['customer_equity']))]).toEqual([own.length, sum(own)]);
    }
    const all = lists.get('clv_distribution')!.map((row) => Number(row['customers']));
    expect(sum(all)).toBe(result.customers.length);
  });

  it('what is expected within a year is what a valuation of a year without discount has', async () => {
    const pinned = ['--model', 'pareto-nbd', '--season', 'none', '--interval', 'none', '--margin', '30%', '-qq'];
    const list = join(folder, 'year.csv');
    const year = ['--horizon', '1y', '--discount-rate', '0%', '--section', 'activity', '-o', list];
    expect(await main(['compute', FIXTURE, ...pinned, ...year])).toBe(0);
    const rows: Record<string, string>[] = parse(readFileSync(list), { columns: true });
    expect(rows.map((row) => row['expected_purchases_1y'])).toEqual(rows.map((row) => row['dert']));
    expect(rows.map((row) => row['expected_purchases_1y'])).toEqual(
      lists.get('activity')!.map((row) => row['expected_purchases_1y']),
    );
    expect(rows.some((row) => Number(row['dert']) > 1)).toBe(true);
  });

  it('shares by rates of buying and by chances to stop are of all customers', () => {
    for (const name of ['buying_rates', 'stopping_chances']) {
      const rows = lists.get(name)!;
      expect(rows).toHaveLength(10);
      expect(sum(rows.map((row) => Number(row['customer_share'])))).toBeCloseTo(1, 9);
      for (const [i, row] of rows.entries()) expect(row['above']).toBe(i === 0 ? '0' : rows[i - 1]!['up_to']);
      expect(page).toContain(rows[0]!['trait']);
    }
    // Gamma(r, α) of purchases a week: the mean of the bins is about r/α.
    const { r, alpha } = result.model.parameters as Record<string, number>;
    const rates = lists.get('buying_rates')!;
    const most = sum(rates.map((row) => Number(row['customer_share']) * Number(row['up_to'] || 100)));
    const least = sum(rates.map((row) => Number(row['customer_share']) * Number(row['above'])));
    const mean = ((r! / alpha!) * 365.25) / 7;
    expect(mean).toBeGreaterThan(least);
    expect(mean).toBeLessThan(most);
  });

  it('means of the chance and of what is to come are those of the customers there', () => {
    for (const row of lists.get('activity')!) {
      const own = result.customers.filter((one) => {
        const since = Number(one['age_days']) - Number(one['recency_days']);
        const frequency = Math.min(7, Number(one['frequency']));
        return (
          frequency === Number(row['repeat_purchases']!.replace('+', '')) &&
          since >= Number(row['days_from']) &&
          since <= Number(row['days_to'])
        );
      });
      expect(own).toHaveLength(Number(row['customers']));
      const mean = (name: string) => sum(own.map((one) => Number(one[name]))) / own.length;
      expect(Number(row['p_alive'])).toBeCloseTo(mean('p_alive'), 5);
      expect(Number(row['dert'])).toBeCloseTo(mean('dert'), 5);
    }
  });
});
