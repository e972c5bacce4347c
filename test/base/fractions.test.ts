import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, type Fraction, minus, plus, times, unitsOf } from '../../src/base/fractions.ts';

const fraction = fc.record({ n: fc.bigInt(-1000n, 1000n), d: fc.bigInt(1n, 50n) });
const isSame = (a: Fraction, b: Fraction): boolean => a.n * b.d === b.n * a.d;

describe('fractions', () => {
  it('of one divisor and of two: 1/6, 5/6, 3/4', () => {
    const [sixth, most, quarters] = [
      { n: 1n, d: 6n },
      { n: 5n, d: 6n },
      { n: 3n, d: 4n },
    ];
    expect(minus(most, sixth)).toEqual({ n: 4n, d: 6n });
    expect(plus(most, sixth)).toEqual({ n: 6n, d: 6n });
    expect(minus(most, quarters)).toEqual({ n: 2n, d: 24n });
    expect(times(most, quarters)).toEqual({ n: 15n, d: 24n });
    expect([compare(most, quarters), compare(quarters, most), compare(most, { n: 10n, d: 12n })]).toEqual([1, -1, 0]);
  });

  it('add and multiply as numbers do', () => {
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(isSame(minus(plus(a, b), b), a)).toBe(true);
        expect(isSame(plus(a, b), plus(b, a))).toBe(true);
        expect(isSame(times(a, plus(b, c)), plus(times(a, b), times(a, c)))).toBe(true);
        expect(compare(a, b)).toBe(Math.sign(Number(a.n * b.d - b.n * a.d)));
      }),
    );
  });

  it.each([
    [{ n: 1n, d: 8n }, 2, 12n],
    [{ n: 3n, d: 8n }, 2, 38n],
    [{ n: -1n, d: 8n }, 2, -12n],
    [{ n: 2n, d: 3n }, 4, 6667n],
    [{ n: -2n, d: 3n }, 0, -1n],
    [{ n: 7n, d: 1n }, 0, 7n],
  ] as const)('%o in units of 10^-%i is %s, half to even', (value, digits, units) => {
    expect(unitsOf(value, digits)).toBe(units);
  });
});
