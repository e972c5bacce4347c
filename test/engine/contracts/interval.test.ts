import { describe, expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import { contractInterval } from '../../../src/engine/contracts/interval.ts';
import { contractValues, type Terms } from '../../../src/engine/contracts/value.ts';
import { sbg } from '../../../src/models/contracts/sbg.ts';

const TERMS: Terms = {
  model: sbg,
  parameters: [0.764, 1.296],
  rates: { discount: new Decimal('.1'), growth: new Decimal(0) },
  periods: null,
  timing: 'existing-start',
  rate: null,
  digits: 2,
  cost: null,
};
const MARGINS = Float64Array.of(900, 400, 100);
const COVARIANCE = [
  [0.0004, 0],
  [0, 0.0009],
];

function equityBy(parameters: readonly number[]): number {
  const values = contractValues({ ...TERMS, parameters }, 2);
  return MARGINS.reduce((sum, margin, made) => sum + margin * values.factor(made).toNumber(), 0);
}

describe('an interval of contracts beside an edge', () => {
  const [low, high] = contractInterval(TERMS, MARGINS, COVARIANCE)!;
  const middle = (low + high) / 2;

  it('is that of the parameters alone where nothing lies across it, and of no errors there is none', () => {
    expect(contractInterval(TERMS, MARGINS, COVARIANCE, [])).toEqual([low, high]);
    expect(contractInterval(TERMS, MARGINS, null)).toBeNull();
  });

  it.each([
    ['more', [0.6, 1.6]],
    ['less', [1.1, 1.1]],
  ])('reaches farther to the side on which equity is %s across it, and there alone', (side, parameters) => {
    const far = equityBy(parameters) - middle;
    expect(far > 0).toBe(side === 'more');
    const [below, above] = contractInterval(TERMS, MARGINS, COVARIANCE, [{ ...TERMS, parameters }])!;
    expect(middle - below).toBeCloseTo(side === 'less' ? Math.hypot(middle - low, far) : middle - low, 8);
    expect(above - middle).toBeCloseTo(side === 'more' ? Math.hypot(high - middle, far) : high - middle, 8);
  });
});
