import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { States } from '../../../src/data/states.ts';
import { acrossEdge } from '../../../src/engine/across-edge.ts';
import { bgBb } from '../../../src/models/bg-bb/family.ts';
import { fitOrLimit, withLimits } from '../../../src/models/limits.ts';
import type { BuyingModel } from '../../../src/models/model.ts';
import { runs } from '../../runs.ts';
import { gamma, statesOf, uniform } from '../customers.ts';

const YEAR = 365.25;
const general = bgBb(YEAR);
const model = (name: string): BuyingModel => withLimits([general]).find((one) => one.name === name)!;

/** Limits with parameters, and those of BG/BB as near to them as `far` is high. */
const NEAR: readonly [string, readonly number[], (far: number) => readonly number[]][] = [
  ['g-bb', [1.2, 0.8, 0.2], (k) => [1.2, 0.8, 0.2 * k, 0.8 * k]],
  ['zero-inflated-bb', [1.2, 0.8, 0.3], (k) => [1.2, 0.8, 0.3 / k, 0.7 / k]],
  ['bb', [1.2, 0.8], (k) => [1.2, 0.8, 1, 100 * k]],
  ['bg-binomial', [0.6, 0.7, 2.8], (k) => [0.6 * k, 0.4 * k, 0.7, 2.8]],
  ['g-binomial', [0.6, 0.2], (k) => [0.6 * k, 0.4 * k, 0.2 * k, 0.8 * k]],
  ['zero-inflated-binomial', [0.6, 0.3], (k) => [0.6 * k, 0.4 * k, 0.3 / k, 0.7 / k]],
  ['binomial', [0.6], (k) => [0.6 * k, 0.4 * k, 1, 100 * k]],
];
const FAR = 1e6;

/** Every (x, t_x) of n opportunities, in days, with the number of histories that each stands for. */
function histories(n: number): { readonly states: States; readonly ways: Float64Array } {
  const rows = [{ x: 0, recency: 0, age: Math.round(n * YEAR), ways: 1 }];
  for (let last = 1; last <= n; last++)
    for (let x = 1, ways = 1; x <= last; ways = (ways * (last - x)) / x, x++)
      rows.push({ x, recency: Math.round(last * YEAR), age: Math.round(n * YEAR), ways });
  const states = statesOf(rows);
  const ways = Array.from(
    states.x,
    (x, i) => rows.find((row) => row.x === x && row.recency === states.recency[i])!.ways,
  );
  return { states, ways: Float64Array.from(ways) };
}

const single = (states: States, i: number): States =>
  statesOf([{ x: states.x[i]!, recency: states.recency[i]!, age: states.age[i]! }]);

