import { describe, expect, it } from 'vitest';
import { TRAITS } from '../../src/models/heterogeneity.ts';
import { withLimits } from '../../src/models/limits.ts';
import type { BuyingModel, PurchaseWindow } from '../../src/models/model.ts';
import { BUYING_MODELS, buyingModel, OCCASION_MODELS } from '../../src/models/registry.ts';
import { statesOf } from './customers.ts';

/** What every model of buying, and every limit of one, has to hold, whatever it takes of customers. */
const WEEK = 7;
const OCCASION = 28;
const found = withLimits([...BUYING_MODELS, buyingModel('bg-cnbd-3')!, buyingModel('mbg-cnbd-2')!]);
const occasions = withLimits(OCCASION_MODELS.map((one) => one.of(OCCASION, '28d')));
const models = [...new Map([...found, ...occasions].map((model) => [model.name, model])).values()];

const VALUES: Readonly<Record<string, number>> = {
  ...{ r: 0.9, alpha: 12, s: 0.8, beta: 20, mu: 0.02, lambda: 0.11, pi: 0.3 },
  ...{ a: 0.9, b: 2.5, p: 0.2, theta: 0.15, gamma: 0.7, delta: 2.5 },
};
const OTHERWISE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'ggom-nbd': { b: 0.01 },
  'bg-bb': { alpha: 1.2, beta: 0.8 },
};

const parametersOf = ({ name, parameterNames }: BuyingModel): number[] =>
  parameterNames.map((one) => OTHERWISE[name]?.[one] ?? VALUES[one]!);

/** Whole opportunities where there are any. */
const states = statesOf([
  { x: 0, recency: 0, age: 0 },
  { x: 0, recency: 0, age: 10 * OCCASION },
  { x: 1, recency: OCCASION, age: 2 * OCCASION },
  { x: 2, recency: 9 * OCCASION, age: 9 * OCCASION },
  { x: 4, recency: 12 * OCCASION, age: 20 * OCCASION },
  { x: 7, recency: 13 * OCCASION, age: 13 * OCCASION },
  { x: 7, recency: 13 * OCCASION, age: 13 * OCCASION },
]);
const withGaps = { ...states, logGaps: 12.5 };
const indices = Array.from({ length: states.length }, (_, i) => i);
const delta = Math.log(1.1) / 365.25;
const WINDOWS: readonly PurchaseWindow[] = [
  { delta: 0, days: 13 * OCCASION },
  { delta, days: 39 * OCCASION },
  { delta, days: null },
];

/** Who is dead right after the first purchase. */
const dead = ({ name }: BuyingModel, parameters: readonly number[]): number =>
  name.startsWith('zero-inflated') ? parameters.at(-1)! : 0;

const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1e-12);

