import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseUnits } from '../../../src/base/money.ts';
import { compute, run } from '../../run.ts';

const PAYMENTS = readFileSync(join(import.meta.dirname, '../../../fixtures/subscriptions.csv'), 'utf8');

interface Explained {
  readonly customer: { readonly clv: number; readonly tenure_periods: number };
  readonly cash_flows: readonly Record<string, number | string | null>[];
}

/** By model, timing, growth, cost and length of a row. */
const WAYS: readonly (readonly string[])[] = [
  [],
  ['--model', 'bdw', '--timing', 'existing-end', '--growth', '2%', '--horizon', '5y'],
  ['--retention', '85%', '--retention-cost', '1.50', '--by-period', '1q', '--by', 'plan'],
];

const cents = (value: unknown): bigint => parseUnits(Number(value).toFixed(2), 2)!;

describe('clv explain --contract', () => {
  it.each(WAYS.map((way) => ({ way })))('$way: present values sum to the CLV that compute prints', async ({ way }) => {
    const options = ['--contract', '1m', '--margin', '70%', '--as-of', '2024-12-31', ...way];
    const rows = way.indexOf('--by-period');
    const valued = rows < 0 ? options : options.filter((option) => option !== '--by-period' && option !== '1q');
    const { result } = await compute([PAYMENTS], ...valued);
    const customers = [result.customers[0]!, result.customers[150]!, result.customers.at(-1)!];
    for (const { customer_id: id, clv, tenure_periods: tenure } of customers) {
      const { customer, cash_flows: flows } = JSON.parse(
        await run('explain', [PAYMENTS], '--id', id, ...options),
      ) as Explained;
      expect([customer.clv, customer.tenure_periods]).toEqual([clv, tenure]);
      const sum = flows.reduce((all, row) => all + cents(row['present_value']), 0n);
      expect(sum).toBe(cents(clv));
    }
    expect(customers[0]!.clv).toBeGreaterThan(0);
    expect(customers[2]!.clv).toBe(0);
  });

  it('an id that no payment has is told (E131) before time goes into a fit', async () => {
    const asked = ['--id', 'nobody', '--contract', '1m', '--margin', '70%'];
    await expect(run('explain', [PAYMENTS], ...asked)).rejects.toThrow('exit 2');
  });
});
