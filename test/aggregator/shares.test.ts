import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundedParts, sharesOf } from '../../src/aggregator/shares.ts';
import { parseUnits, rescale } from '../../src/base/money.ts';

const sum = (texts: readonly (string | null)[], digits: number) =>
  texts.reduce((total, text) => total + parseUnits(text!, digits)!, 0n);

describe('shares', () => {
  it('sum to exactly 1 and lie within a millionth of the true share', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(-1000n, 10n ** 15n), { minLength: 1, maxLength: 40 }), (parts) => {
        const whole = parts.reduce((total, part) => total + part, 0n);
        const shares = sharesOf(parts);
        if (whole <= 0n) expect(shares.every((share) => share === null)).toBe(true);
        else {
          expect(sum(shares, 6)).toBe(1_000_000n);
          for (const [i, share] of shares.entries()) {
            const gap = parseUnits(share!, 6)! * whole - parts[i]! * 1_000_000n;
            expect(gap < whole && gap > -whole).toBe(true);
          }
        }
      }),
    );
  });

  it('thirds: the largest remainder goes to the first', () => {
    expect(sharesOf([1n, 1n, 1n])).toEqual(['0.333334', '0.333333', '0.333333']);
    expect(sharesOf([5n])).toEqual(['1.000000']);
    expect(sharesOf([0n, 0n])).toEqual([null, null]);
  });

  it('rounded parts sum to the rounded total', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(-(10n ** 20n), 10n ** 20n), { minLength: 1, maxLength: 20 }), (parts) => {
        const total = parts.reduce((a, b) => a + b, 0n);
        expect(sum(roundedParts(parts, 10, 2), 2)).toBe(rescale(total, 10, 2));
      }),
    );
  });
});
