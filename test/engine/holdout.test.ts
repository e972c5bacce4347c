import { describe, expect, it } from 'vitest';
import type { Cells, States } from '../../src/data/states.ts';
import { predictHoldout, weekEnds } from '../../src/engine/holdout.ts';
import { bgNbd } from '../../src/models/beta-geometric/bg-nbd.ts';
import { mbgCnbd } from '../../src/models/beta-geometric/cnbd-k.ts';
import type { BuyingModel, Estimate } from '../../src/models/model.ts';
import { paretoNbd } from '../../src/models/pareto-nbd/pareto-nbd.ts';

const states: States = {
  length: 5,
  x: Int32Array.of(0, 0, 2, 2, 7),
  recency: Int32Array.of(0, 0, 90, 200, 250),
  age: Int32Array.of(200, 270, 270, 270, 270),
  count: Float64Array.of(40, 30, 5, 3, 1),
};
const cells: Cells = {
  length: 5,
  state: Int32Array.of(0, 1, 2, 3, 4),
  segment: new Int32Array(5),
  segments: [[]],
  count: states.count,
  mean: Float64Array.of(0, 0, 100, 45, 12),
  square: new Float64Array(5),
};
const spend = { spendBase: Float64Array.of(35, 35, 20, 20, 8), spendMultiplier: Float64Array.of(0, 0, 0.5, 0.5, 0.8) };
const PARETO = [0.55, 10.58, 0.61, 11.67];
const BG = [0.24, 4.41, 0.79, 2.43];

function estimate(parameters: readonly number[], variance = 0): Estimate {
  const covariance = parameters.map((_, i) => parameters.map((_, j) => (i === j ? variance : 0)));
  return { parameters, logLikelihood: 0, customers: 79, covariance };
}

const each: readonly [BuyingModel, number[]][] = [
  [paretoNbd, PARETO],
  [bgNbd, BG],
];

describe('predicting a holdout', () => {
  it.each(each)('adds up what $name expects of every customer, week by week', (model, parameters) => {
    const { expected, purchases, weekly, margin } = predictHoldout(
      { states, cells },
      model,
      estimate(parameters),
      17,
      spend,
    );
    const until = (days: number, of: (state: number) => number): number => {
      let sum = 0;
      for (let i = 0; i < states.length; i++) {
        const state = { x: states.x[i]!, recency: states.recency[i]!, age: states.age[i]! };
        sum += of(i) * model.one(state, parameters, { delta: 0, days }).purchases;
      }
      return sum;
    };
    expect(weekEnds(17)).toEqual([7, 14, 17]);
    expect(weekly).toHaveLength(3);
    for (const [week, days] of [7, 14, 17].entries())
      expect(weekly[week]).toBeCloseTo(
        until(days, (i) => states.count[i]!),
        8,
      );
    expect(weekly.at(-1)).toBe(purchases);
    const margins = until(
      17,
      (i) => states.count[i]! * spend.spendBase[i]! + spend.spendMultiplier[i]! * cells.mean[i]!,
    );
    expect(margin!.reduce((sum, part) => sum + part, 0)).toBeCloseTo(margins, 6);
    expect(expected).toHaveLength(5);
  });

  it('has the variance of a Poisson where nobody differs and nobody stops', () => {
    const { purchases, variance } = predictHoldout(
      { states, cells },
      paretoNbd,
      estimate([1e6, 2e7, 1e-9, 1e3]),
      70,
      null,
    );
    expect(variance! / purchases).toBeCloseTo(1, 3);
  });

  it('adds what the parameters leave open, and is as random as a Poisson process where the model has no pairs', () => {
    const of = (model: BuyingModel, fit: Estimate) => predictHoldout({ states, cells }, model, fit, 70, null);
    const sure = of(paretoNbd, estimate(PARETO));
    const unsure = of(paretoNbd, estimate(PARETO, 1e-4));
    expect(unsure.variance).toBeGreaterThan(sure.variance);
    expect(sure.variance).toBeGreaterThan(sure.purchases);
    expect(of(paretoNbd, { ...estimate(PARETO), covariance: null }).variance).toBe(sure.variance);
    const { pairs: _, ...plain } = paretoNbd;
    expect(of(plain, { ...estimate(PARETO), covariance: null }).variance).toBeCloseTo(sure.purchases, 9);
    expect(sure.margin).toBeNull();
  });

  it('the weeks of regular purchases are those of windows as long, each customer by the time since the last purchase', () => {
    const model = mbgCnbd(2);
    const parameters = [1.3, 2.8, 0.42, 0.79];
    const { weekly, purchases } = predictHoldout({ states, cells }, model, estimate(parameters), 21, null);
    const pAlive = model.pAlive(states, parameters);
    weekEnds(21).forEach((days, week) => {
      const each = model.purchases(states, parameters, pAlive, { delta: 0, days });
      expect(weekly[week]).toBeCloseTo(
        each.reduce((sum, one, i) => sum + one * states.count[i]!, 0),
        9,
      );
    });
    expect(weekly.at(-1)).toBe(purchases);
  });
});
