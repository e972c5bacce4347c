import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { States } from '../../../src/data/states.ts';
import { buying, stopping } from '../../../src/models/bg-bb/chances.ts';
import { bgBb } from '../../../src/models/bg-bb/family.ts';
import { discountedOpportunities } from '../../../src/models/bg-bb/future.ts';
import { bgBbAlive, bgBbEvaluate } from '../../../src/models/bg-bb/likelihood.ts';
import { runs } from '../../runs.ts';
import { type Customer, errorOf, gamma, statesOf, uniform } from '../customers.ts';
import { DONATIONS_MISSING, donations } from './donations.ts';

const CHANCES = { buying: buying.beta, stopping: stopping.beta };
const YEAR = 365.25;
const MONTH = YEAR / 12;
const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1e-300);
const logUniform = (low: number, high: number): fc.Arbitrary<number> =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const shapes = logUniform(0.05, 20);
const parametersOf = fc.tuple(shapes, shapes, shapes, shapes).map((values) => values as number[]);

/** From opportunities to the days of the interface. */
const inDays = (states: States, days: number): States => ({
  ...states,
  recency: states.recency.map((k) => Math.round(k * days)),
  age: states.age.map((k) => Math.round(k * days)),
});

describe.skipIf(DONATIONS_MISSING)('donations (../shared/data/README.md)', () => {
  const model = bgBb(YEAR);
  const states = DONATIONS_MISSING ? ({} as States) : inDays(donations(), YEAR);
  const delta = Math.log(1.1) / YEAR;

  it('parameters and log-likelihood', () => {
    const { parameters, logLikelihood, customers } = model.fit(states);
    expect(customers).toBe(11_104);
    expect(logLikelihood).toBeCloseTo(-33225.58127, 5);
    [1.2035, 0.7497, 0.6567, 2.7834].forEach((value, i) => {
      expect(parameters[i]).toBeCloseTo(value, 4);
    });
    for (const start of [
      [5, 5, 0.5, 0.5],
      [0.1, 0.1, 20, 20],
    ])
      model.fit(states, start).parameters.forEach((value, i) => {
        expect(relative(value, parameters[i]!)).toBeLessThan(1e-9);
      });
  });

  it('P(alive) .11 .59 .93, 12,884 in five years, Σ DERT 20,291.30', () => {
    const { parameters } = model.fit(states);
    const alive = model.pAlive(states, parameters);
    const at = (x: number, last: number): number =>
      alive.find((_, i) => states.x[i] === x && states.recency[i] === Math.round(last * YEAR))!;
    expect([at(0, 0), at(2, 4), at(6, 6)].map((p) => p.toFixed(2))).toEqual(['0.11', '0.59', '0.93']);
    const total = (window: { delta: number; days: number | null }): number =>
      model.purchases(states, parameters, alive, window).reduce((sum, value, i) => sum + value * states.count[i]!, 0);
    expect(total({ delta: 0, days: 5 * YEAR })).toBeCloseTo(12_884, -0.5);
    expect(total({ delta, days: null })).toBeCloseTo(20_291.3, 1);
  });
});

it('DERT of one customer: 1.6214', () => {
  const state = { x: 3, recency: 4 * YEAR, age: 6 * YEAR };
  const window = { delta: Math.log(1.1) / YEAR, days: null };
  expect(bgBb(YEAR).one(state, [1.2, 0.75, 0.66, 2.78], window).purchases).toBeCloseTo(1.6214, 4);
});

/** All (x, t_x) of n opportunities, with the number of histories each stands for. */
function histories(n: number): { state: Customer; ways: number }[] {
  const found = [{ state: { x: 0, recency: 0, age: n }, ways: 1 }];
  for (let last = 1; last <= n; last++)
    for (let x = 1, ways = 1; x <= last; ways = (ways * (last - x)) / x, x++)
      found.push({ state: { x, recency: last, age: n }, ways });
  return found;
}

