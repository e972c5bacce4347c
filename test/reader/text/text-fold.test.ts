import { describe, expect, it } from 'vitest';
import { foldedCell, foldedDigits, withoutDirection } from '../../../src/reader/text/text-fold.ts';

describe('a cell in one form', () => {
  it.each([
    ['12.50', '12.50'],
    ['\u200e-12', '-12'],
    ['\u221212', '-12'],
    ['－１２．５０', '-12.50'],
    ['￥12 ￦', '¥12 ₩'],
    ['1\u00a02\u20093\u202f4\u30005', '1 2 3 4 5'],
    ['١٢٣', '123'],
    ['۱۲۳', '123'],
    ['१२३', '123'],
    ['𝟏𝟐', '12'],
    ['𞥑𞥒', '12'],
    ["'12", '12'],
    ['`-12', '-12'],
    ["'abc", "'abc"],
    ['١2', null],
    ['١۲', null],
  ])('%j is %j', (text, folded) => {
    expect(foldedCell(text)).toBe(folded);
  });
});

describe('an id of digits', () => {
  it.each([
    ['0812', '0812'],
    ["'0812", '0812'],
    ['`0812', '0812'],
    ['\u200e0812', '0812'],
    ['٠٨١٢', '0812'],
    ['０８１２', '0812'],
    ['＇0812', '0812'],
    ['٠8', '٠8'],
    ["'", "'"],
    ["'C1", "'C1"],
    ['\u200eC1', '\u200eC1'],
    ['佐藤', '佐藤'],
    ['Ｃ１', 'Ｃ１'],
    ['-12', '-12'],
    ["''12", "''12"],
  ])('%j is %j', (id, folded) => {
    expect(foldedDigits(id)).toBe(folded);
  });
});

it('marks of direction go', () => {
  expect(withoutDirection('\u200fالعميل\u200e')).toBe('العميل');
});
