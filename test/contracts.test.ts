import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compute, withoutInput } from './run.ts';

/** `clv compute --contract`, from the file to the figures. */
const FILE = readFileSync(join(import.meta.dirname, '../fixtures/subscriptions.csv'), 'utf8');
const ARGS = ['--contract', '1m', '--margin', '70%', '--by', 'plan', '--interval', 'none'];
const cents = (value: number): number => Math.round(value * 100);

describe('subscriptions', () => {
  it('every total is the sum of its printed parts, and shares are 1', async () => {
    for (const model of ['sbg', 'bdw', 'retention']) {
      const { result } = await compute([FILE], ...ARGS, '--model', model);
      const { summary, segments, customers } = result;
      const equity = cents(summary['customer_equity']!);
      expect(customers.reduce((sum, customer) => sum + cents(customer.clv), 0)).toBe(equity);
      expect(segments.reduce((sum, segment) => sum + cents(Number(segment['customer_equity'])), 0)).toBe(equity);
      for (const share of ['customer_share', 'revenue_share', 'equity_share'])
        expect(segments.reduce((sum, segment) => sum + Math.round(Number(segment[share]) * 1e6), 0)).toBe(1e6);
      expect(customers.length).toBe(summary['customers']);
      const running = customers.filter((customer) => Number(customer['expected_margin_per_purchase']) > 0);
      expect(running.length).toBe(summary['expected_active']);
      const late = running.filter((customer) => Number(customer['p_alive']) < 1);
      expect(late.length).toBe(24);
      for (const customer of customers) if (customer['p_alive'] === 0) expect(customer.clv).toBe(0);
    }
  });

  it('a customer is worth the residual factor × the margin a period of its run', async () => {
    const { result } = await compute([FILE], ...ARGS);
    for (const customer of result.customers.slice(0, 50)) {
      const expected = Number(customer['dert']) * Number(customer['expected_margin_per_purchase']);
      expect(Math.abs(customer.clv - expected)).toBeLessThan(0.005 * Number(customer['dert']) + 0.01);
    }
  });

  it('prospect-start less existing-end is one margin a period of the customers who are there, by their chances', async () => {
    const by = async (timing: string) => (await compute([FILE], ...ARGS, '--timing', timing)).result;
    const [start, end] = [await by('prospect-start'), await by('existing-end')];
    const margin = end.customers.reduce(
      (sum, customer) => sum + Number(customer['p_alive']) * Number(customer['expected_margin_per_purchase']),
      0,
    );
    const gap = start.summary['customer_equity']! - end.summary['customer_equity']!;
    expect(Math.abs(gap - margin)).toBeLessThan(0.01 * start.customers.length);
  });

  it('the order of the rows, one file or two, does not matter', async () => {
    const [header, ...lines] = FILE.trimEnd().split('\n') as [string, ...string[]];
    const text = (rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;
    const whole = await compute([FILE], ...ARGS);
    const parts = await compute([text(lines.slice(3000).reverse()), text(lines.slice(0, 3000))], ...ARGS);
    expect(withoutInput(parts.text)).toBe(withoutInput(whole.text));
  });

  it('a customer of one rate: m r (1+d) / (1+d−r), by months r^(1/12) and (1+d)^(1/12)', async () => {
    const { result } = await compute([FILE], ...ARGS, '--retention', '80%', '--discount-rate', '10%');
    const [r, d] = [0.8 ** (1 / 12), 1.1 ** (1 / 12)];
    const alive = result.customers.find((customer) => customer['p_alive'] === 1)!;
    expect(alive['dert']).toBeCloseTo((r * d) / (d - r), 6);
  });
});
