import { describe, expect, it } from 'vitest';
import { isoOf, parseIsoDay } from '../../../src/base/calendar.ts';
import { YearlessDates } from '../../../src/reader/dates/yearless.ts';

describe('dates without a year', () => {
  it.each([
    ['2024-07-01', '0107', '2024-07-01'],
    ['2024-07-01', '107', '2024-07-01'],
    ['2024-07-01', '3112', '2024-12-31'],
    ['2024-07-01', '3006', '2025-06-30'],
    ['2024-07-01', '101', '2025-01-01'],
    ['2024-01-01', '3112', '2024-12-31'],
    ['2023-03-01', '2902', '2024-02-29'],
    ['2024-07-01', '2902', 'E212'],
    ['2024-07-01', '3113', 'E212'],
    ['2024-07-01', '3104', 'E212'],
    ['2024-07-01', '17', 'E211'],
    ['2024-07-01', '01072', 'E211'],
    ['2024-07-01', '01.07', 'E211'],
  ])('are of the year from %s: %s is %s', (first, text, expected) => {
    const found = new YearlessDates(parseIsoDay(first)).read(text);
    expect(typeof found === 'number' ? isoOf(found) : found).toBe(expected);
  });

  it('are none before the year is known, and say of which they are', () => {
    expect(new YearlessDates(null).read('0107')).toBe('E211');
    expect(new YearlessDates(null).described).toBe('DDMM');
    expect(new YearlessDates(parseIsoDay('2024-07-01')).described).toBe('DDMM of the year from 2024-07-01');
  });
});
