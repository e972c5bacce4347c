import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal, ZERO } from '../../../src/base/decimal.ts';
import { presentMoments, renewalsVariance } from '../../../src/engine/contracts/outcome.ts';
import { residualFactors } from '../../../src/engine/contracts/residual.ts';
import { TIMINGS, type Timing } from '../../../src/engine/contracts/timing.ts';
import type { Terms } from '../../../src/engine/contracts/value.ts';
import { constantRetention } from '../../../src/models/contracts/constant-retention.ts';
import { sbg } from '../../../src/models/contracts/sbg.ts';
import { runs } from '../../runs.ts';

const termsOf = (others: Partial<Terms>): Terms => ({
  ...{ model: sbg, parameters: [0.764, 1.296], periods: null, timing: 'existing-start', rate: null, digits: 2 },
  rates: { discount: new Decimal('0.1'), growth: ZERO },
  cost: null,
  ...others,
});

/** Moments by every way that a customer may go: leave at the k-th of so many renewals, or at none of them. */
function everyWay({ parameters, periods, timing, rates }: Terms, made: number): [number, number] {
  const { renewals, delay } = TIMINGS[timing];
  const z = (1 + rates.growth.toNumber()) / (1 + rates.discount.toNumber());
  const later = (1 + rates.discount.toNumber()) ** -delay.toNumber();
  const most = periods! - 1 + renewals;
  let [left, mean, square] = [1, 0, 0];
  for (let k = 0; k <= most; k++) {
    const stays = k === most ? 0 : sbg.retention(parameters, made + k + 1);
    const paid = k + 1 - renewals;
    const value = later * Array.from({ length: paid }, (_, t) => z ** t).reduce((sum, one) => sum + one, 0);
    mean += left * (1 - stays) * value;
    square += left * (1 - stays) * value ** 2;
    left *= stays;
  }
  return [mean, square];
}

describe('the present value of what a subscriber brings', () => {
  const rate = fc.integer({ min: 1, max: 300 }).map((thousandths) => new Decimal(thousandths).div(1000));
  const parameters = fc.tuple(
    fc.double({ min: 0.2, max: 5, noNaN: true }),
    fc.double({ min: 0.2, max: 9, noNaN: true }),
  );

  it('has the moments of every way that a customer may go', () => {
    fc.assert(
      fc.property(
        ...[parameters, rate, rate, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 6 })],
        fc.constantFrom(...(Object.keys(TIMINGS) as Timing[])),
        (found, discount, growth, periods, made, timing) => {
          const terms = termsOf({ parameters: found, rates: { discount, growth }, periods, timing });
          const moments = presentMoments(terms, made)!;
          const [mean, square] = everyWay(terms, made);
          expect(moments.mean[made]! / mean).toBeCloseTo(1, 10);
          expect(moments.square[made]! / square).toBeCloseTo(1, 10);
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it('is expected to be what the subscriber is worth, for life too', () => {
    fc.assert(
      fc.property(
        parameters,
        rate,
        fc.constantFrom(...(Object.keys(TIMINGS) as Timing[])),
        (found, discount, timing) => {
          const terms = termsOf({ parameters: found, rates: { discount, growth: ZERO }, timing });
          const factors = residualFactors(terms, 5, timing);
          const { mean, square } = presentMoments(terms, 5)!;
          for (const [n, factor] of factors.entries()) {
            expect(mean[n]! / factor).toBeCloseTo(1, 10);
            expect(square[n]!).toBeGreaterThanOrEqual(mean[n]! ** 2 * (1 - 1e-12));
          }
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it('of one rate for life varies by the closed form, z² r (1 − r) / ((1 − z² r) (1 − z r)²) of what is paid at a renewal', () => {
    const [r, z] = [0.8, 1 / 1.1];
    const terms = termsOf({ model: constantRetention, parameters: [r], rate: new Decimal(r) });
    const { mean, square } = presentMoments(terms, 0)!;
    const expected = (r * (1 - r)) / ((1 - z * z * r) * (1 - z * r) ** 2);
    expect(square[0]! - mean[0]! ** 2).toBeCloseTo(expected, 8);
  });

  it('has no known variance where a lifetime is not discounted', () => {
    expect(presentMoments(termsOf({ rates: { discount: ZERO, growth: ZERO } }), 0)).toBeNull();
  });
});

describe('the renewals of customers', () => {
  const outcomes = {
    ...{ length: 1, made: Int32Array.of(2), decided: Int32Array.of(1), renewed: Int32Array.of(1) },
    ...{ count: Float64Array.of(10), margin: Float64Array.of(0) },
  };

  it('vary as coins do where each has one to make', () => {
    const r = sbg.retention([1, 3], 3);
    expect(renewalsVariance(sbg, [1, 3], null, outcomes)).toBeCloseTo(10 * r * (1 - r), 12);
  });

  it('vary more by what is not known of the parameters: of one rate by n² Var(r)', () => {
    const known = renewalsVariance(constantRetention, [0.7], null, outcomes);
    expect(renewalsVariance(constantRetention, [0.7], [[0.01]], outcomes) - known).toBeCloseTo(100 * 0.01, 6);
  });
});
