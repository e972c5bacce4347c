import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Amounts } from '../../../src/reader/amounts/amounts.ts';
import { Money } from '../../../src/reader/amounts/money.ts';
import { parseExpression } from '../../../src/reader/layouts/expression.ts';
import { runs } from '../../runs.ts';

const HEADER = ['A', 'B', 'C', 'D'];

function money(text: string, round?: number): Money {
  const found = parseExpression(text, (name) => (HEADER.includes(name) ? [HEADER.indexOf(name)] : []));
  if (!('kind' in found)) throw new Error('no expression');
  return new Money(found, new Amounts({ mark: '.', round }));
}

describe('Money', () => {
  it.each([
    ['A - B', ['10.00', '2.50'], 75_000n],
    ['A - B', ['10.00', ''], 100_000n],
    ['A + B - C', ['0.1', '0.2', '0.3'], 0n],
    ['A * B', ['3', '19.99'], 599_700n],
    ['A * B', ['-12', '2.50'], -300_000n],
    ['A * B', ['0', '2.50'], 0n],
    ['A * B', ['0.01', '0.01'], 1n],
    ['A * B - C', ['2', '5', '0.5'], 95_000n],
    ['first(A, B)', ['', '7'], 70_000n],
    ['first(A, B)', ['0', '7'], 0n],
    ['first_not_zero(A, B)', ['0.00', '7'], 70_000n],
    ['first_not_zero(A, B - C)', ['', '7', '2'], 50_000n],
    ['first_not_zero(A, B)', ['0', '0'], 0n],
    ['A', [' $1,234.50 '], 12_345_000n],
  ])('%s of %j is %s', (text, row, units) => {
    expect(money(text).of(row)).toBe(units);
  });

  it.each([
    ['A', [''], 'E201', 0],
    ['A - B', ['', '1'], 'E201', 0],
    ['A - B', ['1', 'no'], 'E201', 1],
    ['A * B', ['', '2'], 'E201', 0],
    ['A * B', ['2', ''], 'E201', 1],
    ['A * B', ['0.125', '3.999'], 'E202', 0],
    ['A', ['1.23456'], 'E202', 0],
    ['A + B', ['99999999999999', '1'], 'E203', 0],
    ['A * B', ['10000000', '10000000'], 'E203', 0],
    ['A - B', ['$1', '€1'], 'E205', 1],
    ['A - B', ['1.00', '1.234,50'], 'E206', 1],
  ])('%s of %j is %s', (text, row, code, column) => {
    expect(money(text).of(row)).toMatchObject({ code, column });
  });

  it('a product that is too fine is told as it was multiplied', () => {
    expect(money('A * B').of(['0.125', '3.999'])).toMatchObject({ text: '0.125 * 3.999' });
  });

  it.each([
    ['first(B, A) * C', ['', '0.125', '3.999'], '0.125 * 3.999'],
    ['first(B, A) * C', ['0.125', '', '3.999'], '0.125 * 3.999'],
    ['B * C - A', ['1', '0.125', '3.999'], '0.125 * 3.999 - 1'],
    ['B * C + A', ['1', '0.125', '3.999'], '0.125 * 3.999 + 1'],
  ])('%s of %j is too fine: told as it was put together, at its first column', (text, row, told) => {
    expect(money(text).of(row)).toEqual({ code: 'E202', column: 1, text: told });
  });

  it('rounding is of the end, half to even, not of the terms', () => {
    expect(money('A * B', 2).of(['0.125', '3.99'])).toBe(5_000n); // 0.49875, not 0.12 × 3.99
    expect(money('A + B', 0).of(['0.5', '0.5'])).toBe(10_000n);
    expect(money('A * B', 2).of(['0.5', '0.25'])).toBe(1_200n);
    expect(money('A * B', 2).of(['19.990000000000002', '3'])).toBe(599_700n);
    expect(money('A', 1).of(['0.25'])).toBe(2_000n);
  });

  it('blank terms are counted by column, a blank first one is none', () => {
    const one = money('A - B - C');
    for (const row of [
      ['1', '', ''],
      ['1', '', '2'],
      ['1', '1', '1'],
    ])
      one.of(row);
    expect([...one.blanks]).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  it('sums and products are exact', () => {
    const cents = fc.integer({ min: -10_000_000, max: 10_000_000 });
    const text = (units: number) =>
      `${units < 0 ? '-' : ''}${Math.floor(Math.abs(units) / 100)}.${String(Math.abs(units) % 100).padStart(2, '0')}`;
    fc.assert(
      fc.property(cents, cents, cents, (a, b, c) => {
        const row = [text(a), text(b), text(c)];
        expect(money('A * B + C').of(row)).toBe(BigInt(a) * BigInt(b) + BigInt(c) * 100n);
        expect(money('A - B - C').of(row)).toBe(BigInt(a - b - c) * 100n);
      }),
      { seed: 9, numRuns: runs(200) },
    );
  });
});
