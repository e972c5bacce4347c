import { describe, expect, it } from 'vitest';
import { Decimal } from '../../src/base/decimal.ts';
import { deltaPerDay } from '../../src/engine/discount.ts';

describe('discounting', () => {
  it('15 % a year is .00267853 a week, continuous (formulas: Discounting)', () => {
    expect(deltaPerDay(new Decimal('0.15')) * 7).toBeCloseTo(0.00267853, 8);
    expect(deltaPerDay(new Decimal(0))).toBe(0);
  });

  it('a year at δ is the annual rate', () => {
    expect(Math.exp(deltaPerDay(new Decimal('0.1')) * 365.25)).toBeCloseTo(1.1, 13);
  });
});
