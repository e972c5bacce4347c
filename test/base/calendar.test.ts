import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayExists, dayOf, daysInMonth, isoOf, parseIsoDay } from '../../src/base/calendar.ts';

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
});
