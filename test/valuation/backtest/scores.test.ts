import { describe, expect, it } from 'vitest';
import type { Tested } from '../../../src/valuation/backtest/found.ts';
import { predictionInterval, type Score, summariesOf } from '../../../src/valuation/backtest/scores.ts';

const heldOut = { asOf: 100, until: 200 };

function score(name: string, purchases: number, actual: number, margin: number | null, mae: number): Score {
  const interval = { errors: [10, 10] as const, low: purchases - 20, high: purchases + 20 };
  const held = Math.abs(actual - purchases) <= 20;
  const accuracy = { mae, rmse: 2 * mae, spearman: 0.5, topDecileFound: 0.5 };
  const scored = { customers: 50, purchases, interval, held, margin, accuracy, fittedAs: name };
  return { name, heldOut, actual, actualMargin: 200n * 10n ** 10n, scored };
}

const failed = (name: string): Score => ({
  name,
  heldOut,
  actual: 100,
  actualMargin: 200n * 10n ** 10n,
  scored: { code: 'E301', message: 'too few' },
});

describe('the summary of a model', () => {
  it('is of the origins that it fits', () => {
    const [a, b] = summariesOf([score('a', 110, 100, 100, 1), failed('b'), score('a', 80, 160, 400, 3), failed('b')]);
    expect(a).toMatchObject({ name: 'a', fitted: 2, failed: 0, mae: 2, rmse: 4, held: 1 });
    expect(a!.logPurchases).toBeCloseTo((Math.log(1.1) + Math.log(2)) / 2, 12);
    expect(a!.logMargin).toBeCloseTo(Math.log(2), 12);
    expect(a!.halfWidth).toBeCloseTo((20 / 110 + 20 / 80) / 2, 12);
    expect(b).toEqual({
      name: 'b',
      fitted: 0,
      failed: 2,
      logPurchases: Number.NaN,
      logMargin: Number.NaN,
      mae: Number.NaN,
      rmse: Number.NaN,
      held: 0,
      halfWidth: Number.NaN,
    });
  });

  it('takes no logarithm where nothing was bought, or no margin is predicted', () => {
    const [a] = summariesOf([score('a', 5, 0, null, 1), score('a', 110, 100, 220, 1)]);
    expect(a!.logPurchases).toBeCloseTo(Math.log(1.1), 12);
    expect(a!.logMargin).toBeCloseTo(Math.log(1.1), 12);
  });
});

describe('the prediction interval', () => {
  const tested = (purchases: number, variance: number, tau: number | null) =>
    ({ prediction: { purchases, variance }, modelError: tau === null ? null : { tau } }) as unknown as Tested;

  it('adds the error of the model to that of outcome and parameters, and holds no less than nothing', () => {
    const { low, high } = predictionInterval(tested(100, 9, 0.04));
    expect(high - 100).toBeCloseTo(1.96 * 5, 2);
    expect(100 - low).toBeCloseTo(1.96 * 5, 2);
    expect(predictionInterval(tested(100, 9, null)).high - 100).toBeCloseTo(1.96 * 3, 2);
    expect(predictionInterval(tested(1, 100, null)).low).toBe(0);
  });
});
