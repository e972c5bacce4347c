import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discountedPurchases, hasOneSteadyState, longRun, moved } from '../../src/engine/switching.ts';

/** The example of formulas.md: two brands, half last bought each, two purchases a year, 10 %. */
const MATRIX = [
  [0.7, 0.3],
  [0.2, 0.8],
];
const HALF = [0.5, 0.5];
const q = 1.1 ** -0.5;
const equities = (from: 0 | 1) =>
  discountedPurchases(MATRIX, HALF, { from, last: 6, discountFactor: q }).map((d, j) => 1000 * [50, 40][j]! * d);

const distribution = (size: number) =>
  fc
    .array(fc.integer({ min: 0, max: 1000 }), { minLength: size, maxLength: size })
    .filter((counts) => counts.some((count) => count > 0))
    .map((counts) => counts.map((count) => count / counts.reduce((a, b) => a + b, 0)));
const markets = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc.record({
    matrix: fc.array(distribution(size), { minLength: size, maxLength: size }),
    mix: distribution(size),
  }),
);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('brand switching (Rust, Lemon & Zeithaml 2004)', () => {
  it('from the purchase made now, and from the next', () => {
    expect(equities(0)[0]).toBeCloseTo(131403.53, 2);
    expect(equities(0)[1]).toBeCloseTo(138680.55, 2);
    expect(equities(1)[0]).toBeCloseTo(106403.53, 2);
    expect(equities(1)[1]).toBeCloseTo(118680.55, 2);
    expect(equities(0)[0]! / sum(equities(0))).toBeCloseTo(0.486528, 6);
    expect(equities(1)[0]! / sum(equities(1))).toBeCloseTo(0.472728, 6);
  });

  it('is the sum taken term by term', () => {
    fc.assert(
      fc.property(
        markets,
        fc.constantFrom(0 as const, 1 as const),
        fc.integer({ min: 0, max: 60 }),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        ({ matrix, mix }, from, last, discountFactor) => {
          const expected = mix.map(() => 0);
          let now = [...mix];
          for (let t = 0; t <= last; t++) {
            if (t >= from) for (const [j, share] of now.entries()) expected[j]! += discountFactor ** t * share;
            now = moved(now, matrix);
          }
          const found = discountedPurchases(matrix, mix, { from, last, discountFactor });
          for (const [j, value] of expected.entries()) expect(found[j]).toBeCloseTo(value, 9);
        },
      ),
    );
  });

  it('for life, all brands together have 1 / (1 − q) purchases, less the one made now', () => {
    fc.assert(
      fc.property(markets, fc.double({ min: 0.5, max: 0.99999, noNaN: true }), ({ matrix, mix }, discountFactor) => {
        const all = (from: 0 | 1) => sum(discountedPurchases(matrix, mix, { from, last: null, discountFactor }));
        expect(all(0) * (1 - discountFactor)).toBeCloseTo(1, 11);
        expect(all(1) * (1 - discountFactor)).toBeCloseTo(discountFactor, 11);
      }),
    );
  });

  it('a horizon before the first purchase has none', () => {
    expect(discountedPurchases(MATRIX, HALF, { from: 1, last: 0, discountFactor: q })).toEqual([0, 0]);
  });

  it('the steady state is what a step leaves as it is', () => {
    const [row] = longRun(MATRIX);
    expect(row![0]).toBeCloseTo(0.4, 14);
    fc.assert(
      fc.property(markets, ({ matrix, mix }) => {
        const steady = moved(mix, longRun(matrix));
        expect(sum(steady)).toBeCloseTo(1, 12);
        for (const [j, share] of moved(steady, matrix).entries()) expect(share).toBeCloseTo(steady[j]!, 9);
      }),
    );
  });

  it('a cycle is averaged, and groups that keep to themselves end up with what they have', () => {
    const cycle = [
      [0, 1],
      [1, 0],
    ];
    expect(longRun(cycle)).toEqual([HALF, HALF]);
    const loyal = [
      [1, 0, 0],
      [0, 1, 0],
      [0.25, 0.25, 0.5],
    ];
    const limit = longRun(loyal);
    expect(hasOneSteadyState(limit)).toBe(false);
    expect(hasOneSteadyState(longRun(MATRIX))).toBe(true);
    expect(moved([0.2, 0.4, 0.4], limit)).toEqual([expect.closeTo(0.4, 12), expect.closeTo(0.6, 12), 0]);
  });

  it('however slow the switching', () => {
    const slow = [
      [1 - 3e-10, 3e-10],
      [1e-10, 1 - 1e-10],
    ];
    expect(longRun(slow)[0]![0]).toBeCloseTo(0.25, 6);
  });
});
