import fc from 'fast-check';
import { expect, it } from 'vitest';
import { customerBounds } from '../../../src/engine/customers/bounds.ts';
import { uncertaintyOf } from '../../../src/engine/gradients.ts';
import { quadratic } from '../../../src/engine/intervals.ts';
import { fitOrLimit } from '../../../src/models/limits.ts';
import { paretoNbd } from '../../../src/models/pareto-nbd/pareto-nbd.ts';
import { gammaGamma } from '../../../src/models/spend/gamma-gamma.ts';
import { gamma, simulatePareto, statesOf } from '../../models/customers.ts';
import { runs } from '../../runs.ts';
import { valuedBy } from './future.ts';

const WINDOW = { delta: 0.0003, days: 1000 };
const BUYING = {
  parameters: [0.55, 10.6, 0.61, 11.7],
  covariance: [
    [0.002, 0.04, -0.001, -0.03],
    [0.04, 1.2, -0.02, -0.8],
    [-0.001, -0.02, 0.01, 0.3],
    [-0.03, -0.8, 0.3, 12],
  ],
};
const SPEND = {
  parameters: [6.25, 3.74, 15.44],
  covariance: [
    [1.4, 0, -3],
    [0, 0.08, 0.4],
    [-3, 0.4, 9],
  ],
};

it('relative variances are those of ln CLV by finite differences, whatever the state and the mean margin', () => {
  const customer = fc.record({
    x: fc.nat(20),
    gap: fc.nat(300),
    rest: fc.nat(300),
    mean: fc.double({ min: 1, max: 500, noNaN: true }),
  });
  fc.assert(
    fc.property(customer, ({ x, gap, rest, mean }) => {
      const recency = x === 0 ? 0 : x + gap;
      const one = { x, recency, age: recency + rest, mean, brought: 0 };
      const by = (buying: readonly number[], spend: readonly number[]) =>
        valuedBy([one], WINDOW, paretoNbd, { ...BUYING, parameters: buying }, gammaGamma, {
          ...SPEND,
          parameters: spend,
        });
      const logOf = (buying: readonly number[], spend: readonly number[]): number => {
        const { dert, spendBase, spendMultiplier } = by(buying, spend).factors;
        return Math.log(dert[0]! * (spendBase[0]! + spendMultiplier[0]! * mean));
      };
      const slope = (own: readonly number[], i: number, of: (moved: readonly number[]) => number): number => {
        const step = 1e-4 * own[i]!;
        return (of(own.with(i, own[i]! + step)) - of(own.with(i, own[i]! - step))) / (2 * step);
      };
      const [b, s] = [BUYING.parameters, SPEND.parameters];
      const wanted =
        quadratic(
          BUYING.covariance,
          b.map((_, i) => slope(b, i, (moved) => logOf(moved, s))),
        ) +
        quadratic(
          SPEND.covariance,
          s.map((_, i) => slope(s, i, (moved) => logOf(b, moved))),
        );
      const valued = by(b, s);
      const { confidence } = customerBounds(valued, uncertaintyOf(valued), 0);
      const { below, above, base, linear, quadratic: square } = confidence!;
      const margin = valued.factors.spendBase[0]! + valued.factors.spendMultiplier[0]! * mean;
      const spread = (base[0]! + linear[0]! * mean + square[0]! * mean * mean) / margin ** 2;
      expect((below[0]! + spread) / wanted).toBeCloseTo(1, 3);
      expect(above[0]).toBe(below[0]);
    }),
    { numRuns: runs(100) },
  );
});

it('reaches to the side of an edge at which the model has its limit', () => {
  const states = statesOf(simulatePareto(2000, 100, (random) => ({ rate: gamma(1, random) / 20, dropout: 0.02 }), 5));
  const { model, fit } = fitOrLimit(paretoNbd, states);
  expect(model.name).toBe('exponential-nbd');
  const customers = Array.from(states.count, (_, i) => ({
    x: states.x[i]!,
    recency: states.recency[i]!,
    age: states.age[i]!,
    mean: 10,
    brought: 0,
  }));
  const valued = { ...valuedBy(customers, WINDOW, model, fit, gammaGamma, SPEND), states, general: paretoNbd };
  const known = uncertaintyOf(valued)!;
  const inside = customerBounds(valued, { ...known, inside: [], across: [] }, 0);
  const reaching = customerBounds(valued, known, 0);
  const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);
  expect(sum(reaching.confidence!.above)).toBeGreaterThan(sum(inside.confidence!.above));
  expect(sum(reaching.prediction.high)).toBeGreaterThan(sum(inside.prediction.high));
});