describe('laws', () => {
  it('the chances of all histories sum to 1, and those alive to the share that survives', () => {
    fc.assert(
      fc.property(parametersOf, fc.integer({ min: 1, max: 25 }), (parameters, n) => {
        const [, , gammaShape, stay] = parameters as [number, number, number, number];
        let [total, alive] = [0, 0];
        for (const { state, ways } of histories(n)) {
          const one = statesOf([state]);
          const chance = ways * Math.exp(bgBbEvaluate(one, parameters, CHANCES).value);
          total += chance;
          alive += chance * bgBbAlive(one, parameters, CHANCES)[0]!;
        }
        let survive = 1;
        for (let j = 0; j <= n; j++) survive *= (stay + j) / (gammaShape + stay + j);
        expect(relative(total, 1)).toBeLessThan(1e-10);
        expect(relative(alive, survive)).toBeLessThan(1e-10);
      }),
      { numRuns: runs(12), seed: 1 },
    );
  });

  it('derivatives of the log-likelihood are those of finite differences', () => {
    const states = statesOf(histories(9).map(({ state }) => state));
    fc.assert(
      fc.property(parametersOf, (parameters) => {
        const { value, gradient, hessian } = bgBbEvaluate(states, parameters, CHANCES);
        parameters.forEach((p, i) => {
          const [up, down] = [1e-5, -1e-5].map((h) => bgBbEvaluate(states, parameters.with(i, p * (1 + h)), CHANCES));
          const slope = (up!.value - down!.value) / 2e-5;
          expect(Math.abs(slope - p * gradient[i]!) / Math.abs(value)).toBeLessThan(1e-7);
          parameters.forEach((q, j) => {
            const bend = (q * (up!.gradient[j]! - down!.gradient[j]!)) / 2e-5;
            expect(Math.abs(bend - p * q * hessian[i]![j]!) / Math.abs(value)).toBeLessThan(1e-6);
          });
        });
      }),
      { numRuns: runs(30), seed: 2 },
    );
  });

  it('horizons add up, for life as well', () => {
    const cases = fc.tuple(shapes, shapes, fc.nat(100), fc.nat(60), fc.nat(60), logUniform(1e-5, 0.5));
    fc.assert(
      fc.property(cases, ([gammaShape, stay, n, first, next, d]) => {
        const sum = (from: number, span: number | null): number =>
          discountedOpportunities(from, [gammaShape, stay], d, span);
        let carried = 1;
        for (let j = 1; j <= first; j++) carried *= (stay + n + j) / (gammaShape + stay + n + j) / (1 + d);
        expect(relative(sum(n, first + next), sum(n, first) + carried * sum(n + first, next))).toBeLessThan(1e-12);
        expect(relative(sum(n, null), sum(n, first) + carried * sum(n + first, null))).toBeLessThan(1e-10);
      }),
      { numRuns: runs(200), seed: 3 },
    );
  });

  it('without discounting is the limit of little; infinite for life where γ ≤ 1', () => {
    const sum = (shape: number, d: number, span: number | null): number =>
      discountedOpportunities(4, [shape, 2], d, span);
    expect(relative(sum(0.7, 1e-12, 60), sum(0.7, 0, 60))).toBeLessThan(1e-10);
    expect(relative(sum(4, 1e-9, null), sum(4, 0, null))).toBeLessThan(1e-7);
    expect(relative(sum(4, 0, 100_000), sum(4, 0, null))).toBeLessThan(1e-11);
    expect(sum(1, 0, null)).toBe(Number.POSITIVE_INFINITY);
    const [alive, states] = [Float64Array.of(0.4), statesOf([{ x: 1, recency: 365, age: 731 }])];
    const life = bgBb(YEAR).purchases(states, [1, 1, 0.5, 2], alive, { delta: 0, days: null });
    expect(life[0]).toBe(Number.POSITIVE_INFINITY);
  });

  it('of all states is that of each customer; a window counts whole opportunities', () => {
    const model = bgBb(MONTH);
    const states = inDays(statesOf(histories(30).map(({ state }) => state)), MONTH);
    const parameters = [0.8, 3, 0.7, 12];
    const alive = model.pAlive(states, parameters);
    for (const days of [3 * YEAR, 3 * YEAR + 30, null]) {
      const window = { delta: 3e-4, days };
      model.purchases(states, parameters, alive, window).forEach((value, i) => {
        const state = { x: states.x[i]!, recency: states.recency[i]!, age: states.age[i]! };
        expect(relative(value, model.one(state, parameters, window).purchases)).toBeLessThan(1e-13);
      });
    }
    const state = { x: 3, recency: 200, age: 300 };
    const within = (days: number): number => model.one(state, parameters, { delta: 3e-4, days }).purchases;
    expect(within(3 * YEAR + 30)).toBe(within(36 * MONTH));
    expect(within(30)).toBe(0);
    const heavy = model.one({ x: 400, recency: 420 * MONTH, age: 500 * MONTH }, parameters, {
      delta: 3e-4,
      days: null,
    });
    expect(heavy.pAlive > 0 && heavy.pAlive < 1e-12 && heavy.purchases > 0).toBe(true);
  });
});

