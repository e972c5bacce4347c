import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Decimal, ZERO } from '../../../src/base/decimal.ts';
import type { Contracts } from '../../../src/data/contracts.ts';
import { sbg } from '../../../src/models/contracts/sbg.ts';
import { bootstrapContracts } from '../../../src/valuation/contracts/bootstrap.ts';
import { valueByFit } from '../../../src/valuation/contracts/by-fit.ts';
import { contractIntervals } from '../../../src/valuation/contracts/intervals.ts';
import type { ContractSettings } from '../../../src/valuation/contracts/terms.ts';
import { compute } from '../../run.ts';
import { cellsOf, type Row } from './cells.ts';

const FILE = readFileSync(join(import.meta.dirname, '../../../fixtures/subscriptions.csv'), 'utf8');

const SETTINGS: ContractSettings = {
  ...{ model: sbg, discountRate: new Decimal('0.1'), growth: ZERO, periodsPerYear: 1, horizonPeriods: null },
  ...{ timing: 'existing-start', digits: 2, interval: true, cost: null, retention: null },
};

/** Customers who left or stayed as High End did, in two segments that pay 10 and 20. */
const LEFT = [131, 126, 90, 60, 42, 34, 26];
const ROWS = [0, 1].flatMap((segment): Row[] => [
  ...LEFT.map((n, i): Row => [segment, i + 1, 0, 10 * (segment + 1) * (i + 1), n]),
  ...[40, 60, 70, 80, 90, 120, 491].map((n, i): Row => [segment, i + 1, 1, 10 * (segment + 1) * (i + 1), n]),
]);

/** Subscriptions of the rows; of one customer each, or the same two rows of each customer together. */
function contractsOf(together: boolean): Contracts {
  const cells = cellsOf(ROWS);
  const pairs = together
    ? Array.from({ length: ROWS.length / 2 }, (_, i) => [i, i + ROWS.length / 2])
    : ROWS.map((_, i) => [i]);
  const customers = pairs.flatMap((own) => Array.from({ length: cells.count[own[0]!]! }, () => own));
  const starts = [0];
  for (const own of customers) starts.push(starts.at(-1)! + own.length);
  return {
    ...{ cells, cellOf: Int32Array.from(customers.flat()), starts: Int32Array.from(starts) },
    ...{
      payments: 0,
      extra: 0,
      returned: 0,
      earlierRuns: 0,
      late: 0,
      ahead: 0,
      pace: { ofLines: false, count: 0, unfit: [], isOther: false },
    },
  };
}

function found(together = false, resamples = 200) {
  const contracts = contractsOf(together);
  const valuation = valueByFit(
    contracts.cells,
    () => SETTINGS,
    () => ({ name: '', retention: '' }),
  );
  const shape = { segments: contracts.cells.segments, digits: 2 };
  const refitted = bootstrapContracts(contracts, valuation.fits, resamples)!;
  return {
    valuation,
    refitted,
    covariance: contractIntervals(valuation, shape, { refitted: null, modelError: null })!,
  };
}

describe('intervals of the equity of subscriptions', () => {
  it('by refits are near those of the errors of the parameters, and the same each time', () => {
    const { refitted, covariance, valuation } = found();
    expect(refitted).toEqual(found().refitted);
    const [sd] = refitted.total.errors;
    expect(sd / covariance.equity.total.errors[0]).toBeGreaterThan(0.8);
    expect(sd / covariance.equity.total.errors[0]).toBeLessThan(1.25);
    const equity = Number(valuation.equity) / 100;
    expect(refitted.total.low).toBeLessThan(equity);
    expect(refitted.total.high).toBeGreaterThan(equity);
    const half = refitted.segments.map(({ low, high }) => (high - low) / 2);
    expect(half[1]! / half[0]!).toBeCloseTo(2, 6);
  });

  it('are wider where the subscriptions of a customer go together', () => {
    const [apart, together] = [found(false), found(true)].map(({ refitted }) => refitted.total.errors[0]) as [
      number,
      number,
    ];
    expect(together / apart).toBeGreaterThan(1.2);
    expect(together / apart).toBeLessThan(1.7);
  });

  it('of the outcome hold those of the estimate, and grow with the error of the model', async () => {
    const width = async (...args: string[]) => {
      const how = ['--contract', '1m', '--margin', '70%', '--customers', 'none', ...args];
      const { summary } = (await compute([FILE], ...how)).result as unknown as {
        summary: Record<string, [number, number]>;
      };
      return ['customer_equity_interval', 'prediction_interval'].map((name) => summary[name]![1]! - summary[name]![0]!);
    };
    const [estimate, bare] = (await width('--model-error', 'none')) as [number, number];
    const [, wide] = (await width('--model-error', '12%')) as [number, number];
    expect(bare).toBeGreaterThan(estimate);
    expect(wide).toBeGreaterThan(bare);
    const tau = 2 * 1.959963984540054 * 0.12 * 297_265.67;
    expect(Math.hypot(bare, tau)).toBeCloseTo(wide, 0);
  });
});
