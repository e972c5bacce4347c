import { describe, expect, it } from 'vitest';
import { DRIVERS, type Driver } from '../../../src/data/what-if.ts';
import { driverNamed, parseChange } from '../../../src/reader/tables/scenarios.ts';

/** Relative or not, and the value; or the problem. */
function read(driver: Driver, text: string): string {
  const change = parseChange(driver, text);
  return 'problem' in change ? change.problem : `${change.relative ? 'by' : 'to'} ${change.value.toFixed()}`;
}

describe('how a driver changes', () => {
  it('by a share of what it is, with a sign', () => {
    expect(read('dropout', '+1%')).toBe('by 0.01');
    expect(read('margin', '-10%')).toBe('by -0.1');
    expect(read('retention', '+0.5%')).toBe('by 0.005');
    expect(read('acquisition', '-0.25')).toBe('by -0.25');
    expect(read('discount-rate', '+0%')).toBe('by 0');
  });

  it('to a value, without one, where there is a value to set', () => {
    expect(read('discount-rate', '12%')).toBe('to 0.12');
    expect(read('margin', '0.35')).toBe('to 0.35');
    expect(read('acquisition', '500')).toBe('to 500');
    for (const driver of ['dropout', 'retention', 'purchase-rate'] as const)
      expect(read(driver, '80%')).toBe('has no sign, and there is no one value to set');
  });

  it.each([
    ['margin', '+5', 'may be meant as percent'],
    ['margin', '120%', 'is out of range'],
    ['discount-rate', '12', 'may be meant as percent'],
    ['discount-rate', '1001%', 'is out of range'],
    ['dropout', '-100%', 'is out of range'],
    ['dropout', '+1001%', 'is out of range'],
    ['dropout', '+x', 'is not a rate'],
    ['dropout', '+0.00001%', 'has more than 6 decimals as a fraction'],
    ['acquisition', '5.5', 'is not a number of customers a year'],
    ['acquisition', '10%', 'is not a number of customers a year'],
  ] as const)('%s %s %s', (driver, text, problem) => expect(read(driver, text)).toBe(problem));

  it('drivers are known by their names, whatever the case, blanks, underscores and hyphens', () => {
    expect(['Discount Rate', 'discount_rate', 'DISCOUNT-RATE'].map((name) => driverNamed(name, DRIVERS))).toEqual(
      Array(3).fill('discount-rate'),
    );
    expect(driverNamed('churn', DRIVERS)).toBeUndefined();
  });
});
