import gammaln from '@stdlib/math-base-special-gammaln';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { weibullQuantile } from '../../../src/models/numeric/weibull.ts';
import { runs } from '../../runs.ts';

it('is the quantile of the Weibull law that has the mean square', () => {
  const shapes = fc.double({ min: Math.log(0.3), max: Math.log(300), noNaN: true }).map(Math.exp);
  fc.assert(
    fc.property(shapes, fc.double({ min: 1e-6, max: 0.999, noNaN: true }), (shape, p) => {
      const mean = Math.exp(gammaln(1 + 1 / shape));
      const ratio = Math.exp(gammaln(1 + 2 / shape)) / mean ** 2;
      expect(weibullQuantile(ratio, p) / ((-Math.log1p(-p)) ** (1 / shape) / mean)).toBeCloseTo(1, 6);
    }),
    { numRuns: runs(500) },
  );
});

it('is exponential where the mean square is twice the square of the mean', () => {
  expect(weibullQuantile(2, 0.025)).toBeCloseTo(-Math.log(0.975), 9);
});
