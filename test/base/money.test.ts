import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../src/base/decimal.ts';
import {
  AMOUNT_INTEGER_DIGITS,
  AMOUNT_SCALE,
  exactText,
  grouped,
  groupedCount,
  halfEvenQuotient,
  halfEvenUnits,
  MARGIN_SCALE,
  parseUnits,
  rescale,
  rescaledText,
  unitsText,
} from '../../src/base/money.ts';

describe('money', () => {
  it.each([
    [0.125, 12],
    [0.375, 38],
    [-0.125, -12],
    [-0.375, -38],
    [2.5, 250],
    [1e-9, 0],
    [-1e-9, 0],
  ])('%d in cents is %d, half to even', (value, cents) => expect(halfEvenUnits(value, 2) + 0).toBe(cents));

  it('rescales as decimal.js does, ties included', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 26n), 10n ** 26n), fc.constantFrom(0, 2, 3, 10, 12), (units, to) => {
        const wanted = new Decimal(units.toString()).div('1e10').toDecimalPlaces(to).times(`1e${to}`);
        expect(rescale(units, 10, to).toString()).toBe(wanted.toFixed(0).replace('-0', '0'));
      }),
    );
    expect([rescale(125n, 1, 0), rescale(-125n, 1, 0), rescale(115n, 1, 0)]).toEqual([12n, -12n, 12n]);
    expect([rescale(55n, 19, 2), rescale(-55n, 19, 2), rescale(5n * 10n ** 14n, 17, 2)]).toEqual([0n, 0n, 0n]);
    expect([rescale(15n * 10n ** 14n, 17, 2), rescale(9n * 10n ** 15n, 18, 2)]).toEqual([2n, 1n]);
  });

  it('text of rescaled units is that of the units rescaled, small and large', () => {
    const units = fc.oneof(
      fc.bigInt(-(10n ** 26n), 10n ** 26n),
      fc.bigInt(-(2n ** 54n), 2n ** 54n),
      fc.bigInt(-2000n, 2000n),
    );
    fc.assert(
      fc.property(units, fc.constantFrom(0, 2, 3, 10), (value, to) => {
        expect(rescaledText(value, 10, to)).toBe(unitsText(rescale(value, 10, to), to));
        expect(unitsText(value, 2)).toBe(new Decimal(value.toString()).div(100).toFixed(2));
      }),
    );
  });

  it('text and units are each other’s inverse', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 10 }), (units, digits) => {
        expect(parseUnits(unitsText(units, digits), digits)).toBe(units);
      }),
    );
  });

  it.each(['', '-', '1.', '.5', '1e3', '1_000', '0x10', '1,0', ' 1', '+1', 'NaN'])('%j is not plain', (text) =>
    expect(parseUnits(text, 4)).toBeNull(),
  );

  it('amounts have 4 decimals and 14 digits before them, margins 10', () => {
    expect([AMOUNT_SCALE, AMOUNT_INTEGER_DIGITS, MARGIN_SCALE]).toEqual([4, 14, 10]);
  });

  it.each([
    [7n, 2n, 4n],
    [5n, 2n, 2n],
    [-5n, 2n, -2n],
    [-7n, 2n, -4n],
    [6n, 2n, 3n],
    [-6n, 2n, -3n],
    [0n, 3n, 0n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [-1n, 3n, 0n],
    [-2n, 3n, -1n],
  ])('%s / %s is %s, half to even', (units, divisor, quotient) => {
    expect(halfEvenQuotient(units, divisor)).toBe(quotient);
  });

  it('is exact on both sides of 2^53, where numbers end and long integers go on', () => {
    for (const around of [2n ** 53n, -(2n ** 53n)])
      for (let by = -3n; by <= 3n; by++) {
        const units = around + by;
        const wanted = new Decimal(units.toString()).div(100).toDecimalPlaces(0);
        expect(rescale(units, 2, 0).toString()).toBe(wanted.toFixed());
        expect(rescaledText(units, 4, 2)).toBe(new Decimal(units.toString()).div(1e4).toFixed(2));
        expect(unitsText(units, 2)).toBe(new Decimal(units.toString()).div(100).toFixed(2));
      }
    expect(rescale(2n ** 60n + 1n, 1, 0)).toBe((2n ** 60n + 1n - 7n) / 10n + 1n);
    expect(rescaledText(10n ** 24n + 5n, 3, 2)).toBe('1000000000000000000000.00');
    expect(rescaledText(-(10n ** 24n + 6n), 3, 2)).toBe('-1000000000000000000000.01');
    expect(rescaledText(10n ** 24n + 6n, 3, 2)).toBe('1000000000000000000000.01');
  });

  it('has no sign of zero and no decimals where there are none', () => {
    expect([unitsText(0, 0), unitsText(-0, 0), unitsText(-0, 2), unitsText(0n, 2), unitsText(-7, 0)]).toEqual([
      ...['0', '0', '0.00', '0.00', '-7'],
    ]);
    expect([unitsText(5, 2), unitsText(-5n, 3), rescaledText(25n, 3, 2), rescaledText(25n, 3, 0)]).toEqual([
      ...['0.05', '-0.005', '0.02', '0'],
    ]);
  });

  it('drops idle zeros only', () => {
    expect(parseUnits('1.50000', 2)).toBe(150n);
    expect(parseUnits('1.505', 2)).toBeNull();
    expect([exactText(12500n, 4, 2), exactText(12345n, 4, 2), exactText(10000n, 4, 0), exactText(-5n, 4, 2)]).toEqual([
      '1.25',
      '1.2345',
      '1',
      '-0.0005',
    ]);
    expect([exactText(10000n, 4, 2), grouped('-1234567.8901'), grouped('123')]).toEqual([
      '1.00',
      '-1,234,567.8901',
      '123',
    ]);
    expect([grouped('1234'), grouped('0.1234'), grouped('-.5'), grouped('1234567')]).toEqual([
      ...['1,234', '0.1234', '-.5', '1,234,567'],
    ]);
    expect([groupedCount(0, 'record'), groupedCount(1, 'record'), groupedCount(2000, 'record')]).toEqual([
      '0 records',
      '1 record',
      '2,000 records',
    ]);
  });
});
