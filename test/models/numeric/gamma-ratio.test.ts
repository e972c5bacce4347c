import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gammaRatioQuantile } from '../../../src/models/numeric/gamma-ratio.ts';
import { runs } from '../../runs.ts';

const shapes = fc.double({ min: Math.log(0.02), max: Math.log(2000), noNaN: true }).map(Math.exp);
const chances = fc.double({ min: 0.001, max: 0.999, noNaN: true });

describe('quantiles of A/B', () => {
  it.each([
    [5, 10, 0.975, 4.2361],
    [2, 30, 0.95, 3.3158],
    [1, 1, 0.975, 647.789],
    [10, 4, 0.025, 1 / 4.4683],
    [120, 120, 0.95, 1.3519],
  ])('F of %s and %s degrees of freedom at %s is %s (tables of F)', (m, n, p, value) => {
    expect((gammaRatioQuantile(m / 2, n / 2, p) * n) / m / value).toBeCloseTo(1, 4);
  });

  it('is in closed form where one of them is exponential', () => {
    fc.assert(
      fc.property(shapes, chances, (shape, p) => {
        // P(A/B ≤ t) = 1 − (1+t)^−b, and (t/(1+t))^a.
        expect(gammaRatioQuantile(1, shape, p) / Math.expm1(-Math.log1p(-p) / shape)).toBeCloseTo(1, 7);
        expect(gammaRatioQuantile(shape, 1, p) * Math.expm1(-Math.log(p) / shape)).toBeCloseTo(1, 7);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('grows with the chance, and turned around is that of B/A', () => {
    fc.assert(
      fc.property(shapes, shapes, chances, chances, (a, b, p, q) => {
        const found = gammaRatioQuantile(a, b, p);
        expect(found * gammaRatioQuantile(b, a, 1 - p)).toBeCloseTo(1, 6);
        expect(Math.sign(gammaRatioQuantile(a, b, q) - found) * Math.sign(q - p)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: runs(1000) },
    );
  });
});
