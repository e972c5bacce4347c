import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BuyingModel } from '../../src/models/model.ts';
import { integrate } from '../../src/models/numeric/quadrature.ts';
import { buyingModel } from '../../src/models/registry.ts';
import { runs } from '../runs.ts';
import { type Customer, statesOf } from './customers.ts';

const MODELS: readonly [string, readonly number[]][] = [
  ['pareto-nbd', [0.55, 10.6, 0.61, 11.7]],
  ['ggom-nbd', [0.55, 10.6, 0.02, 0.5, 0.8]],
  ['exponential-nbd', [1.2, 20, 0.01]],
  ['zero-inflated-nbd', [1.2, 20, 0.3]],
  ['pareto-poisson', [0.06, 0.7, 30]],
  ['nbd', [1.2, 20]],
  ['bg-nbd', [0.24, 4.4, 0.79, 2.4]],
  ['mbg-nbd', [0.52, 6.2, 0.89, 1.6]],
  ['mbg-cnbd-2', [1.33, 2.8, 0.42, 0.79]],
  ['mg-nbd', [0.52, 6.2, 0.2]],
];

const model = (name: string): BuyingModel => buyingModel(name)!;

const customers: fc.Arbitrary<readonly Customer[]> = fc.array(
  fc.record({ x: fc.nat(12), gap: fc.nat(300), rest: fc.nat(500) }).map(({ x, gap, rest }) => {
    const recency = x === 0 ? 0 : x + gap;
    return { x, recency, age: recency + rest };
  }),
  { minLength: 1, maxLength: 8 },
);

/** P(at least one purchase) and the purchases expected, of every state within so many days. */
function within(name: string, parameters: readonly number[], rows: readonly Customer[], days: number | null) {
  const states = statesOf(rows);
  const pAlive = model(name).pAlive(states, parameters);
  const window = { delta: 0, days };
  return {
    states,
    pAlive,
    bought: model(name).buyAgain!(states, parameters, pAlive, window),
    expected: model(name).purchases(states, parameters, pAlive, { delta: 0.0003, days }),
    counted: days === null ? null : model(name).purchases(states, parameters, pAlive, window),
  };
}

describe('the chance of a purchase', () => {
  it.each(MODELS)(
    '%s: grows with the window up to P(alive), is at most what is expected, and that where it is small',
    (name, parameters) => {
      fc.assert(
        fc.property(customers, (rows) => {
          const [hour, month, year, life] = [0.02, 30, 365, null].map((days) => within(name, parameters, rows, days));
          hour!.bought.forEach((bought, i) => {
            expect(bought).toBeLessThanOrEqual(hour!.counted![i]! * (1 + 1e-6) + 1e-12);
            if (hour!.counted![i]! > 1e-6) expect(bought / hour!.counted![i]!).toBeCloseTo(1, 2);
            expect(month!.bought[i]).toBeLessThanOrEqual(month!.counted![i]! * (1 + 1e-6));
            expect(bought).toBeLessThanOrEqual(month!.bought[i]! + 1e-9);
            expect(month!.bought[i]).toBeLessThanOrEqual(year!.bought[i]! + 1e-9);
            expect(year!.bought[i]).toBeLessThanOrEqual(life!.bought[i]! + 1e-4);
            expect(life!.bought[i]).toBeLessThanOrEqual(life!.pAlive[i]! + 1e-12);
          });
        }),
        { numRuns: runs(50) },
      );
    },
  );

  it('Pareto/NBD: is that of the first purchase while alive, integrated over its time', () => {
    const [r, alpha, s, beta] = [0.55, 10.6, 0.61, 11.7];
    fc.assert(
      fc.property(customers, fc.integer({ min: 1, max: 4000 }), (rows, days) => {
        const { states, pAlive, bought } = within('pareto-nbd', [r, alpha, s, beta], rows, days);
        bought.forEach((chance, i) => {
          const [n, c, b] = [r + states.x[i]!, alpha + states.age[i]! / 7, beta + states.age[i]! / 7];
          const density = (v: number): number => {
            const u = c * Math.expm1(v);
            return n * Math.exp(-n * v) * (1 + u / b) ** -s;
          };
          expect(chance / pAlive[i]!).toBeCloseTo(integrate(density, 0, Math.log1p(days / 7 / c), 40, 20), 6);
        });
      }),
      { numRuns: runs(100) },
    );
  });

  it.each([
    ['exponential-nbd', [1.2, 20, 0.004], [1.2, 20, 2e4, 2e4 / 0.004]],
    ['nbd', [1.2, 20], [1.2, 20, 0.5, 1e12]],
    ['pareto-poisson', [0.06, 0.7, 30], [2e4, 2e4 / 0.06, 0.7, 30]],
  ])('%s: is what that of Pareto/NBD tends to', (name, own, near) => {
    fc.assert(
      fc.property(customers, (rows) => {
        const [limit, general] = [within(name, own, rows, 700), within('pareto-nbd', near, rows, 700)];
        limit.bought.forEach((bought, i) => {
          expect(bought).toBeCloseTo(general.bought[i]!, 2);
        });
      }),
      { numRuns: runs(40) },
    );
  });
});
