import { describe, expect, it } from 'vitest';
import { Decimal } from '../../src/base/decimal.ts';
import { parseRate, type RateKind } from '../../src/base/rates.ts';

const read = (text: string, kind: RateKind = 'margin'): string => {
  const rate = parseRate(text, kind);
  return rate instanceof Decimal ? rate.toFixed() : rate.problem;
};

describe('rates', () => {
  it.each([
    ['15%', '0.15'],
    ['0.15', '0.15'],
    ['.15', '0.15'],
    [' 15 % ', '0.15'],
    ['-20%', '-0.2'],
    ['1', '1'],
    ['-1', '-1'],
    ['100%', '1'],
    ['0', '0'],
    ['33.3333%', '0.333333'],
    ['35', 'may be meant as percent'],
    ['-35', 'may be meant as percent'],
    ['1.01', 'may be meant as percent'],
    ['101%', 'is out of range'],
    ['-100.1%', 'is out of range'],
    ['1000', 'is out of range'],
    ['33.33333%', 'has more than 6 decimals as a fraction'],
    ['abc', 'is not a rate'],
    ['', 'is not a rate'],
    ['1e-2', 'is not a rate'],
    ['0,15', 'is not a rate'],
    ['NaN', 'is not a rate'],
    ['Infinity', 'is not a rate'],
  ])('margin %s: %s', (text, result) => {
    expect(read(text)).toBe(result);
  });

  it.each([
    ['10%', 'discount', '0.1'],
    ['0', 'discount', '0'],
    ['150%', 'discount', '1.5'],
    ['1', 'discount', 'may be meant as percent'],
    ['15', 'discount', 'may be meant as percent'],
    ['-5', 'discount', 'is out of range'],
    ['-5%', 'discount', 'is out of range'],
    ['80%', 'retention', '0.8'],
    ['100%', 'retention', '1'],
    ['101%', 'retention', 'is out of range'],
    ['-0.01', 'retention', 'is out of range'],
    ['1000%', 'discount', '10'],
    ['1001%', 'discount', 'is out of range'],
    ['-99%', 'growth', '-0.99'],
    ['-99.1%', 'growth', 'is out of range'],
    ['1000%', 'growth', '10'],
    ['1000.1%', 'growth', 'is out of range'],
    ['100%', 'error', '1'],
    ['0', 'error', '0'],
    ['100.1%', 'error', 'is out of range'],
    ['-1%', 'error', 'is out of range'],
  ] as const)('%s as %s: %s', (text, kind, result) => {
    expect(read(text, kind)).toBe(result);
  });

  it('suggests what was probably meant', () => {
    expect(parseRate('35', 'margin')).toMatchObject({ remedy: expect.stringContaining('35%') });
    expect(parseRate('101%', 'margin')).toMatchObject({ remedy: 'from -100% to 100%' });
    expect(parseRate('33.33333%', 'margin')).toMatchObject({ remedy: 'round it to 33.3333%' });
  });
});
