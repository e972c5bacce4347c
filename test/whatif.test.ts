import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { compute } from './run.ts';
import { DATA, hasData } from './shared.ts';

interface Outcome {
  readonly customer_equity: number;
  readonly acquisition_value: number | null;
  readonly change: number;
  readonly change_share: number;
  readonly elasticity: number | null;
}

interface Result {
  readonly baseline: {
    readonly customer_equity: number;
    readonly acquired_last_year: number;
    readonly acquisition_value: number;
  };
  readonly scenarios: readonly (Outcome & { readonly name: string; readonly prospect_value: number })[];
  readonly tornado: readonly (Outcome & { readonly driver: string; readonly driver_change: number })[];
  readonly break_even_acquisition_cost: number;
  readonly payback_months: number | null;
}

/** Runs `clv whatif` in this process on a file with this content, and maybe a scenarios file. */
async function whatif(content: string, args: readonly string[], scenarios?: string): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'clv-whatif-'));
  try {
    const [file, table, out] = ['data.csv', 'scenarios.csv', 'out.json'].map((name) => join(folder, name));
    writeFileSync(file!, content);
    if (scenarios !== undefined) writeFileSync(table!, scenarios);
    const more = scenarios === undefined ? [] : ['--scenarios', table!];
    const code = await main(['whatif', file!, '-qq', '-o', out!, ...args, ...more]);
    if (code !== 0) throw new Error(`exit ${code}`);
    return JSON.parse(readFileSync(out!, 'utf8')) as Result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const demo = readFileSync(join(import.meta.dirname, '../fixtures/transactions.csv'), 'utf8');
const cents = (amount: number): number => Math.round(100 * amount);

/** Figures of an independent implementation (formulas: Sensitivities), in percent for +1 %: dropout, retention, discount rate. */
describe.skipIf(!hasData)('CDNOW sample as of 1997-09-30 at 15 %', () => {
  const sample = () => readFileSync(join(DATA, 'cdnow_sample_log.csv'), 'utf8');
  const OPTIONS = ['--margin', '100%', '--discount-rate', '15%', '--as-of', '1997-09-30'];

  it.each([
    ['lifetime', ['-0.4007', '4.486', '-0.5529']],
    ['3y', ['-0.2999', '1.182', '-0.1533']],
  ] as const)('%s', async (horizon, wanted) => {
    const { baseline, tornado } = await whatif(sample(), [...OPTIONS, '--horizon', horizon]);
    const found = ['dropout', 'retention', 'discount_rate'].map(
      (name) => tornado.find(({ driver, driver_change }) => driver === name && driver_change === 0.01)!,
    );
    // The last decimal given, and 2,357 customers rounded to the cent, twice: half a unit of money is twice its deviation.
    for (const [i, { change }] of found.entries()) {
      const half = 0.5 * 10 ** -wanted[i]!.split('.')[1]!.length;
      const error = Math.abs(change - (Number(wanted[i]) / 100) * baseline.customer_equity);
      expect(error).toBeLessThan(0.5 + (half / 100) * baseline.customer_equity);
    }
  });
});

describe('the demo shop', () => {
  const OPTIONS = ['--margin', '30%', '--horizon', '5y'];
  const table = [
    'scenario,margin,purchase-rate,dropout,retention,discount rate,Acquisition,campaign_cost',
    'nothing,+0%,-0%,,+0%,,,',
    'margin,+3%,,,,,,',
    'purchases,,+3%,,,,,',
    'rate,,,,,20%,,',
    'won,,,,,,1000,',
    'none,,,,,,0,',
    'all,+5%,+5%,-5%,,8%,1000,100',
  ].join('\n');

  it('starts from what clv compute finds, changes as it should, and a prospect truncated at its payback is worth its cost', async () => {
    const found = await whatif(demo, [...OPTIONS, '--acquisition-cost', '50'], table);
    const { result } = await compute([demo], ...OPTIONS);
    const { baseline, scenarios, tornado, break_even_acquisition_cost: prospect } = found;
    expect(baseline.customer_equity).toBe(result.summary['customer_equity']);
    expect(prospect).toBe(result.summary['prospect_value']);
    const [nothing, margin, purchases, rate, won, none, all] = scenarios as [
      Result['scenarios'][0],
      ...Result['scenarios'],
    ];
    expect(nothing).toMatchObject({ customer_equity: baseline.customer_equity, change: 0, prospect_value: prospect });
    expect(margin!.customer_equity).toBe(purchases!.customer_equity);
    expect(rate!.customer_equity).toBe(
      (await compute([demo], ...OPTIONS, '--discount-rate', '20%')).result.summary['customer_equity'],
    );
    const acquired = baseline.acquired_last_year * cents(prospect);
    expect(cents(baseline.acquisition_value)).toBe(acquired);
    for (const { customer_equity } of [won!, none!]) expect(customer_equity).toBe(baseline.customer_equity);
    expect(none).toMatchObject({ acquisition_value: 0, change: -baseline.acquisition_value });
    const both = cents(baseline.customer_equity) + acquired;
    expect(none!.change_share).toBeCloseTo(-acquired / both, 6);
    expect(cents(all!.acquisition_value!)).toBe(1000 * cents(all!.prospect_value));
    expect(cents(all!.change)).toBe(cents(all!.customer_equity) + cents(all!.acquisition_value!) - both);
    expect(margin!.acquisition_value).toBeNull();
    expect(cents(won!.change)).toBe((1000 - baseline.acquired_last_year) * cents(prospect));
    expect(all!.change).toBeGreaterThan(margin!.change + won!.change);

    for (const { driver, driver_change, change, elasticity } of tornado) {
      const falls = ['dropout', 'discount_rate'].includes(driver);
      expect(Math.sign(change), driver).toBe(falls ? -Math.sign(driver_change) : Math.sign(driver_change));
      expect(Math.sign(elasticity!), driver).toBe(falls ? -1 : 1);
      if (driver === 'acquisition') expect(elasticity).toBeCloseTo(acquired / both, 5);
      if (driver === 'margin' || driver === 'purchase_rate') {
        const error = Math.abs(change - driver_change * baseline.customer_equity);
        expect(error).toBeLessThan(0.01 * 3000);
      }
    }

    const { payback_months: months } = found;
    const worthAt = async (horizon: number) => {
      const span = `${horizon.toFixed(1)}m`;
      return (await compute([demo], '--margin', '30%', '--interval', 'none', '--horizon', span)).result.summary[
        'prospect_value'
      ];
    };
    expect(await worthAt(months!)).toBeGreaterThanOrEqual(50);
    expect(await worthAt(months! - 0.1)).toBeLessThanOrEqual(50);
  });
});
