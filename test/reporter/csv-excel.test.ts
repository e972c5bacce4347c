import fc from 'fast-check';
import { expect, it } from 'vitest';
import { excelCells } from '../../src/reporter/csv-excel.ts';
import { runs } from '../runs.ts';

/** What a spreadsheet program has in a cell: CSV is unquoted, then a formula of one text is that text. */
function shown(field: string): string {
  const cell = /^".*"$/s.test(field) ? field.slice(1, -1).replaceAll('""', '"') : field;
  const formula = /^="((?:[^"]|"")*)"$/s.exec(cell);
  return formula ? formula[1]!.replaceAll('""', '"') : cell;
}

it('a text is a formula that is that text, whatever stands in it', () => {
  const cell = excelCells('text', ',', () => 'plain');
  const hostile = fc.constantFrom('007', '=cmd|x', '"&A1&"', '";', '1E5', '2024-01-02', "'", '""', '="a"');
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ maxLength: 60, unit: 'grapheme' })), (text) => {
      const found = cell(text);
      if (/\p{Cc}/u.test(text)) expect(found).toBe('plain');
      else {
        expect(found.startsWith('"=""')).toBe(true);
        expect(shown(found)).toBe(text);
      }
    }),
    { numRuns: runs(300) },
  );
  expect(cell('x'.repeat(256))).toBe('plain');
  expect(cell(null)).toBe('');
});

it('a number has the decimal mark that is asked for, and is a text where its digits would be lost', () => {
  expect(excelCells('money', ',', String)('-12.50')).toBe('-12,50');
  expect(excelCells('money', '.', String)('-12.50')).toBe('-12.50');
  expect(shown(excelCells('money', ',', String)('1234567890123456.78'))).toBe('1234567890123456.78');
  expect(excelCells('interval', ',', String)('1.50 2.50')).toBe('1,50;2,50');
  expect(excelCells('interval', '.', String)(null)).toBe(',');
});
