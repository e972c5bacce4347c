import { describe, expect, it } from 'vitest';
import { MarkEvidence } from '../../../src/reader/amounts/marks.ts';

const evidence = (texts: readonly string[], code = ''): MarkEvidence<string> => {
  const marks = new MarkEvidence<string>();
  for (const text of texts) {
    marks.see(text, () => text);
    marks.seeCurrency(code);
  }
  return marks;
};

const found = (texts: readonly string[], code = ''): string => {
  const { result } = evidence(texts, code);
  if ('ambiguous' in result) return `? ${result.ambiguous}`;
  const { mark, whole, otherFits } = result;
  return `${mark}${whole ? ' whole' : ''}${otherFits === null ? '' : ` (${otherFits})`}`;
};

describe('the decimal mark of a column', () => {
  it.each([
    [['12', '5'], '.'],
    [['12.50'], '.'],
    [['12,50'], ','],
    [['1.234', '12.5'], '.'],
    [['1,234', '12.5'], '.'],
    [['1.234', '12,5'], ','],
    [['1.234,50'], ','],
    [['1,234.50'], '.'],
    [['0.123'], '.'],
    [['0,123'], ','],
    [['1.234', '1234'], '? 1.234'],
    [['1,234', '-1234'], '? 1,234'],
    [['1.234.567'], ','],
    [['12 345', '5'], '.'],
    [['oops', '', '12,50'], ','],
    [['12,50', '12.50', '13.5'], '.'],
    [['1,234'], '? 1,234'],
    [['1.234', '500'], '? 1.234'],
    [['-1.234', '$12.345'], '? -1.234'],
    [['1,234', '1.234', '1234'], '? 1.234'],
    [['12,50', '12.50', '1.234'], '? 1.234'],
    [['12.50', '1.234', '12,50'], '? 1.234'],
    [['1.234', '12345'], '? 1.234'],
    [['1234.500', '1.234'], '.'],
    [['1,23,456', '1,234'], '.'],
    [['1,2345', '1,234'], ','],
    [['1.234', '٥٫٥'], '? 1.234'],
    [['1.234', '1.234,-'], ','],
    [['1.234', '99,-'], '? 1.234'],
    [['1.234', '19.990000000000002'], '? 1.234'],
    [['19,990000000000002'], ','],
    [['1.234', '-\n,14'], '? 1.234'],
    [['59,981', '47,708', '83133'], '? 59,981'],
  ])('%j: %s', (texts, mark) => {
    expect(found(texts)).toBe(mark);
    expect(found([...texts].reverse())[0]).toBe(mark[0]);
  });
});

describe('a currency tells', () => {
  it.each([
    [['120.000 ₫', '1500 ₫'], '', ', whole (120.000 ₫)'],
    [['12,000원', '9900'], '', '. whole (12,000원)'],
    [['¥1,200', '￥980'], '', '. whole (¥1,200)'],
    [['￥1,200', '¥12.50'], '', '.'],
    [['￥1.200', '¥12.50'], '', '? ￥1.200'],
    [['1,200円', '1.500円'], '', '. whole (1,200円)'],
    [['Rp 1.234.000', 'Rp 99.500'], '', ', whole'],
    [['Rp 1.234.000', 'Rp 99,500'], '', '. whole (Rp 99,500)'],
    [['UGX 12,000', 'UGX 500.50'], '', '.'],
    [['12.000 JPY', '1234.500 JPY'], '', '? 12.000 JPY'],
    [['12 345 Ft', '990 Ft'], '', '. whole'],
    [['NT$1,200', 'NT$980'], '', '. whole (NT$1,200)'],
    [['12,345 XOF', '1 500 FCFA'], '', '. whole (12,345 XOF)'],
    [['$12.990', '$5000'], '', '? $12.990'],
    [['$12.990', '$5000'], 'CLP', ', whole ($12.990)'],
    [['$12.990', '$5000'], 'EUR', '? $12.990'],
    [['12.990', '5000'], 'clp', ', whole (12.990)'],
    [['12.990', '5000'], 'CLP', ', whole (12.990)'],
    [['12.990', '5000'], '₫', ', whole (12.990)'],
    [['1,200 kr', '900 kr'], '', '? 1,200 kr'],
    [['1,200 kr', '900 kr'], 'ISK', '. whole (1,200 kr)'],
    [['¥1,200', '₫1,200'], '', '? ¥1,200'],
    [['KWD 1.250', 'KWD 12.500'], '', '. (KWD 1.250)'],
    [['KWD 1,250', 'KWD 12,500'], '', ', (KWD 1,250)'],
    [['KWD 1.250', 'KWD 12'], '', '? KWD 1.250'],
    [['KWD 1.250', 'KWD 1,250'], '', '? KWD 1.250'],
    [['KWD 1,250', 'KWD 1,234.500'], '', '.'],
    [['1.250', '12.500'], 'TND', '. (1.250)'],
    [['1.250', '12.500'], '', '? 1.250'],
  ] as const)('%j %s: %s', (texts, code, mark) => {
    expect(found(texts, code)).toBe(mark);
  });

  it('and nothing where there are several', () => {
    const marks = evidence(['12,000'], 'JPY');
    marks.seeCurrency('USD');
    expect('ambiguous' in marks.result).toBe(true);
  });
});

describe('plain files', () => {
  it('tell as their amounts do', () => {
    const marks = evidence(['1.234,50']);
    marks.shown({ points: 3, either: 0, unmarked: 1 });
    expect(marks.result).toMatchObject({ mark: '.' });
    marks.shown({ points: 0, either: 1, unmarked: 0 });
    expect(marks.result).toEqual({ ambiguous: null });
    expect(marks.lacksExample).toBe(true);
  });
});
