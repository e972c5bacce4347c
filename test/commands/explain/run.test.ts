import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseUnits } from '../../../src/base/money.ts';
import { withTransactions } from '../../../src/cli/session.ts';
import { settingsOf } from '../../../src/cli/settings.ts';
import { valueUnits } from '../../../src/commands/explain/cash-flows.ts';
import { customerTerms, explainedCustomer } from '../../../src/commands/explain/explained.ts';
import type { CustomerBlock } from '../../../src/data/customers.ts';
import { cashRows, ROW_PERIODS } from '../../../src/engine/cash-flows.ts';
import { main } from '../../../src/main.ts';
import { valueCustomers } from '../../../src/valuation/value.ts';
import { DATA, hasData } from '../../shared.ts';

const FIXTURE = join(import.meta.dirname, '../../../fixtures/transactions.csv');
const folder = mkdtempSync(join(tmpdir(), 'clv-explain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Document {
  readonly customer: Record<string, unknown> & { readonly clv: number };
  readonly customers: (Record<string, unknown> & { readonly customer_id: string })[];
  readonly methodology: { readonly as_of: string | null };
  readonly cash_flows: Record<string, number | string | null>[];
}

async function run(...args: string[]): Promise<{ text: string; document: Document }> {
  const out = join(folder, 'out.json');
  const code = await main([...args, '-qq', '-o', out]);
  if (code !== 0) throw new Error(`exit ${code}`);
  const text = readFileSync(out, 'utf8');
  return { text, document: JSON.parse(text) as Document };
}

/** Exact sum of the present values as written, in cents. */
const sumOf = (text: string): bigint =>
  [...text.matchAll(/"present_value":([-\d.]+)/g)].reduce((sum, match) => sum + parseUnits(match[1]!, 2)!, 0n);
const clvOf = (text: string): bigint => parseUnits(/"clv": ([-\d.]+)/.exec(text)![1]!, 2)!;

/** A row of a block as a block. */
function one(block: CustomerBlock, row: number): CustomerBlock {
  const { id, columns, spend } = block;
  const cut = [...columns].map(([name, values]) => [name, values.slice(row, row + 1)] as const);
  return { length: 1, id: [id[row]!], segment: [], columns: new Map(cut), ...(spend && { spend: [spend[row]!] }) };
}

describe('clv explain', () => {
  const margins = ['--margins', join(FIXTURE, '../margins.csv'), '--by', 'region'];
  // A clock, and a model that is chosen, are those of the first.
  const EVEN = ['--season', 'none'];
  const variants: [string, string[]][] = [
    ['lifetime', margins],
    ['truncated', ['--margin', '30%', '--horizon', '30m', '--model', 'bg-nbd', ...EVEN]],
    [
      'own means',
      ['--margin', '30%', '--spend', 'mean', '--spend-from', 'all', '--model', 'mbg-nbd', '--by', 'product', ...EVEN],
    ],
    ['by group', ['--margin', '30%', '--fit-by', 'region', '--horizon', '3y', '--model', 'pareto-nbd', ...EVEN]],
    [
      'segment means',
      ['--margin', '30%', '--spend', 'mean', '--by', 'product', '--currency', 'JPY', '--model', 'pareto-nbd', ...EVEN],
    ],
  ];

  it.each(variants)(
    'prints of a customer what compute prints, and cash flows that sum to it: %s',
    async (_, options) => {
      const { document: all } = await run('compute', FIXTURE, '--interval', 'none', ...options);
      const step = Math.ceil(all.customers.length / 4);
      for (const wanted of all.customers.filter((_, i) => i % step === 1)) {
        const { document, text } = await run('explain', FIXTURE, '--id', wanted.customer_id, ...options);
        expect(document.customer).toEqual(wanted);
        expect(sumOf(text)).toBe(clvOf(text));
      }
    },
  );

  it('values every customer by the arithmetic of the ledger', async () => {
    const options = {
      discountRate: '10%',
      season: 'none',
      modelError: 'auto',
      horizon: 'lifetime',
      model: 'pareto-nbd',
      spendFrom: 'repeat',
      margin: '30%',
      where: [],
      minus: [],
      zero: [],
    };
    const output = join(folder, 'empty.json');
    for (const spend of ['gamma-gamma', 'mean']) {
      const settings = settingsOf({ ...options, spend, color: false, quiet: 2, output: [output] });
      const rows = cashRows(ROW_PERIODS['1y'], null);
      const found: string[] = [];
      await withTransactions([FIXTURE], settings, {}, async ({ ledger }) => {
        await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: settings.spend.fillsMeans });
        const { fitted } = await valueCustomers(ledger, settings, { interval: 'none', pool: false });
        for await (const block of ledger.customers())
          for (let row = 0; row < block.length; row++) {
            const { flows } = explainedCustomer(one(block, row), customerTerms(fitted.groups[0]!, rows, settings));
            const units = valueUnits(flows.until.at(-1)!.discounted, flows.margin, 2);
            found.push(units === flows.clv ? 'same' : `${block.id[row]}: ${units}, not ${flows.clv}`);
          }
        return { command: 'none', document: [], main: '', views: [] };
      });
      expect(new Set(found)).toEqual(new Set(['same']));
      expect(found).toHaveLength(3000);
    }
  });

  it('a state under a saved model is worth what it is in the file, without transactions and without dates', async () => {
    const model = join(folder, 'model.json');
    const { document: all } = await run(
      'compute',
      FIXTURE,
      '--margin',
      '30%',
      '--season',
      'none',
      '--save-model',
      model,
    );
    const wanted = all.customers.find((customer) => customer['frequency'] === 1)!;
    const state = `1,${wanted['recency_days']},${wanted['age_days']}`;
    const mean = String(wanted['mean_margin_per_purchase']);
    const { document, text } = await run('explain', '--state', state, '--mean-margin', mean, '--use-model', model);
    expect(document.customer).toMatchObject({ customer_id: null, p_alive: wanted['p_alive'], dert: wanted['dert'] });
    expect(Math.abs(document.customer.clv - (wanted['clv'] as number))).toBeLessThan(0.5);
    expect(sumOf(text)).toBe(clvOf(text));
    expect(document.methodology.as_of).toBe(null);
    const dated = await run('explain', '--state', state, '--use-model', model, '--as-of', '2025-06-30');
    expect(dated.document.customer).toMatchObject({ first_purchase: wanted['first_purchase'] });
    expect(dated.document.cash_flows[0]).toMatchObject({ from: '2025-06-30', to: '2026-06-30' });
  });
});

describe.skipIf(!hasData)('CDNOW sample', () => {
  it('customer 0006 is worth 1187.48, by year and by month', async () => {
    const options = ['--margin', '100%', '--discount-rate', '15%', '--as-of', '1997-09-30', '--id', '0006'];
    options.push('--model', 'pareto-nbd', '--season', 'none', '--spend-from', 'repeat');
    const years = await run('explain', join(DATA, 'cdnow_sample_log.csv'), ...options);
    const months = await run('explain', join(DATA, 'cdnow_sample_log.csv'), ...options, '--by-period', '1m');
    for (const { text, document } of [years, months]) {
      expect(Math.abs(document.customer.clv - 1187.48)).toBeLessThan(0.0101);
      expect(sumOf(text)).toBe(clvOf(text));
    }
    expect(years.document.cash_flows).toHaveLength(11);
    expect(months.document.cash_flows).toHaveLength(37);
  });
});
