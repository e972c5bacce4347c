import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FARTHEST, nextPurchaseOf } from '../../../src/engine/customers/next-purchase.ts';
import type { BuyingModel } from '../../../src/models/model.ts';
import { buyingModel } from '../../../src/models/registry.ts';
import { type Customer, gamma, statesOf, uniform } from '../../models/customers.ts';
import { runs } from '../../runs.ts';

const MODELS: readonly [string, readonly number[]][] = [
  ['pareto-nbd', [0.55, 10.6, 0.61, 11.7]],
  ['ggom-nbd', [0.55, 10.6, 0.02, 0.5, 0.8]],
  ['exponential-nbd', [1.2, 20, 0.01]],
  ['bg-nbd', [0.24, 4.4, 0.79, 2.4]],
  ['mbg-cnbd-2', [1.33, 2.8, 0.42, 0.79]],
];

const model = (name: string): BuyingModel => buyingModel(name)!;

const customers: fc.Arbitrary<readonly Customer[]> = fc.array(
  fc.record({ x: fc.nat(12), gap: fc.nat(300), rest: fc.nat(500) }).map(({ x, gap, rest }) => {
    const recency = x === 0 ? 0 : x + gap;
    return { x, recency, age: recency + rest };
  }),
  { minLength: 1, maxLength: 8 },
);

function nextOf(name: string, parameters: readonly number[], rows: readonly Customer[]) {
  const states = statesOf(rows);
  const pAlive = model(name).pAlive(states, parameters);
  return { states, pAlive, ...nextPurchaseOf(states, model(name), parameters, pAlive) };
}

describe('the day of the next purchase', () => {
  it.each(MODELS)('%s: is the first by which so many of those who buy again have bought', (name, parameters) => {
    fc.assert(
      fc.property(customers, (rows) => {
        const { states, pAlive, buysAgain, ...days } = nextOf(name, parameters, rows);
        const within = (i: number, days: number | null): number =>
          model(name).buyAgain!(states, parameters, pAlive, { delta: 0, days, yearly: false })[i]!;
        for (const [part, share] of [
          ['from', 0.1],
          ['median', 0.5],
          ['to', 0.9],
        ] as const)
          days[part].forEach((day, i) => {
            expect(buysAgain[i]).toBe(within(i, null));
            if (pAlive[i]! < 1e-9) return;
            if (day < FARTHEST) expect(within(i, day) / buysAgain[i]!).toBeGreaterThan(share - 1e-9);
            if (day > 1) expect(within(i, day - 1) / buysAgain[i]!).toBeLessThan(share + 1e-9);
          });
      }),
      { numRuns: runs(40) },
    );
  });

  const positive = fc.double({ min: 0.05, max: 60, noNaN: true });
  it.each(MODELS)('%s: is the day that halving finds, whatever the parameters', (name, parameters) => {
    fc.assert(
      fc.property(customers, fc.tuple(...parameters.map(() => positive)), (rows, drawn) => {
        const { states, buysAgain: _, pAlive: __, ...days } = nextOf(name, drawn, rows);
        const alive = new Float64Array(states.length).fill(1);
        const within = (days: number | null): Float64Array =>
          model(name).buyAgain!(states, drawn, alive, { delta: 0, days, yearly: false });
        const ever = within(null);
        const halved = (i: number, share: number): number => {
          let [low, high] = [0, FARTHEST];
          while (high - low > 1) {
            const middle = Math.floor((low + high) / 2);
            if (within(middle)[i]! >= share * ever[i]!) high = middle;
            else low = middle;
          }
          return high;
        };
        for (const [part, share] of [
          ['from', 0.1],
          ['median', 0.5],
          ['to', 0.9],
        ] as const)
          expect([...days[part]]).toEqual([...days[part].keys()].map((i) => halved(i, share)));
      }),
      { numRuns: runs(30) },
    );
  });

  it.each([
    ['nbd', [1.2, 20], 1.2],
    ['mbg-nbd', [0.52, 20, 0.89, 1.6], 0.52],
  ] as const)(
    '%s: where nobody leaves before it, is a quantile of Pareto II with shape r + x and scale α + T',
    (name, parameters, r) => {
      fc.assert(
        fc.property(customers, (rows) => {
          const { states, ...days } = nextOf(name, parameters, rows);
          const quantile = (i: number, share: number): number => {
            const [n, c] = [r + states.x[i]!, 20 + states.age[i]! / 7];
            return Math.min(FARTHEST, Math.ceil(7 * c * ((1 - share) ** (-1 / n) - 1) - 1e-6));
          };
          expect([...days.median]).toEqual([...days.median.keys()].map((i) => quantile(i, 0.5)));
          expect([...days.to]).toEqual([...days.to.keys()].map((i) => quantile(i, 0.9)));
        }),
        { numRuns: runs(40) },
      );
    },
  );

  it('of customers of Pareto/NBD, eight in ten of those who buy again do between the two days, and half by the median', () => {
    const [r, alpha, s, beta] = [0.8, 8, 0.7, 20];
    const random = uniform(11);
    const lived = Array.from({ length: 6000 }, () => {
      const [rate, life] = [gamma(r, random) / alpha, -Math.log(random()) / (gamma(s, random) / beta)];
      const now = 40;
      let [x, last, at] = [0, 0, -Math.log(random()) / rate];
      for (; at < Math.min(life, now); at += -Math.log(random()) / rate) [x, last] = [x + 1, at];
      return {
        x,
        recency: Math.min(7 * now, Math.ceil(7 * last)),
        age: 7 * now,
        next: at < life ? 7 * (at - now) : null,
      };
    });
    const { states, buysAgain, from, median, to } = nextOf('pareto-nbd', [r, alpha, s, beta], lived);
    const placeOf = new Map(Array.from(states.x, (x, i) => [`${x} ${states.recency[i]}`, i]));
    const met = lived.flatMap(({ x, recency, next }) =>
      next === null ? [] : [{ next, at: placeOf.get(`${x} ${recency}`)! }],
    );
    const expected = buysAgain.reduce((sum, chance, i) => sum + chance * states.count[i]!, 0);
    const share = (holds: (one: (typeof met)[number]) => boolean): number => met.filter(holds).length / met.length;
    expect(Math.abs(met.length / expected - 1)).toBeLessThan(0.05);
    expect(Math.abs(share(({ next, at }) => next <= from[at]!) - 0.1)).toBeLessThan(0.02);
    expect(Math.abs(share(({ next, at }) => next <= median[at]!) - 0.5)).toBeLessThan(0.03);
    expect(Math.abs(share(({ next, at }) => next > to[at]!) - 0.1)).toBeLessThan(0.02);
  });
});
