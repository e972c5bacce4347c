import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { States } from '../../../src/data/states.ts';
import type { PurchaseWindow } from '../../../src/models/model.ts';
import { paretoEvaluate } from '../../../src/models/pareto-nbd/derivatives.ts';
import { paretoNbd } from '../../../src/models/pareto-nbd/pareto-nbd.ts';
import { discountedTime } from '../../../src/models/while-alive/pareto-time.ts';
import { runs } from '../../runs.ts';
import { type Customer, statesOf } from '../customers.ts';

const logUniform = (low: number, high: number): fc.Arbitrary<number> =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const shapes = logUniform(0.05, 8);
const scales = logUniform(0.05, 500);
const parametersOf = fc.tuple(shapes, scales, shapes, scales).map((values) => values as number[]);

/** A purchase day at most once: x ≤ t_x ≤ T. */
const customersUpTo = (most: number): fc.Arbitrary<Customer> =>
  fc.tuple(fc.integer({ min: 0, max: most }), fc.nat(1500), fc.nat(1500)).map(([x, more, idle]) => {
    const recency = x === 0 ? 0 : x + more;
    return { x, recency, age: recency + idle };
  });

const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1e-300);

describe('the day grid', () => {
  it('gives P(alive) of direct integration, however short α and β, for x up to 4000', () => {
    const extreme = fc.tuple(shapes, logUniform(1e-4, 1e3), shapes, logUniform(1e-4, 1e3));
    fc.assert(
      fc.property(fc.array(customersUpTo(4000), { minLength: 1, maxLength: 8 }), extreme, (customers, parameters) => {
        const states = statesOf(customers);
        const alive = paretoNbd.pAlive(states, parameters);
        expect(Number.isFinite(paretoNbd.logLikelihood(states, parameters))).toBe(true);
        alive.forEach((value, i) => {
          const state = { x: states.x[i]!, recency: states.recency[i]!, age: states.age[i]! };
          const direct = paretoNbd.one(state, parameters, { delta: 0, days: 7 }).pAlive;
          expect(relative(value, direct), JSON.stringify({ state, value, direct })).toBeLessThan(1e-9);
        });
      }),
      { numRuns: runs(30), seed: 1 },
    );
  });

  it('does not depend on the other states', () => {
    fc.assert(
      fc.property(
        fc.array(customersUpTo(40), { minLength: 2, maxLength: 12 }),
        parametersOf,
        (customers, parameters) => {
          const together = paretoNbd.logLikelihood(statesOf(customers), parameters);
          const apart = customers.map((customer) => paretoNbd.logLikelihood(statesOf([customer]), parameters));
          expect(
            relative(
              together,
              apart.reduce((a, b) => a + b, 0),
            ),
          ).toBeLessThan(1e-10);
        },
      ),
      { numRuns: runs(50), seed: 2 },
    );
  });
});

describe('derivatives of the log-likelihood', () => {
  it('are those of finite differences', () => {
    fc.assert(
      fc.property(
        fc.array(customersUpTo(30), { minLength: 5, maxLength: 20 }),
        parametersOf,
        (customers, parameters) => {
          const states = statesOf(customers);
          const { value, gradient, hessian } = paretoEvaluate(states, parameters);
          expect(relative(value, paretoNbd.logLikelihood(states, parameters))).toBeLessThan(1e-12);
          const size = Math.abs(value);
          parameters.forEach((p, i) => {
            const step = p * 1e-5;
            const [up, down] = [step, -step].map((h) => paretoEvaluate(states, parameters.with(i, p + h)));
            const slope = (up!.value - down!.value) / (2 * step);
            expect(Math.abs(slope - gradient[i]!) * p).toBeLessThan(1e-8 * size);
            parameters.forEach((other, j) => {
              const bend = (up!.gradient[j]! - down!.gradient[j]!) / (2 * step);
              expect(Math.abs(bend - hessian[i]![j]!) * p * other).toBeLessThan(1e-8 * size);
            });
          });
        },
      ),
      { numRuns: runs(60), seed: 3 },
    );
  });
});

