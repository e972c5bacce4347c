import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayExists, dayOf, daysInMonth, isoOf, monthsAfter, parseIsoDay } from '../../src/base/calendar.ts';

describe('calendar', () => {
  it('counts days from 1970-01-01', () => {
    expect(parseIsoDay('1970-01-01')).toBe(0);
    expect(parseIsoDay('2024-02-29')).toBe(19782);
    expect(parseIsoDay('1969-12-31')).toBe(-1);
  });

  it.each([
    '2024-02-30',
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-1-1',
    '0000-01-01',
    ' 2024-01-01',
    '2024-01-01x',
  ])('refuses %s', (text) => expect(parseIsoDay(text)).toBeNull());

  it('agrees with the platform on every day, and goes there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719162, max: 2932896 }), (day) => {
        const iso = new Date(day * 86_400_000).toISOString();
        if (iso.length === 24) expect(isoOf(day)).toBe(iso.slice(0, 10));
        expect(parseIsoDay(isoOf(day))).toBe(day);
      }),
    );
  });

  it('knows the months', () => {
    expect(Array.from({ length: 12 }, (_, m) => daysInMonth(2023, m + 1)).reduce((a, b) => a + b)).toBe(365);
    expect(dayExists(2000, 2, 29)).toBe(true);
    expect(dayOf(2000, 3, 1) - dayOf(2000, 2, 28)).toBe(2);
  });

  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2025-02-28', 12, '2026-02-28'],
    ['2023-02-28', 12, '2024-02-29'],
    ['2025-06-30', -12, '2024-06-30'],
    ['2025-06-30', -1, '2025-05-31'],
    ['2025-01-30', 1, '2025-02-28'],
    ['2025-01-30', 2, '2025-03-30'],
    ['2025-01-15', -13, '2023-12-15'],
    ['2025-12-15', 1, '2026-01-15'],
    ['2025-03-31', 0, '2025-03-31'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(isoOf(monthsAfter(parseIsoDay(from)!, months))).toBe(to);
  });

  it('moves by months as somebody with a calendar: page by page, month ends on month ends', () => {
    const years = fc.integer({ min: dayOf(1900, 1, 1), max: dayOf(2099, 12, 31) });
    fc.assert(
      fc.property(years, fc.integer({ min: -60, max: 60 }), (day, months) => {
        let [year, month, date] = isoOf(day).split('-').map(Number) as [number, number, number];
        const end = date === daysInMonth(year, month);
        for (let page = 0; page < Math.abs(months); page++) {
          month += Math.sign(months);
          if (month === 13) [year, month] = [year + 1, 1];
          if (month === 0) [year, month] = [year - 1, 12];
        }
        const last = daysInMonth(year, month);
        date = end || date > last ? last : date;
        expect(monthsAfter(day, months)).toBe(dayOf(year, month, date));
      }),
    );
  });
});