describe('limits of BG/BB', () => {
  it.each(NEAR)('%s: likelihood, P(alive), purchases and pairs are what those of BG/BB tend to', (name, own, near) => {
    const limit = model(name);
    expect(limit.takes).toBeTruthy();
    const { states } = histories(7);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: states.length - 1 }), fc.constantFrom(null, 5.5 * YEAR), (i, days) => {
        const [one, window] = [single(states, i), { delta: Math.log(1.1) / YEAR, days }];
        const likelihood = limit.logLikelihood(one, own);
        expect(Math.abs(general.logLikelihood(one, near(FAR)) - likelihood)).toBeLessThan(1e-3);
        const [alive, other] = [limit.pAlive(one, own), general.pAlive(one, near(FAR))];
        expect(other[0]).toBeCloseTo(alive[0]!, 3);
        const bought = limit.purchases(one, own, alive, window)[0]!;
        expect(general.purchases(one, near(FAR), other, window)[0]! / bought).toBeCloseTo(1, 3);
        const pairs = limit.pairs!(one, own, alive, window)[0]!;
        expect(general.pairs!(one, near(FAR), other, window)[0]! / pairs).toBeCloseTo(1, 3);
      }),
      { numRuns: runs(200), seed: 1 },
    );
  });

  it.each(NEAR)('%s: the chances of all histories sum to 1', (name, own) => {
    const { states, ways } = histories(9);
    const total = ways.reduce((sum, n, i) => sum + n * Math.exp(model(name).logLikelihood(single(states, i), own)), 0);
    expect(total).toBeCloseTo(1, 12);
  });

  it.each(NEAR)('%s: derivatives are those of finite differences', (name, own) => {
    const limit = model(name);
    const { states } = histories(9);
    const { value, gradient, hessian } = limit.evaluate!(states, own);
    expect(value).toBeCloseTo(limit.logLikelihood(states, own), 10);
    own.forEach((p, i) => {
      const [up, down] = [1e-5, -1e-5].map((h) => limit.evaluate!(states, own.with(i, p + h)));
      expect((up!.value - down!.value) / 2e-5 / gradient[i]!).toBeCloseTo(1, 5);
      own.forEach((_, j) => {
        expect((up!.gradient[j]! - down!.gradient[j]!) / 2e-5).toBeCloseTo(hessian[i]![j]!, 2);
      });
    });
  });

  it('pairs of purchases are those of all futures, one by one', () => {
    const [p, theta, n, delta] = [0.6, 0.2, 6, 0.0003];
    const v = Math.exp(-delta * YEAR);
    let [once, pairs] = [0, 0];
    for (let j = 1; j <= n; j++) {
      once += v ** j * p * (1 - theta) ** (j - 1);
      for (let i = 1; i < j; i++) pairs += 2 * v ** (i + j) * p * p * (1 - theta) ** (j - 1);
    }
    const [states, alive, window] = [
      statesOf([{ x: 1, recency: 365, age: 731 }]),
      Float64Array.of(1),
      { delta, days: n * YEAR },
    ];
    expect(model('g-binomial').purchases(states, [p, theta], alive, window)[0]).toBeCloseTo(once, 12);
    expect(model('g-binomial').pairs!(states, [p, theta], alive, window)[0]).toBeCloseTo(pairs, 10);
    const undiscounted = { delta: 0, days: 3 * YEAR };
    const three = 2 * p * p * (0.8 + 2 * 0.64);
    expect(model('g-binomial').pairs!(states, [p, theta], alive, undiscounted)[0]).toBeCloseTo(three, 5);
  });
});

describe('a likelihood of occasions that is highest at an edge', () => {
  const beta = (a: number, b: number, random: () => number): number => {
    const [x, y] = [gamma(a, random), gamma(b, random)];
    return x / (x + y);
  };
  const simulated = (draw: (random: () => number) => [number, number], seed: number): States => {
    const random = uniform(seed);
    const customers = Array.from({ length: 3000 }, () => {
      const age = Math.floor(24 * (1 - random() / 2));
      const [buys, stops] = draw(random);
      let [x, recency] = [0, 0];
      for (let k = 1; k <= age && random() >= stops; k++) if (random() < buys) [x, recency] = [x + 1, k];
      return { x, recency: Math.round(recency * YEAR), age: Math.round(age * YEAR) };
    });
    return statesOf(customers);
  };

  it.each([
    ['bg-binomial', (random: () => number) => [0.4, beta(1, 5, random)], 8],
    ['g-bb', (random: () => number) => [beta(1, 2, random), 0.1], 7],
    ['zero-inflated-bb', (random: () => number) => [beta(1, 2, random), random() < 0.4 ? 1 : 0], 7],
    ['bb', (random: () => number) => [beta(2, 2, random), 0], 1],
    ['g-binomial', () => [0.3, 0.1], 2],
    ['binomial', () => [0.3, 0], 4],
  ] as [string, (random: () => number) => [number, number], number][])(
    '%s is found where it is the law, and BG/BB is as likely a little inside',
    (name, draw, seed) => {
      const states = simulated(draw, seed);
      const { model: taken, fit } = fitOrLimit(general, states);
      expect(taken.name).toBe(name);
      expect(fit.covariance.every((row, i) => row[i]! > 0)).toBe(true);
      const inside = acrossEdge(general, states, { model: taken, ...fit });
      expect(inside.length).toBeGreaterThan(0);
      for (const parameters of inside) {
        const drop = fit.logLikelihood - general.logLikelihood(states, parameters);
        expect(drop).toBeGreaterThan(1);
        expect(drop).toBeLessThanOrEqual(1.9208);
      }
    },
  );
});
