import gammaln from '@stdlib/math-base-special-gammaln';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import { type Contract, prospectFactor, residualFactors } from '../../../src/engine/contracts/residual.ts';
import { residualInterval } from '../../../src/engine/contracts/residual-interval.ts';
import { presentValue } from '../../../src/engine/contracts/retention.ts';
import { bdw } from '../../../src/models/contracts/bdw.ts';
import { sbg } from '../../../src/models/contracts/sbg.ts';

const rates = (d: number, g = 0) => ({ discount: new Decimal(d), growth: new Decimal(g) });
const PUBLISHED: Contract = { model: sbg, parameters: [0.764, 1.296], rates: rates(0.1), periods: null };

/** E of the constant-rate value over the customers of a tenure, whose p ~ Beta(α, β + tenure): trapezoid in the logit. */
function byMixing([alpha, beta]: number[], tenure: number, z: number): number {
  const [a, b] = [alpha!, beta! + tenure];
  const logNorm = gammaln(a + b) - gammaln(a) - gammaln(b);
  const step = 1 / 64;
  let sum = 0;
  for (let u = -400 / Math.min(a, 1); u <= 60; u += step) {
    const stay = 1 / (1 + Math.exp(u));
    const leave = 1 / (1 + Math.exp(-u));
    const density = Math.exp(logNorm - a * Math.log1p(Math.exp(-u)) - b * Math.log1p(Math.exp(u)));
    sum += (density * stay) / (1 - z + z * leave);
  }
  return sum * step;
}

describe('residual values of contracts whose customers differ', () => {
  it('288.22, 393.94, 568.25 at the end of periods 1, 2, 5 (Fader & Hardie 2010)', () => {
    const factors = residualFactors(PUBLISHED, 4);
    expect([0, 1, 4].map((tenure) => (100 * factors[tenure]!).toFixed(2))).toEqual(['288.22', '393.94', '568.25']);
  });

  it('are right to 12 digits, for any tenure and rate', () => {
    for (const [parameters, d] of [
      [[0.764, 1.296], 0.1],
      [[0.5, 4], 0.01],
      [[3, 20], 0.00797414],
      [[0.05, 0.3], 0.15],
    ] as const) {
      const factors = residualFactors({ model: sbg, parameters, rates: rates(d), periods: null }, 6);
      for (const tenure of [0, 3, 6]) {
        const expected = byMixing([...parameters], tenure, 1 / (1 + d));
        expect(Math.abs(factors[tenure]! / expected - 1)).toBeLessThan(1e-12);
      }
    }
  });

  it('of BdW with c = 1 are those of sBG', () => {
    const same = { ...PUBLISHED, model: bdw, parameters: [0.764, 1.296, 1] };
    residualFactors(PUBLISHED, 8).forEach((factor, tenure) => {
      expect(residualFactors(same, 8)[tenure]).toBeCloseTo(factor, 11);
    });
  });

  it('tend to those of one rate where customers hardly differ', () => {
    const alike: Contract = { model: sbg, parameters: [2e8, 8e8], rates: rates(0.1, 0.02), periods: null };
    for (const timing of ['existing-start', 'existing-end'] as const) {
      const one = presentValue({
        payment: new Decimal(1),
        retention: new Decimal('.8'),
        rates: alike.rates,
        periods: null,
        timing,
      });
      expect(residualFactors(alike, 3, timing)[3]).toBeCloseTo(one.toNumber(), 7);
    }
    for (const timing of ['prospect-start', 'prospect-end', 'mid-period'] as const) {
      for (const periods of [null, 0, 1, 7]) {
        const one = { payment: new Decimal(1), retention: new Decimal('.8'), rates: alike.rates, periods, timing };
        expect(prospectFactor({ ...alike, periods }, timing)).toBeCloseTo(presentValue(one).toNumber(), 7);
      }
    }
  });

  it('without discounting are the expected renewals where these are finite; otherwise E121', () => {
    const finite: Contract = { model: sbg, parameters: [2.5, 4], rates: rates(0), periods: null };
    expect([...residualFactors(finite, 2)]).toEqual([4 / 1.5, 5 / 1.5, 6 / 1.5]);
    expect([...residualFactors({ ...finite, rates: rates(0.05, 0.05) }, 1)]).toEqual([4 / 1.5, 5 / 1.5]);
    const nearly = residualFactors({ ...finite, rates: rates(0.0001) }, 0)[0]!;
    expect(nearly).toBeLessThan(4 / 1.5);
    expect(nearly).toBeGreaterThan((4 / 1.5) * 0.99);
    for (const contract of [
      { ...finite, parameters: [1, 4] },
      { ...finite, rates: rates(0.05, 0.06) },
      { ...finite, model: bdw, parameters: [2.5, 4, 1] },
    ]) {
      expect(() => residualFactors(contract, 2)).toThrow(/E121/);
      expect(() => prospectFactor(contract)).toThrow(/E121/);
      expect(Number.isFinite(residualFactors({ ...contract, periods: 50 }, 2)[0])).toBe(true);
    }
  });

  it('horizons add up: what lies beyond is worth what customers of that tenure will be', () => {
    const shape = fc.double({ min: 0.1, max: 5, noNaN: true });
    const some = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(shape, shape, shape, some, some, fc.option(some), (alpha, beta, c, tenure, near, far) => {
        const contract: Contract = { model: bdw, parameters: [alpha, beta, c], rates: rates(0.1, 0.03), periods: near };
        let reach = 1;
        for (let k = 1; k <= near; k++) reach *= bdw.retention([alpha, beta, c], tenure + k) * (1.03 / 1.1);
        const all = residualFactors({ ...contract, periods: far === null ? null : near + far }, tenure)[tenure]!;
        const beyond = residualFactors({ ...contract, periods: far }, tenure + near)[tenure + near]!;
        const parts = residualFactors(contract, tenure)[tenure]! + reach * beyond;
        expect(Math.abs(parts - all)).toBeLessThan(1e-11 * (1 + all));
      }),
    );
  });
});

describe('interval', () => {
  it('is the delta method: exact where the value is linear in a parameter', () => {
    // One renewal: the value is β/(α+β), its derivative in β α/(α+β)².
    const contract: Contract = { model: sbg, parameters: [1, 3], rates: rates(0.1), periods: 1 };
    const [low, high] = residualInterval(
      contract,
      Float64Array.of(10),
      [
        [0, 0],
        [0, 0.04],
      ],
      'existing-start',
    );
    expect((low + high) / 2).toBeCloseTo(7.5, 12);
    expect(high - low).toBeCloseTo(2 * 1.959963984540054 * 10 * (1 / 16) * 0.2, 7);
  });

  it('adds tenures before it takes the error, since they share the parameters', () => {
    const covariance = [
      [0.01, 0.02],
      [0.02, 0.09],
    ];
    const width = (customers: number[]): number => {
      const [low, high] = residualInterval(PUBLISHED, Float64Array.from(customers), covariance, 'existing-end');
      return high - low;
    };
    expect(width([200, 0])).toBeCloseTo(2 * width([100, 0]), 7);
    expect(width([100, 100])).toBeLessThanOrEqual(width([100, 0]) + width([0, 100]));
    expect(width([0, 0])).toBe(0);
  });
});