describe('derivatives of expected purchases', () => {
  const windows = fc.oneof(
    fc.record({ delta: logUniform(1e-6, 0.01), days: fc.constantFrom(null, 1, 90, 3000) }),
    fc.record({ delta: fc.constantFrom(0, -1e-4), days: fc.constantFrom(1, 90, 3000) }),
  );
  const slopes = (states: States, parameters: readonly number[], i: number, window: PurchaseWindow) => {
    const at = (step: number): Float64Array => {
      const other = parameters.with(i, parameters[i]! * (1 + step));
      return paretoNbd.purchases(states, other, paretoNbd.pAlive(states, other), window);
    };
    const central = (step: number): Float64Array => {
      const [up, down] = [at(step), at(-step)];
      return up.map((value, k) => (value - down[k]!) / (2 * step));
    };
    const [wide, narrow] = [central(4e-4), central(2e-4)];
    return narrow.map((value, k) => (4 * value - wide[k]!) / 3);
  };

  it('are those of finite differences, whatever the window', () => {
    fc.assert(
      fc.property(
        fc.array(customersUpTo(30), { minLength: 1, maxLength: 12 }),
        parametersOf,
        windows,
        (customers, parameters, window) => {
          const states = statesOf(customers);
          const expected = paretoNbd.purchases(states, parameters, paretoNbd.pAlive(states, parameters), window);
          paretoNbd.purchaseGradients!(states, parameters, window).forEach((gradient, i) => {
            const differences = slopes(states, parameters, i, window);
            gradient.forEach((slope, k) => {
              const size = Math.max(expected[k]!, Math.abs(differences[k]!));
              expect(Math.abs(slope * parameters[i]! - differences[k]!)).toBeLessThanOrEqual(1e-8 * size);
            });
          });
        },
      ),
      { numRuns: runs(25), seed: 6 },
    );
  });

  it('are those of life without discounting where it is finite, and none where it is not', () => {
    const states = statesOf([{ x: 2, recency: 100, age: 300 }]);
    const window = { delta: 0, days: null };
    const [, , inS, inBeta] = paretoNbd.purchaseGradients!(states, [0.5, 10, 1.6, 12], window);
    const [s, beta] = [2, 3].map((i) => slopes(states, [0.5, 10, 1.6, 12], i, window)[0]!);
    expect(relative(inS![0]! * 1.6, s!)).toBeLessThan(1e-8);
    expect(relative(inBeta![0]! * 12, beta!)).toBeLessThan(1e-8);
    expect(paretoNbd.purchaseGradients!(states, [0.5, 10, 0.9, 12], window)[2]![0]).toBeNaN();
  });
});

describe('the future', () => {
  const windows = fc.record({ s: logUniform(0.01, 50), later: logUniform(0.01, 1e4), delta: logUniform(1e-9, 0.01) });

  it('adds up over horizons', () => {
    fc.assert(
      fc.property(windows, logUniform(1, 5000), logUniform(1, 5000), ({ s, later, delta }, first, second) => {
        const whole = discountedTime(s, later, { delta, days: first + second });
        const start = discountedTime(s, later, { delta, days: first });
        const weeks = first / 7;
        const rest = discountedTime(s, later + weeks, { delta, days: second });
        const carried = Math.exp(-delta * first - s * Math.log1p(weeks / later));
        expect(relative(whole, start + carried * rest)).toBeLessThan(1e-11);
        const life = discountedTime(s, later, { delta, days: null });
        const onwards = discountedTime(s, later + weeks, { delta, days: null });
        expect(relative(life, start + carried * onwards)).toBeLessThan(1e-11);
      }),
      { numRuns: runs(500), seed: 4 },
    );
  });

  it('without discounting is the limit of little discounting, s = 1 included', () => {
    for (const s of [0.3, 0.999999999, 1, 1.000000001, 2.5]) {
      const counted = discountedTime(s, 12, { delta: 0, days: 1000 });
      expect(relative(discountedTime(s, 12, { delta: 1e-14, days: 1000 }), counted)).toBeLessThan(1e-10);
    }
    expect(discountedTime(3, 12, { delta: 0, days: null })).toBe(6);
    expect(relative(discountedTime(3, 12, { delta: 1e-9, days: null }), 6)).toBeLessThan(1e-6);
    expect(discountedTime(1, 12, { delta: 0, days: null })).toBe(Number.POSITIVE_INFINITY);
    expect(discountedTime(0.5, 12, { delta: 0, days: 0 })).toBe(0);
  });

  it('does not depend on the unit of time', () => {
    fc.assert(
      fc.property(customersUpTo(50), parametersOf, ({ x, recency, age }, [r, alpha, s, beta]) => {
        const days = { x, recency, age };
        const longer = { x, recency: recency * 7, age: age * 7 };
        const one = paretoNbd.one(days, [r!, alpha!, s!, beta!], { delta: 1e-3, days: 300 });
        const other = paretoNbd.one(longer, [r!, alpha! * 7, s!, beta! * 7], { delta: 1e-3 / 7, days: 2100 });
        expect(relative(one.purchases, other.purchases)).toBeLessThan(1e-11);
      }),
      { seed: 5 },
    );
  });

  it('of all states is that of each customer', () => {
    const customers = [3, 0, 12, 1].map((x, i) => ({ x, recency: x * 20, age: x * 20 + i * 30 }));
    const states = statesOf(customers);
    const parameters = [0.5, 10, 0.6, 12];
    for (const window of [
      { delta: 3e-4, days: null },
      { delta: 0, days: 365.25 },
      { delta: 0, days: null },
    ]) {
      const all = paretoNbd.purchases(states, parameters, paretoNbd.pAlive(states, parameters), window);
      all.forEach((value, i) => {
        const state = { x: states.x[i]!, recency: states.recency[i]!, age: states.age[i]! };
        const { purchases } = paretoNbd.one(state, parameters, window);
        if (Number.isFinite(value)) expect(relative(value, purchases)).toBeLessThan(1e-11);
        else expect(purchases).toBe(value);
      });
    }
  });
});
