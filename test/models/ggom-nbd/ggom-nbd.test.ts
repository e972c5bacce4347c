import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ggomNbd } from '../../../src/models/ggom-nbd/ggom-nbd.ts';
import { discountedLife, laterBeta, logRise } from '../../../src/models/ggom-nbd/life.ts';
import { ggomEvaluate } from '../../../src/models/ggom-nbd/likelihood.ts';
import { integrate } from '../../../src/models/numeric/quadrature.ts';
import { paretoNbd } from '../../../src/models/pareto-nbd/pareto-nbd.ts';
import { runs } from '../../runs.ts';
import { type Customer, statesOf } from '../customers.ts';

const PER_WEEK = 0.0026877296610613;
const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1e-300);
const logUniform = (low: number, high: number): fc.Arbitrary<number> =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const tuple = (...parts: fc.Arbitrary<number>[]): fc.Arbitrary<number[]> => fc.tuple(...parts);
const usual = tuple(
  logUniform(0.1, 5),
  logUniform(0.5, 50),
  logUniform(1e-3, 1),
  logUniform(0.05, 5),
  logUniform(0.01, 1e3),
);
/** A purchase day at most once: x ≤ t_x ≤ T. */
const customersUpTo = (most: number, days = 1000): fc.Arbitrary<Customer> =>
  fc.tuple(fc.integer({ min: 0, max: most }), fc.nat(days), fc.nat(days)).map(([x, more, idle]) => {
    const recency = x === 0 ? 0 : x + more;
    return { x, recency, age: recency + idle };
  });

describe('single customers, 52 weeks and for life', () => {
  const check = (parameters: number[], [x, recency, age, alive, expected, life]: number[]): void => {
    const state = { x: x!, recency: recency!, age: age! };
    const count = ggomNbd.one(state, parameters, { delta: 0, days: 364 });
    expect(relative(count.pAlive, alive!)).toBeLessThan(1e-12);
    expect(relative(count.purchases, expected!)).toBeLessThan(1e-12);
    expect(relative(ggomNbd.one(state, parameters, { delta: PER_WEEK / 7, days: null }).purchases, life!)).toBeLessThan(
      1e-12,
    );
  };

  // x, t_x, T in days; P(alive), expected purchases, lifetime value
  it.each([
    [26, 216, 217, 0.997673473711362, 24.1055239064455, 47.9287910096154],
    [2, 213, 272, 0.854855477495254, 1.70740074458637, 3.43477926178622],
  ])('../shared/data/README.md: x %i t_x %i T %i', (...row) => check([0.553, 10.578, 0.02, 0.425, 0.157], row));

  // The definition's integrals at 40 digits in another language.
  it.each([
    [26, 216, 217, 0.996226830199681, 12.8786309936262, 12.7756247278732],
    [2, 213, 272, 0.72211661610968, 0.650340355652735, 0.64400358483639],
    [0, 0, 0, 1, 2.05613743272909, 2.14528423137565],
    [0, 0, 420, 0.149123884472167, 0.0168663151068482, 0.016682774511366],
  ])('a rising hazard: x %i t_x %i T %i', (...row) => check([0.553, 10.578, 0.1, 0.7, 40], row));

  it('heavy buyers and lives beyond every exponent are finite', () => {
    for (const [x, recency, age] of [
      [254, 680, 681],
      [4000, 5000, 9000],
      [0, 0, 20_000],
    ] as const) {
      for (const b of [1e-6, 0.1, 15]) {
        const { pAlive, purchases } = ggomNbd.one({ x, recency, age }, [0.5, 3, b, 0.3, 10], { delta: 0, days: null });
        expect(pAlive >= 0 && pAlive <= 1 && Number.isFinite(purchases)).toBe(true);
        const states = statesOf([{ x, recency, age }]);
        expect(Number.isFinite(ggomNbd.logLikelihood(states, [0.5, 3, b, 0.3, 10]))).toBe(true);
      }
    }
    expect(logRise(15, 2, 1000)).toBeCloseTo(15_000 - Math.log(2), 9);
  });
});

