import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { States } from '../../src/data/states.ts';
import { fitOrLimit } from '../../src/models/limits.ts';
import type { BuyingModel } from '../../src/models/model.ts';
import { paretoNbd } from '../../src/models/pareto-nbd/pareto-nbd.ts';
import { buyingModel } from '../../src/models/registry.ts';
import { gammaGamma } from '../../src/models/spend/gamma-gamma.ts';
import { spendModel } from '../../src/models/spend/spend.ts';
import { runs } from '../runs.ts';
import { type Customer, gamma, simulatePareto, spendStatesOf, statesOf, uniform } from './customers.ts';

const model = (name: string): BuyingModel => buyingModel(name)!;

/** Parameters of Pareto/NBD near an edge, by how near: 1 is far. */
const NEAR: readonly [string, readonly number[], (far: number) => readonly number[]][] = [
  ['exponential-nbd', [1.2, 20, 0.004], (k) => [1.2, 20, k, k / 0.004]],
  ['nbd', [1.2, 20], (k) => [1.2, 20, 0.5, 1e12 * k]],
  ['pareto-poisson', [0.06, 0.7, 30], (k) => [k, k / 0.06, 0.7, 30]],
  ['exponential-poisson', [0.06, 0.004], (k) => [k, k / 0.06, k, k / 0.004]],
  ['poisson', [0.06], (k) => [k, k / 0.06, 0.5, 1e12 * k]],
];

const customers = fc.array(
  fc.record({ x: fc.nat(12), gap: fc.nat(500), rest: fc.nat(900) }).map(({ x, gap, rest }) => {
    const recency = x === 0 ? 0 : x + gap;
    return { x, recency, age: recency + rest };
  }),
  { minLength: 1, maxLength: 12 },
);

const total = (values: Float64Array, { count }: States): number => values.reduce((sum, v, i) => sum + v * count[i]!, 0);

describe('limits of Pareto/NBD', () => {
  it.each(NEAR)('%s: likelihood, P(alive) and purchases are what those of Pareto/NBD tend to', (name, own, near) => {
    const limit = model(name);
    const window = { delta: 0.0003, days: 700 };
    fc.assert(
      fc.property(customers, (rows) => {
        const states = statesOf(rows);
        const far = near(2e4);
        expect(paretoNbd.logLikelihood(states, far)).toBeCloseTo(limit.logLikelihood(states, own), 1);
        const [a, b] = [paretoNbd.pAlive(states, far), limit.pAlive(states, own)];
        a.forEach((alive, i) => {
          expect(alive).toBeCloseTo(b[i]!, 2);
        });
        const bought = limit.purchases(states, own, b, window);
        const near1 = total(paretoNbd.purchases(states, far, a, window), states);
        expect(total(bought, states) / near1).toBeCloseTo(1, 2);
        const pairs = total(limit.pairs!(states, own, b, window), states);
        expect(pairs / total(paretoNbd.pairs!(states, far, a, window), states)).toBeCloseTo(1, 2);
      }),
      { numRuns: runs(40) },
    );
  });

  it('zero-inflated-nbd: the nearer s and β are to 0, the nearer is Pareto/NBD', () => {
    const states = statesOf(simulatePareto(300, 100, (random) => ({ rate: gamma(1, random) / 15, dropout: 1e-9 }), 3));
    const pi = 0.2;
    const far = (beta: number): number => {
      const s = -Math.log1p(-pi) / Math.log1p(50 / beta);
      return Math.abs(
        paretoNbd.logLikelihood(states, [1, 15, s, beta]) -
          model('zero-inflated-nbd').logLikelihood(states, [1, 15, pi]),
      );
    };
    expect(far(1e-18)).toBeLessThan(0.95 * far(1e-9));
    expect(far(1e-9)).toBeLessThan(0.95 * far(1e-5));
  });

  it.each([
    'exponential-nbd',
    'zero-inflated-nbd',
    'pareto-poisson',
    'exponential-poisson',
    'nbd',
    'zero-inflated-poisson',
    'poisson',
  ])('%s has the derivatives of finite differences, and `one` is as the states are', (name) => {
    const limit = model(name);
    const draw = (random: () => number) => ({ rate: gamma(1, random) / 20, dropout: gamma(0.6, random) / 90 });
    const states = statesOf(simulatePareto(400, 100, draw, 11));
    const { parameters, covariance, logLikelihood } = fitOrLimit(limit, states).fit;
    expect(limit.logLikelihood(states, parameters)).toBeCloseTo(logLikelihood, 8);
    // The information is minus the second differences of the likelihood.
    const steps = parameters.map((p) => p * 1e-3);
    const at = (i: number, j: number, a: number, b: number): number =>
      limit.logLikelihood(
        states,
        parameters.map((p, k) => p + (k === i ? a * steps[k]! : 0) + (k === j ? b * steps[k]! : 0)),
      );
    const information = parameters.map((_, i) =>
      parameters.map(
        (__, j) =>
          -(at(i, j, 1, 1) - at(i, j, 1, -1) - at(i, j, -1, 1) + at(i, j, -1, -1)) / (4 * steps[i]! * steps[j]!),
      ),
    );
    information.forEach((row, i) => {
      const product = parameters.map((_, j) => row.reduce((sum, h, k) => sum + h * covariance[k]![j]!, 0));
      product.forEach((value, j) => {
        expect(value).toBeCloseTo(i === j ? 1 : 0, 2);
      });
    });
    const window = { delta: 0.0002, days: 400 };
    const pAlive = limit.pAlive(states, parameters);
    const bought = limit.purchases(states, parameters, pAlive, window);
    for (let i = 0; i < states.length; i += 37) {
      const state = { x: states.x[i]!, recency: states.recency[i]!, age: states.age[i]! };
      const one = limit.one(state, parameters, window);
      expect(one.pAlive).toBeCloseTo(pAlive[i]!, 10);
      expect(one.purchases).toBeCloseTo(bought[i]!, 9);
    }
  });
});

