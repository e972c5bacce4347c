import { describe, expect, it } from 'vitest';
import { betaShare } from '../../../src/models/numeric/gamma-ratio.ts';
import { gammaShare } from '../../../src/models/numeric/gamma-share.ts';

describe('shares of Gamma and Beta', () => {
  it.each([1e-4, 0.01, 0.5, 1, 2, 5, 30])('Gamma(1) is exponential, at %f', (x) => {
    expect(gammaShare(1, x)).toBeCloseTo(-Math.expm1(-x), 13);
  });

  it.each([0.001, 0.5, 3, 3.9, 4.1, 20])('Gamma(3) is by parts, at %f', (x) => {
    expect(gammaShare(3, x)).toBeCloseTo(1 - Math.exp(-x) * (1 + x + (x * x) / 2), 12);
  });

  it('Gamma(1/2) is the square of a normal: 95 % lie below 1.96²/2', () => {
    expect(gammaShare(0.5, 1.959963984540054 ** 2 / 2)).toBeCloseTo(0.95, 12);
  });

  it('is none at 0 and all without end, for shapes of any size', () => {
    for (const shape of [1e-4, 0.2, 1, 1000]) {
      expect(gammaShare(shape, 0)).toBe(0);
      expect(gammaShare(shape, Number.POSITIVE_INFINITY)).toBe(1);
      expect(gammaShare(shape, 1e5)).toBeCloseTo(1, 12);
    }
    // Of a large shape half lie below the median, about a third below the mean.
    expect(gammaShare(1000, 1000 - 1 / 3)).toBeCloseTo(0.5, 5);
  });

  it.each([0, 0.2, 0.5, 0.9, 1])(
    'Beta(1, 1) is even, Beta(2, 1) a square, Beta(1, 3) what is left of a cube, at %f',
    (p) => {
      expect(betaShare(1, 1, p)).toBeCloseTo(p, 12);
      expect(betaShare(2, 1, p)).toBeCloseTo(p * p, 12);
      expect(betaShare(1, 3, p)).toBeCloseTo(1 - (1 - p) ** 3, 12);
    },
  );

  it('Beta(1/2, 1/2) is the law of the arc sine', () => {
    for (const p of [0.01, 0.3, 0.77])
      expect(betaShare(0.5, 0.5, p)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(p)), 12);
  });
});