describe('the likelihood', () => {
  it('gives P(alive) of direct integration for extreme parameters, x up to 2000', () => {
    const extreme = tuple(
      logUniform(0.05, 8),
      logUniform(1e-3, 1e3),
      logUniform(1e-6, 10),
      logUniform(0.01, 100),
      logUniform(1e-8, 1e6),
    );
    fc.assert(
      fc.property(fc.array(customersUpTo(2000), { minLength: 1, maxLength: 6 }), extreme, (customers, parameters) => {
        const states = statesOf(customers);
        const together = ggomNbd.logLikelihood(states, parameters);
        const apart = customers.reduce((sum, own) => sum + ggomNbd.logLikelihood(statesOf([own]), parameters), 0);
        expect(relative(together, apart)).toBeLessThan(1e-9);
        ggomNbd.pAlive(states, parameters).forEach((value, i) => {
          const state = { x: states.x[i]!, recency: states.recency[i]!, age: states.age[i]! };
          const direct = ggomNbd.one(state, parameters, { delta: 0, days: 7 }).pAlive;
          if (direct > 1e-290)
            expect(relative(value, direct), JSON.stringify({ state, value, direct })).toBeLessThan(1e-9);
        });
      }),
      { numRuns: runs(40), seed: 1 },
    );
  });

  it('has the derivatives of finite differences', () => {
    const groups = fc.array(customersUpTo(30, 250), { minLength: 5, maxLength: 8 });
    fc.assert(
      fc.property(groups, usual, (customers, parameters) => {
        const states = statesOf(customers);
        const { value, gradient, hessian } = ggomEvaluate(states, parameters);
        expect(relative(value, ggomNbd.logLikelihood(states, parameters))).toBeLessThan(1e-13);
        const size = Math.abs(value);
        parameters.forEach((p, i) => {
          const [up, down] = [p * 1e-5, -p * 1e-5].map((h) => ggomEvaluate(states, parameters.with(i, p + h)));
          const slope = (up!.value - down!.value) / 2e-5;
          expect(Math.abs(slope - p * gradient[i]!) / size).toBeLessThan(1e-7);
          parameters.forEach((q, j) => {
            const bend = (q * (up!.gradient[j]! - down!.gradient[j]!)) / 2e-5;
            expect(Math.abs(bend - p * q * hessian[i]![j]!) / size).toBeLessThan(1e-6);
          });
        });
      }),
      { numRuns: runs(20), seed: 2 },
    );
  });

  it('tends to that of Pareto/NBD as b tends to 0, and so does all the rest', () => {
    const states = statesOf([0, 0, 1, 3, 12].map((x, i) => ({ x, recency: x * 20, age: x * 20 + i * 30 })));
    const [ggom, pareto] = [
      [0.5, 10, 1e-9, 0.6, 12e-9],
      [0.5, 10, 0.6, 12],
    ];
    const near = (one: number, other: number): void => expect(relative(one, other)).toBeLessThan(1e-6);
    near(ggomNbd.logLikelihood(states, ggom!), paretoNbd.logLikelihood(states, pareto!));
    const alive = ggomNbd.pAlive(states, ggom!);
    paretoNbd.pAlive(states, pareto!).forEach((p, i) => {
      near(alive[i]!, p);
    });
    for (const window of [
      { delta: 3e-4, days: null },
      { delta: 3e-4, days: 1095.75 },
      { delta: 0, days: 365.25 },
    ]) {
      const expected = ggomNbd.purchases(states, ggom!, alive, window);
      paretoNbd.purchases(states, pareto!, alive, window).forEach((value, i) => {
        near(expected[i]!, value);
      });
      const pairs = ggomNbd.pairs!(states, ggom!, alive, window);
      paretoNbd.pairs!(states, pareto!, alive, window).forEach((value, i) => {
        near(pairs[i]!, value);
      });
    }
  });
});

describe('purchases to come', () => {
  const windows = fc.record({
    b: logUniform(1e-5, 5),
    s: logUniform(0.02, 50),
    beta: logUniform(1e-6, 1e5),
    delta: fc.oneof(fc.constant(0), logUniform(1e-7, 0.01)),
  });

  it('horizons add up', () => {
    fc.assert(
      fc.property(windows, logUniform(1, 5000), logUniform(1, 5000), ({ b, s, beta, delta }, first, next) => {
        const carried = Math.exp(-delta * first - s * logRise(b, beta, first / 7));
        const later = laterBeta(b, beta, first / 7);
        for (const [whole, rest] of [
          [first + next, next],
          [null, null],
        ]) {
          const start = discountedLife(b, s, beta, { delta, days: first });
          const end = discountedLife(b, s, later, { delta, days: rest! });
          expect(relative(discountedLife(b, s, beta, { delta, days: whole! }), start + carried * end)).toBeLessThan(
            1e-11,
          );
        }
      }),
      { numRuns: runs(200), seed: 3 },
    );
  });

  it('are the integral of the definition; without discounting the limit of little', () => {
    fc.assert(
      fc.property(windows, logUniform(1, 1000), ({ b, s, beta, delta }, days) => {
        const value = discountedLife(b, s, beta, { delta, days });
        const end = Math.log1p((days / 7) * 1e8);
        const plain = integrate(
          (v) => {
            const u = Math.expm1(v) / 1e8;
            return Math.exp(v - 7 * delta * u - s * logRise(b, beta, u)) / 1e8;
          },
          0,
          end,
          400,
          20,
        );
        expect(relative(value, plain)).toBeLessThan(1e-9);
      }),
      { numRuns: runs(40), seed: 4 },
    );
    const [count, little] = [0, 1e-13].map((delta) => discountedLife(0.05, 0.7, 3, { delta, days: null }));
    expect(relative(count!, little!)).toBeLessThan(1e-10);
  });

  it('do not depend on the unit of time', () => {
    fc.assert(
      fc.property(customersUpTo(50), usual, ({ x, recency, age }, [r, alpha, b, s, beta]) => {
        const longer = { x, recency: recency * 7, age: age * 7 };
        const one = ggomNbd.one({ x, recency, age }, [r!, alpha!, b!, s!, beta!], { delta: 1e-3, days: 300 });
        const other = ggomNbd.one(longer, [r!, alpha! * 7, b! / 7, s!, beta!], { delta: 1e-3 / 7, days: 2100 });
        expect(relative(one.purchases, other.purchases)).toBeLessThan(1e-11);
      }),
      { numRuns: runs(50), seed: 5 },
    );
  });

  it('of all states are those of each customer', () => {
    const states = statesOf([3, 0, 12, 1].map((x, i) => ({ x, recency: x * 20, age: x * 20 + i * 30 })));
    const parameters = [0.5, 10, 0.05, 0.7, 5];
    const window = { delta: 3e-4, days: null };
    ggomNbd.purchases(states, parameters, ggomNbd.pAlive(states, parameters), window).forEach((value, i) => {
      const state = { x: states.x[i]!, recency: states.recency[i]!, age: states.age[i]! };
      expect(relative(value, ggomNbd.one(state, parameters, window).purchases)).toBeLessThan(1e-11);
    });
  });
});
