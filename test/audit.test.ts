import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { DATA, hasData } from './shared.ts';

interface Group {
  readonly customers: number;
  readonly profit: number;
  readonly customer_equity: number;
}

interface Result {
  readonly totals: Record<string, number>;
  readonly customer_deciles: readonly Group[];
  readonly profit_deciles: readonly Group[];
  readonly whale_curve: Record<string, number> & { readonly points: readonly { customers: number; profit: number }[] };
  readonly identity: readonly Record<string, number | string>[];
  readonly bridge: { readonly groups: readonly Record<string, number | string>[] };
  readonly customers: readonly { readonly profit: number; readonly clv: number }[];
  /** Of `compute`. */
  readonly summary: { readonly customer_equity: number };
}

/** Runs a command in this process on a file of the research data. */
async function run(command: string, file: string, ...args: string[]): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'clv-audit-'));
  try {
    const out = join(folder, 'out.json');
    const code = await main([command, join(DATA, file), '-qq', '-o', out, ...args]);
    if (code !== 0) throw new Error(`exit ${code}`);
    return JSON.parse(readFileSync(out, 'utf8')) as Result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const cents = (figures: readonly number[]): number =>
  figures.reduce((sum, figure) => sum + Math.round(100 * figure), 0);

/** Figures of an independent count of the same log. */
describe.skipIf(!hasData)('CDNOW, all 23,570 customers, margin 30 %', () => {
  it('is ranked, compared and valued', async () => {
    const result = await run('audit', 'cdnow_full_log.csv', '--margin', '30%');
    expect(result.totals).toMatchObject({ customers: 23_570, profitable_customers: 23_502, profit: 750_094.69 });
    expect(result.customer_deciles.map(({ profit }) => Math.round(profit))).toEqual([
      382_119, 126_276, 76_311, 51_060, 36_253, 26_596, 19_897, 13_991, 10_260, 7331,
    ]);
    expect(result.profit_deciles.map(({ customers }) => customers)).toEqual([
      102, 260, 424, 622, 854, 1191, 1696, 2546, 4329, 11_546,
    ]);
    expect(cents(result.customer_deciles.map(({ profit }) => profit))).toBe(75_009_469);
    const tenth = result.whale_curve.points.find(({ customers }) => customers === 2357)!;
    expect(tenth.profit).toBe(result.customer_deciles[0]!.profit);
    expect(result.whale_curve).toMatchObject({ peak_share: 1, destroyed: 0 });
    const [both, lapsed] = result.bridge.groups;
    expect(both).toMatchObject({ customers: 7058, profit_later: 233_088.34 });
    expect(lapsed).toMatchObject({ customers: 16_512 });
    expect(result.identity.at(-1)).toMatchObject({
      earlier: 517_006.35,
      later: 233_088.34,
      profit_effect: -283_918.01,
    });
    const { summary } = await run('compute', 'cdnow_full_log.csv', '--margin', '30%', '--interval', 'none');
    expect(result.totals['customer_equity']).toBe(summary.customer_equity);
    expect(cents(result.customers.map(({ clv }) => clv))).toBe(Math.round(100 * summary.customer_equity));
  });
});
