import { describe, expect, it } from 'vitest';
import { ClvError } from '../../src/base/errors.ts';
import type { Cells, Joint, SpendStates, States } from '../../src/data/states.ts';
import { bootstrapIntervals, bootstrapRefits } from '../../src/engine/bootstrap.ts';
import { SEED, uniform } from '../../src/engine/random.ts';
import type { Valued } from '../../src/engine/valued.ts';
import type { BuyingModel } from '../../src/models/model.ts';

const one = (value: number) => Float64Array.of(value, value);
const states: States = {
  length: 2,
  x: Int32Array.of(0, 1),
  recency: Int32Array.of(0, 5),
  age: Int32Array.of(9, 9),
  count: Float64Array.of(60, 40),
};
const cells: Cells = {
  length: 2,
  state: Int32Array.of(0, 1),
  segment: Int32Array.of(0, 1),
  segments: [['a'], ['b']],
  count: states.count,
  mean: Float64Array.of(0, 40),
  square: one(1),
};
const joint: Joint = { length: 2, state: Int32Array.of(0, 1), spend: Int32Array.of(-1, 0), count: states.count };
const spendStates: SpendStates = {
  length: 1,
  x: Int32Array.of(1),
  mean: Float64Array.of(1),
  count: Float64Array.of(40),
};

/** A model whose one parameter is the share of customers with x = 1, and whose DERT is that share. */
function valued(shareOf: (states: States) => number): Valued {
  const estimate = (share: number) => ({
    parameters: [share],
    logLikelihood: 0,
    customers: 100,
    covariance: [[0]],
    iterations: 1,
  });
  const model = {
    fit: (resample: States) => estimate(shareOf(resample)),
    pAlive: () => one(1),
    purchases: (_: States, [share]: readonly number[]) => one(share!),
  } as unknown as BuyingModel;
  const spend = {
    fit: estimate(1),
    secondMoment: () => null,
    credibility: () => ({ base: 1, weight: 0 }),
    refit: () => estimate(1),
  };
  const factors = { states, pAlive: one(1), dert: one(0.4), spendBase: one(1), spendMultiplier: one(0) };
  return {
    states,
    cells,
    model,
    fit: estimate(0.4),
    window: { delta: 0, days: 1 },
    spend,
    spendFrom: 'repeat',
    factors,
  };
}

const share = (resample: States) => resample.count[1]! / (resample.count[0]! + resample.count[1]!);

describe('bootstrap', () => {
  it('draws as many customers as there are, and its error is that of the resampled share', () => {
    const totals: number[] = [];
    const fit = (resample: States) => {
      totals.push(resample.count[0]! + resample.count[1]!);
      return share(resample);
    };
    const found = bootstrapIntervals([bootstrapRefits(valued(fit), joint, spendStates, 2000, uniform(SEED))]);
    expect(new Set(totals)).toEqual(new Set([100]));
    expect(Math.abs(found.total.errors[0] - 100 * Math.sqrt((0.4 * 0.6) / 100))).toBeLessThan(0.25);
    expect(found.total.low).toBeLessThan(40);
    expect(found.total.high).toBeGreaterThan(40);
    expect(found.segments[0]!.errors[0] / found.segments[1]!.errors[0]).toBeCloseTo(1.5, 6);
  });

  it('leaves failed refits out, and E305 where most fail', () => {
    let calls = 0;
    const sometimes = (resample: States) => {
      if (++calls % 4 === 0) throw new ClvError('E303', { model: 'x', detail: '' });
      return share(resample);
    };
    const refits = bootstrapRefits(valued(sometimes), joint, spendStates, 40, uniform(SEED));
    expect(refits.filter((refit) => refit === null).length).toBe(10);
    expect(bootstrapIntervals([refits]).total.errors[0]).toBeGreaterThan(0);
    const never = (): number => {
      throw new ClvError('E302', { model: 'x', detail: '' });
    };
    const none = bootstrapRefits(valued(never), joint, spendStates, 20, uniform(SEED));
    expect(() => bootstrapIntervals([none])).toThrow(expect.objectContaining({ code: 'E305' }));
  });
});

describe('uniform', () => {
  it('is the same for the same seed, within [0, 1), and even', () => {
    const [a, b, c] = [uniform(1), uniform(1), uniform(2)];
    const draws = Array.from({ length: 10_000 }, () => a());
    expect(draws.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => b()));
    expect(c()).not.toBe(draws[0]);
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    expect(draws.reduce((sum, draw) => sum + draw, 0) / draws.length).toBeCloseTo(0.5, 1);
  });
});