describe.each(models.map((model) => [model.name, model] as const))('%s', (_, model) => {
  const parameters = parametersOf(model);
  const pAlive = model.pAlive(states, parameters);
  const purchases = (window: PurchaseWindow, at: readonly number[] = parameters): Float64Array =>
    model.purchases(states, at, model.pAlive(states, at), window);

  it('values one customer as it values states', () => {
    for (const window of WINDOWS) {
      if (window.days === null && model.unending) continue;
      const all = purchases(window);
      for (const i of indices) {
        const state = { x: states.x[i]!, recency: states.recency[i]!, age: states.age[i]! };
        const one = model.one(state, parameters, window);
        expect(relative(one.pAlive, pAlive[i]!)).toBeLessThan(1e-9);
        expect(relative(one.purchases, all[i]!)).toBeLessThan(1e-7);
      }
    }
  });

  it('has chances from 0 to 1, and purchases that grow with the window and fall with the rate', () => {
    const [year, two, less] = [
      { delta: 0, days: 13 * OCCASION },
      { delta: 0, days: 26 * OCCASION },
      { delta, days: 13 * OCCASION },
    ].map((window) => purchases(window));
    for (const i of indices) {
      expect(pAlive[i]).toBeGreaterThanOrEqual(0);
      expect(pAlive[i]).toBeLessThanOrEqual(1);
      expect(year![i]).toBeGreaterThan(0);
      expect(two![i]).toBeGreaterThan(year![i]!);
      expect(less![i]).toBeLessThan(year![i]!);
      expect(less![i]).toBeGreaterThan(year![i]! / 1.1);
    }
  });

  it.skipIf(!model.evaluate)('has the gradient and the curvature of its log-likelihood', () => {
    const { value, gradient, hessian } = model.evaluate!(withGaps, parameters);
    expect(relative(value, model.logLikelihood(withGaps, parameters))).toBeLessThan(1e-11);
    parameters.forEach((p, i) => {
      const step = 1e-4 * p;
      const [up, down] = [step, -step].map((h) => model.evaluate!(withGaps, parameters.with(i, p + h)));
      expect(Math.abs((up!.value - down!.value) / (2 * step) - gradient[i]!) * p).toBeLessThan(1e-5);
      parameters.forEach((q, j) => {
        const slope = (up!.gradient[j]! - down!.gradient[j]!) / (2 * step);
        expect(Math.abs(slope - hessian[i]![j]!) * p * q).toBeLessThan(1e-5);
      });
    });
  });

  it.skipIf(!model.purchaseGradients)('has the derivatives of its purchases', () => {
    for (const window of WINDOWS.slice(0, model.unending ? 2 : 3)) {
      if (window.days === null && window.delta === 0) continue;
      const gradients = model.purchaseGradients!(states, parameters, window);
      parameters.forEach((p, k) => {
        const step = 1e-4 * p;
        const [up, down] = [step, -step].map((h) => purchases(window, parameters.with(k, p + h)));
        for (const i of indices)
          expect(Math.abs((up![i]! - down![i]!) / (2 * step) - gradients[k]![i]!) * p).toBeLessThan(1e-5);
      });
    }
  });

  it('counts every customer once by purchases', () => {
    const all = states.count.reduce((a, b) => a + b, 0);
    expect(model.frequencies(states, parameters, 5)).toHaveLength(6);
    expect(model.frequencies(states, parameters, 5).reduce((a, b) => a + b, 0)).toBeCloseTo(all, 9);
    // Nobody who was acquired today has bought again.
    const today = statesOf([{ x: 0, recency: 0, age: 0 }]);
    expect(model.frequencies(today, parameters, 3)[0]).toBeCloseTo(1, 9);
  });

  describe('customers differ', () => {
    const { buying, stopping } = model.heterogeneity(parameters);
    const born = { x: 0, recency: 0, age: 0 };
    const year = 365.25;
    const within = (days: number, state = born) => model.one(state, parameters, { delta: 0, days }).purchases;
    /** ∫ (1 − share up to v) dv: the mean of what differs. */
    const meanOf = (upTo: (value: number) => number, end: number): number => {
      const steps = 3000;
      let sum = 0;
      for (let i = 0; i < steps; i++) sum += 1 - upTo((end * (i + 0.5)) / steps);
      return (end * sum) / steps;
    };
    const meanChance = meanOf(stopping.upTo, 1);

    it('in shares that grow from none to all', () => {
      for (const { name, upTo } of [buying, stopping]) {
        const values = [0, 0.001, 0.1, 0.5, 0.9, 1, ...(TRAITS[name].chance ? [] : [10, 1000])];
        const shares = values.map(upTo);
        for (const [i, share] of shares.entries()) expect(share).toBeGreaterThanOrEqual(i === 0 ? 0 : shares[i - 1]!);
        expect(shares.at(-1)).toBeCloseTo(1, 9);
      }
    });

    it('by as much as their purchases and their chance to be alive say on average', () => {
      if (TRAITS[buying.name].chance) {
        const { pAlive: there, purchases: bought } = model.one(born, parameters, { delta: 0, days: OCCASION });
        expect(1 - meanChance).toBeCloseTo(there, 3);
        expect(meanOf(buying.upTo, 1) * there).toBeCloseTo(bought, 3);
        return;
      }
      const rate = meanOf(buying.upTo, 150);
      if (stopping.name === 'Chance to stop buying after a purchase') {
        const stops = /^m|^zero/.test(model.name) ? born : { x: 1, recency: 70, age: 70 };
        expect(1 - meanChance).toBeCloseTo(model.one(stops, parameters, WINDOWS[0]!).pAlive, 3);
        // Regular purchases come slowly at first, and do not stop where nobody does.
        const pace = model.regularity === undefined || model.regularity === 1 ? within(0.001) / 0.001 : null;
        if (pace !== null)
          expect(relative(rate, (pace * year) / model.one(born, parameters, WINDOWS[0]!).pAlive)).toBeLessThan(0.005);
        return;
      }
      // The purchases of the day after a year are those of who has not stopped.
      const still = (within(year + 0.001) - within(year)) / 0.001;
      const first = rate / year;
      expect(still / first).toBeCloseTo(1 - meanChance, 2);
      expect(relative(within(0.001) / 0.001, first * (1 - dead(model, parameters)))).toBeLessThan(0.005);
    });
  });

  it.skipIf(!model.frequenciesAhead)('expects as many purchases ahead as the counts of them say', () => {
    const days = 13 * OCCASION;
    const ahead = model.frequenciesAhead!(states, parameters, pAlive, 150, days);
    expect(ahead.reduce((a, b) => a + b, 0)).toBeCloseTo(7, 6);
    const mean = ahead.reduce((sum, count, k) => sum + k * count, 0);
    const expected = purchases({ delta: 0, days }).reduce((sum, value, i) => sum + value * states.count[i]!, 0);
    expect(relative(mean, expected)).toBeLessThan(1e-4);
  });

  it.skipIf(!model.buyAgain)('lets nobody buy again who is not alive, or more often than is expected', () => {
    const window = { delta: 0, days: 13 * OCCASION };
    const again = model.buyAgain!(states, parameters, pAlive, window);
    const longer = model.buyAgain!(states, parameters, pAlive, { delta: 0, days: 26 * OCCASION });
    const expected = purchases(window);
    for (const i of indices) {
      expect(again[i]).toBeGreaterThan(0);
      expect(again[i]).toBeLessThanOrEqual(Math.min(pAlive[i]!, expected[i]!) + 1e-12);
      expect(longer[i]).toBeGreaterThan(again[i]!);
      expect(longer[i]).toBeLessThanOrEqual(pAlive[i]! + 1e-12);
    }
  });

  it.skipIf(!model.pairs || !model.frequenciesAhead)('has the pairs that the counts of purchases ahead say', () => {
    const window = { delta: 0, days: 13 * OCCASION };
    const pairs = model.pairs!(states, parameters, pAlive, window).reduce((sum, v, i) => sum + v * states.count[i]!, 0);
    const ahead = model.frequenciesAhead!(states, parameters, pAlive, 150, window.days);
    expect(
      relative(
        pairs,
        ahead.reduce((sum, count, k) => sum + k * (k - 1) * count, 0),
      ),
    ).toBeLessThan(1e-3);
  });
});

it('a week is the unit of rates: a Poisson rate of .11 a week, in 13 periods of 28 days, is 5.72 purchases', () => {
  const window = { delta: 0, days: 13 * OCCASION };
  const one = buyingModel('poisson')!.one({ x: 3, recency: 70, age: 140 }, [0.11], window);
  expect(one).toEqual({ pAlive: 1, purchases: expect.closeTo((0.11 * window.days) / WEEK, 12) });
});