describe('a likelihood that is highest at an edge', () => {
  const dropouts = (random: () => number) => ({ rate: gamma(1.92, random) / 136, dropout: gamma(0.63, random) / 768 });

  it('never leaves slow buyers without a model, and the limit is no less likely than what is near it', () => {
    const found = new Set<string>();
    for (let seed = 1; seed <= runs(40); seed++) {
      const states = statesOf(simulatePareto([300, 600, 1200][seed % 3]!, [80, 120, 160][seed % 3]!, dropouts, seed));
      const { model: taken, fit } = fitOrLimit(paretoNbd, states);
      found.add(taken.name);
      expect(fit.logLikelihood).toBeGreaterThanOrEqual(paretoNbd.logLikelihood(states, [1.92, 136, 0.63, 768]) - 1e-6);
      expect(fit.covariance.every((row, i) => row[i]! > 0)).toBe(true);
    }
    expect(found.size).toBeGreaterThan(1);
  });

  it('is that of the law behind it: all drop out at one rate, all buy at one, nobody stops', () => {
    const of = (draw: (random: () => number) => { rate: number; dropout: number }, seed: number): string =>
      fitOrLimit(paretoNbd, statesOf(simulatePareto(3000, 100, draw, seed))).model.name;
    expect(of((random) => ({ rate: gamma(1, random) / 20, dropout: 0.02 }), 5)).toBe('exponential-nbd');
    expect(of(() => ({ rate: 0.3, dropout: 0.02 }), 5)).toBe('exponential-poisson');
    expect(of((random) => ({ rate: gamma(1, random) / 40, dropout: 1e-9 }), 2)).toMatch(/nbd$/);
    expect(of(() => ({ rate: 0.1, dropout: 1e-9 }), 3)).toMatch(/poisson$/);
  });
});

describe('limits of gamma–gamma', () => {
  const spent = (draw: (x: number, random: () => number) => number, seed = 7): ReturnType<typeof spendStatesOf> => {
    const random = uniform(seed);
    return spendStatesOf(
      Array.from({ length: 1000 }, (): Customer => {
        const x = 1 + Math.floor(-3 * Math.log(random()));
        return { x, recency: x, age: 100, mean: draw(x, random) };
      }),
    );
  };
  const parameters = (states: ReturnType<typeof spendStatesOf>) => fitOrLimit(gammaGamma, states);

  it('all spend alike: one mean', () => {
    const { model: taken, fit } = parameters(spent((x, random) => (25 * gamma(4 * x, random)) / (4 * x), 8));
    expect(taken.name).toBe('gamma-spend');
    expect(fit.parameters[1]).toBeCloseTo(25, 0);
    expect(taken.credibility(5, fit.parameters).weight).toBe(0);
  });

  it('equal purchases of a customer: the own mean, and that of all purchases for a new one', () => {
    const states = spent((_, random) => 20 / gamma(3, random));
    const { model: taken, fit } = parameters(states);
    expect(taken.name).toBe('inverse-gamma-spend');
    expect(taken.credibility(2, fit.parameters)).toEqual({ base: 0, weight: 1 });
    const [purchases, money] = [0, 1].map((power) =>
      states.x.reduce((sum, x, i) => sum + states.count[i]! * x * states.mean[i]! ** power, 0),
    );
    expect(taken.populationMean(fit.parameters)).toBeCloseTo(money! / purchases!, 9);
  });

  it('one price: that price, whatever the unit of money', () => {
    for (const price of [0.001, 3, 5e7]) {
      const { model: taken, fit } = parameters(spent(() => price));
      expect(taken.name).toBe('one-mean');
      expect(fit.parameters[0]! / price).toBeCloseTo(1, 12);
    }
  });

  it.each(['gamma-spend', 'inverse-gamma-spend'])('%s: the likelihood is what that of gamma–gamma tends to', (name) => {
    const states = spent((x, random) => (20 * gamma(3 * x, random)) / (3 * x) / gamma(6, random));
    const [own, far] =
      name === 'gamma-spend'
        ? [
            [3, 22],
            [3, 1e7, (22 / 3) * (1e7 - 1)],
          ]
        : [
            [2.5, 40, 1],
            [1e7, 2.5, 40 / 1e7],
          ];
    expect(gammaGamma.logLikelihood(states, far!)).toBeCloseTo(spendModel(name)!.logLikelihood(states, own!), 0);
  });
});
