import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUnits, unitsText } from '../../../src/base/money.ts';
import { Amounts, type Mark } from '../../../src/reader/amounts/amounts.ts';
import { MarkEvidence } from '../../../src/reader/amounts/marks.ts';
import { runs } from '../../runs.ts';

const read = (text: string, mark: Mark = '.', round?: number): string => {
  const units = new Amounts({ mark, round }).read(text);
  return typeof units === 'string' ? units : unitsText(units, 4);
};

describe('amounts with an exponent', () => {
  it.each([
    ['1.5E+3', '1500.0000'],
    ['1,5E+3', '1500.0000'],
    ['-1,5e3', '-1500.0000'],
    ['€1.5E+3', '1500.0000'],
    ['1.234E+3', '1234.0000'],
    ['1,2345E1', '12.3450'],
    ['1.234E2', '123.4000'],
    ['1.23456E+2', '123.4560'],
    ['1.23456789E7', '12345678.9000'],
    ['1.0E10', '10000000000.0000'],
    ['1E3', '1000.0000'],
    ['1e+05', '100000.0000'],
    ['0e+00', '0.0000'],
    ['0.00E+00', '0.0000'],
    ['5E-1', '0.5000'],
    ['2.5E-2', '0.0250'],
    ['1.500000000000000000e+03', '1500.0000'],
    ['１.５Ｅ＋３', '1500.0000'],
  ])('%s is %s', (text, units) => {
    const mark = text.includes(',') ? ',' : '.';
    expect(read(text, mark)).toBe(units);
    const evidence = new MarkEvidence<null>();
    expect(evidence.see(text, () => null)).toBe(true);
    expect(evidence.result).toMatchObject({ mark });
  });

  it.each([
    ['1.5E+3', ',', 'E206'],
    ['1.5E+20', '.', 'E201'],
    ['1.5E20', '.', 'E203'],
    ['1E-9', '.', 'E202'],
    ['1.23457E+11', '.', 'E201'],
    ['1.2E+11', '.', 'E201'],
    ['1E+11', '.', 'E201'],
    ['1.23E+05', '.', 'E201'],
    ['1,50E+03', ',', 'E201'],
    ['1.998999999999999844e+01', '.', 'E202'],
    ['12E3', '.', 'E201'],
    ['1,500E+3', '.', 'E206'],
    ['1E', '.', 'E201'],
    ['1.E+3', '.', 'E201'],
    ['1e400', '.', 'E201'],
    ['1e-400', '.', 'E201'],
  ] as const)('%s with the mark %s is %s', (text, mark, code) => {
    expect(read(text, mark)).toBe(code);
  });

  it('its mark tells that of the column', () => {
    const evidence = new MarkEvidence<string>();
    for (const text of ['1.234', '1.5E+3']) evidence.see(text, () => text);
    expect(evidence.result).toMatchObject({ mark: '.' });
  });

  it('any number that a program writes whole is itself', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 18n - 1n), fc.constantFrom('e', 'E'), (units, letter) => {
        const digits = String(units);
        const behind = digits.slice(1).replace(/0+$/, '') || '0';
        expect(read(`${digits[0]}.${behind}${letter}${digits.length - 5}`)).toBe(unitsText(units, 4));
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe('amounts with a decimal point', () => {
  it.each([
    ['0', '0.0000'],
    ['12', '12.0000'],
    ['12.5', '12.5000'],
    ['-12.34', '-12.3400'],
    ['+12.34', '12.3400'],
    ['.5', '0.5000'],
    ['007.50', '7.5000'],
    ['12.34-', '-12.3400'],
    ['(12.00)', '-12.0000'],
    ['($12.00)', '-12.0000'],
    ['$(12.00)', '-12.0000'],
    ['(12.00) USD', '-12.0000'],
    ['$12', '12.0000'],
    ['-$12', '-12.0000'],
    ['$-12', '-12.0000'],
    ['12 €', '12.0000'],
    ['€ 12', '12.0000'],
    ['12.50EUR', '12.5000'],
    ['EUR 12.50', '12.5000'],
    ['12.3456 CLF', '12.3456'],
    ['XCG 1,250.5', '1250.5000'],
    ['-12.50 EUR', '-12.5000'],
    ['12.50- EUR', '-12.5000'],
    ['US$ 3', '3.0000'],
    ['₹1,234.50', '1234.5000'],
    ['¥1,000', '1000.0000'],
    ['1,234,567.89', '1234567.8900'],
    ["1'234.50", '1234.5000'],
    ['1’234.50', '1234.5000'],
    ['1 234.50', '1234.5000'],
    ['1\u00a0234\u00a0567', '1234567.0000'],
    ['1\u202f234', '1234.0000'],
    ['19.99000000000000', '19.9900'],
    ['99999999999999.9999', '99999999999999.9999'],
    ['-99999999999999.9999', '-99999999999999.9999'],
    ['000000000000000000001', '1.0000'],
  ])('%s is %s', (text, units) => {
    expect(read(text)).toBe(units);
  });

  it.each([
    ['', 'E201'],
    ['oops', 'E201'],
    ['NaN', 'E201'],
    ['Infinity', 'E201'],
    ['inf', 'E201'],
    ['1e400', 'E201'],
    ['0x10', 'E201'],
    ['1_000', 'E201'],
    ['1,23', 'E206'],
    ['12,50', 'E206'],
    ['1.234,50', 'E206'],
    ['1,2345', 'E206'],
    ['12,345,67', 'E201'],
    ['1,234 567', 'E201'],
    ['0,123', 'E206'],
    ['1.2.3', 'E201'],
    ['5.', 'E201'],
    ['.', 'E201'],
    ['-', 'E201'],
    ['--5', 'E201'],
    ['-5-', 'E201'],
    ['(-5)', 'E201'],
    ['(5', 'E201'],
    ['5)', 'E201'],
    ['$5 EUR', 'E201'],
    ['$5 $', 'E201'],
    ['ABC 5', 'E201'],
    ['NAN 5', 'E201'],
    ['5 5.5 5', 'E201'],
    ['12\u200b', 'E201'],
    ['0.00001', 'E202'],
    ['19.990000000000002', 'E202'],
    ['100000000000000', 'E203'],
    ['-123456789012345.67', 'E203'],
    [' '.repeat(200_000), 'E201'],
    ['1'.repeat(200_000), 'E201'],
    [`${'1 '.repeat(40)}x`, 'E201'],
  ])('%s is refused', (text, code) => {
    expect(read(text)).toBe(code);
  });
});

describe('amounts with a decimal comma', () => {
  it.each([
    ['12,5', '12.5000'],
    ['1.234,50', '1234.5000'],
    ['1.234', '1234.0000'],
    ['1 234,5', '1234.5000'],
    ["1'234,5", '1234.5000'],
    ['-1.234.567,89 €', '-1234567.8900'],
    ['1234', '1234.0000'],
    ['12.50', 'E206'],
    ['1,234.50', 'E206'],
  ])('%s is %s', (text, units) => {
    expect(read(text, ',')).toBe(units);
  });
});

describe('rounding, when asked for', () => {
  it.each([
    ['19.990000000000002', 2, '19.9900'],
    ['0.005', 2, '0.0000'],
    ['0.015', 2, '0.0200'],
    ['-0.025', 2, '-0.0200'],
    ['2.5', 0, '2.0000'],
    ['12.34565', 4, '12.3456'],
    ['12.3456', 2, '12.3500'],
    ['1,234.5678', 3, '1234.5680'],
    ['99999999999999.99999', 4, 'E203'],
  ])('%s to %i decimals is %s', (text, round, units) => {
    expect(read(text, '.', round)).toBe(units);
  });
});

describe('currencies', () => {
  it('are remembered, and two in one column refused', () => {
    const amounts = new Amounts({ mark: '.' });
    expect(amounts.read('12')).toBe(120_000n);
    expect(amounts.currency).toBeNull();
    expect(amounts.read('$12')).toBe(120_000n);
    expect(amounts.currency).toBe('$');
    expect(amounts.read('12')).toBe(120_000n);
    expect(amounts.read('€12')).toBe('E205');
  });
});

describe('exact values', () => {
  it.each([
    ['-1.234,50 €', ',', undefined, { units: -12_345n, scale: 1 }],
    ['(12.34565)', '.', 2, { units: -1_234_565n, scale: 5 }],
    ['12,5', ',', 0, { units: 125_000n, scale: 4 }],
    ['12.34565', '.', undefined, 'E202'],
    ['99999999999999.99999', '.', 4, { units: 9_999_999_999_999_999_999n, scale: 5 }],
    ['$100,000,000,000,000', '.', undefined, 'E203'],
    ['x', '.', undefined, 'E201'],
    ['1.234,5', '.', undefined, 'E206'],
  ] as const)('%s with %s to %s', (text, mark, round, exact) => {
    expect(new Amounts({ mark, round }).exact(text)).toEqual(exact);
  });

  it('have one key for one value, and another for another', () => {
    for (const mark of ['.', ','] as const) {
      const key = (text: string) => new Amounts({ mark }).keyOf(text.replace('.', mark));
      expect(key('12.50')).toBe(key('12.5'));
      expect(key('012.5')).toBe(key('12.5'));
      expect(key('12.5')).not.toBe(key('12.51'));
      expect(key('-12.5')).not.toBe(key('12.5'));
      expect(key('$12.50')).toBe(key('12.50 $'));
      expect(key('oops')).not.toBe(key('12.5'));
    }
    const whole = new Amounts({ mark: '.', whole: true });
    expect(whole.keyOf('1,234')).not.toBe(whole.keyOf('1,235'));
  });

  it('have one currency, unless a column tells it', () => {
    const amounts = new Amounts({ mark: '.' });
    expect(amounts.exact('$12')).toEqual({ units: 12n, scale: 0 });
    expect(amounts.exact('€12')).toBe('E205');
    amounts.mixed = true;
    expect(amounts.exact('€12')).toEqual({ units: 12n, scale: 0 });
    expect(amounts.read('€12')).toBe(120_000n);
    expect(amounts.currency).toBe('$');
    expect(amounts.withBackslash('¥').mixed).toBe(true);
  });
});

it('reads what parseUnits reads, exactly', () => {
  const digits = fc.stringMatching(/^-?\d{1,14}(\.\d{1,4})?$/);
  fc.assert(fc.property(digits, (text) => new Amounts({ mark: '.' }).read(text) === parseUnits(text, 4)));
});

it('grouping and dress do not change the value', () => {
  const units = fc.bigInt(0n, 10n ** 18n - 1n);
  const dress = fc.constantFrom('%', '$%', '% €', 'EUR %', '%USD');
  fc.assert(
    fc.property(units, dress, fc.boolean(), (value, around, negative) => {
      const [whole, fraction] = unitsText(value, 4).split('.');
      const grouped = `${whole!.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
      const text = around.replace('%', () => grouped);
      return new Amounts({ mark: '.' }).read(negative ? `(${text})` : text) === (negative ? -value : value);
    }),
  );
});