describe('fit', () => {
  const beta = (a: number, b: number, random: () => number): number => {
    const [x, y] = [gamma(a, random), gamma(b, random)];
    return x / (x + y);
  };
  /** Customers with a chance to buy and to stop, by months, in days. */
  const simulated = (
    size: number,
    months: number,
    draw: (random: () => number) => [number, number],
    seed = 9,
  ): States => {
    const random = uniform(seed);
    const customers = Array.from({ length: size }, () => {
      const age = Math.floor(months * (1 - random() / 2));
      const [buys, stops] = draw(random);
      let [x, recency] = [0, 0];
      for (let k = 1; k <= age && random() >= stops; k++) if (random() < buys) [x, recency] = [x + 1, k];
      return { x, recency, age };
    });
    return inDays(statesOf(customers), MONTH);
  };

  it.each([
    [1.2, 0.75, 0.66, 2.78, 8],
    [0.5, 3, 0.5, 10, 60],
    [2, 2, 1, 20, 24],
  ])('recovers α %d β %d γ %d δ %d from %i months', (...row) => {
    const [a, b, c, d, months] = row;
    const states = simulated(5000, months, (random) => [beta(a, b, random), beta(c, d, random)]);
    const { parameters, covariance, logLikelihood } = bgBb(MONTH).fit(states);
    expect(logLikelihood).toBeGreaterThanOrEqual(bgBb(MONTH).logLikelihood(states, row.slice(0, 4)));
    parameters.forEach((p, i) => {
      expect(Math.abs(p - row[i]!)).toBeLessThan(4 * Math.sqrt(covariance[i]![i]!));
    });
  });

  it.each([
    ['all buy alike', (random: () => number) => [0.4, beta(1, 5, random)], 8, /equally likely to buy/],
    ['all stop alike', (random: () => number) => [beta(1, 2, random), 0.1], 7, /equally likely to stop/],
    ['some stop at once', (random: () => number) => [beta(1, 2, random), random() < 0.4 ? 1 : 0], 7, /at once/],
  ] as [string, (random: () => number) => [number, number], number, RegExp][])(
    '%s: the edge is said',
    (_, draw, seed, words) => {
      const error = errorOf(() => bgBb(MONTH).fit(simulated(3000, 24, draw, seed)));
      expect(error.code).toBe('E303');
      expect(error.values['detail']).toMatch(words);
    },
  );

  it('fails with a code: too few customers, too few opportunities', () => {
    const few = statesOf(Array.from({ length: 99 }, (_, k) => ({ x: k % 2, recency: (k % 2) * 61, age: 365 })));
    expect(errorOf(() => bgBb(MONTH).fit(few)).code).toBe('E301');
    const short = errorOf(() => bgBb(MONTH).fit(simulated(500, 2.9, (random) => [beta(1, 1, random), 0.2])));
    expect(short.code).toBe('E303');
    expect(short.values['detail']).toContain('of 2 opportunities at most');
  });
});
