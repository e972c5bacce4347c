import { describe, expect, it } from 'vitest';
import { exactly, positionsOf } from '../../../src/reader/columns.ts';
import { columnsOf, movedTo, parseExpression } from '../../../src/reader/layouts/expression.ts';

function parse(text: string, header: readonly string[]) {
  return parseExpression(text, (name, exact) => (exact ? exactly(header, name) : positionsOf(header, name)));
}

const column = (at: number) => ({ kind: 'column', column: at });
const SHOP = ['Total', 'Refunded', 'Quantity', 'Price', 'first'];

describe('parseExpression', () => {
  it.each([
    ['Total', column(0)],
    [' total ', column(0)],
    [
      'Total - Refunded',
      {
        kind: 'sum',
        terms: [
          { minus: false, of: column(0) },
          { minus: true, of: column(1) },
        ],
      },
    ],
    [
      'Total+Refunded',
      {
        kind: 'sum',
        terms: [
          { minus: false, of: column(0) },
          { minus: false, of: column(1) },
        ],
      },
    ],
    ['Quantity * Price', { kind: 'product', factors: [column(2), column(3)] }],
    ['first(Total, Price)', { kind: 'first', notZero: false, options: [column(0), column(3)] }],
    ['FIRST_NOT_ZERO ( Total , Price )', { kind: 'first', notZero: true, options: [column(0), column(3)] }],
    ['first', column(4)],
    ['[Total]', column(0)],
  ])('%s', (text, expected) => {
    expect(parse(text, SHOP)).toEqual(expected);
  });

  it('products bind closer than sums', () => {
    const terms = [
      { minus: false, of: column(0) },
      { minus: true, of: { kind: 'product', factors: [column(2), column(3)] } },
    ];
    expect(parse('Total - Quantity * Price', SHOP)).toEqual({ kind: 'sum', terms });
  });

  it.each([
    ['', { problem: 'a column is missing' }],
    ['Total -', { problem: 'a column is missing' }],
    ['- Total', { problem: 'a column is missing' }],
    ['first(Total', { problem: 'a bracket is not closed' }],
    ['[Total', { problem: 'a bracket is not closed' }],
    ['Total)', { problem: '")" is too much' }],
    ['Total - Tax', { unknown: 'Tax' }],
    ['[Total - Tax]', { unknown: 'Total - Tax' }],
    ['Total - Cost (ex tax) - Refunded', { unknown: 'Cost (ex tax)' }],
    ['first(Total, Cost (ex tax))', { unknown: 'Cost (ex tax)' }],
    ['2 * Total', { unknown: '2' }],
  ])('%s is none', (text, fault) => {
    expect(parse(text, SHOP)).toEqual(fault);
  });

  it('two columns of one name are a fault', () => {
    expect(parse('a - b', ['a', 'b', 'b'])).toEqual({ problem: '2 columns are called "b"' });
  });

  it('an exact name wins over arithmetic, brackets or not', () => {
    const header = ['Total', 'x', 'Total - x'];
    expect(parse('Total - x', header)).toEqual(column(2));
    expect(parse('[Total - x]', header)).toEqual(column(2));
    expect(parse('[Total] - x', header)).toMatchObject({ kind: 'sum' });
  });

  it('a name that is alike but for its marks does not', () => {
    expect(parse('Total - Refunded', ['Total Refunded', 'Total', 'Refunded'])).toMatchObject({ kind: 'sum' });
    expect(parse('Total - Refunded', ['Total Refunded', 'Total'])).toEqual({ unknown: 'Refunded' });
    expect(parse('unit-price', ['unit_price', 'qty'])).toEqual(column(0));
    expect(parse('qty * unit-price', ['unit_price', 'qty'])).toEqual({
      kind: 'product',
      factors: [column(1), column(0)],
    });
  });

  it('a blank name is never meant', () => {
    expect(parse('a - ', ['a', ''])).toEqual({ problem: 'a column is missing' });
  });

  it('tells and moves its columns, each once', () => {
    const found = parse('first(Total - Refunded, Quantity * Price, Total)', SHOP);
    if (!('kind' in found)) throw new Error('no expression');
    expect(columnsOf(found)).toEqual([0, 1, 2, 3]);
    expect(columnsOf(movedTo(found, (at) => at + 10))).toEqual([10, 11, 12, 13]);
  });
});
