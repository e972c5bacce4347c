import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysInMonth, parseIsoDay } from '../../../src/base/calendar.ts';
import { Clock, EVEN, monthOf } from '../../../src/models/clock/clock.ts';
import { runs } from '../../runs.ts';

/** As in a shop of December. */
const FACTORS = [0.7, 0.8, 0.9, 1, 1, 0.9, 0.8, 0.8, 0.9, 1.1, 1.4, 1.7];
const clock = new Clock(FACTORS);
const day = (text: string): number => parseIsoDay(text)!;

describe('a clock', () => {
  it.each(['1900-03-01', '1969-12-31', '1970-01-01', '2000-02-29', '2024-02-29', '2025-12-31'])(
    'goes on by the factor of the month on %s',
    (text) => {
      const factor = FACTORS[monthOf(day(text))[1] - 1]!;
      expect(clock.at(day(text)) - clock.at(day(text) - 1)).toBeCloseTo(factor, 9);
      expect(clock.at(day(text) - 0.25) - clock.at(day(text) - 1)).toBeCloseTo(0.75 * factor, 9);
    },
  );

  it('that runs alike has days of days', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -700_000, max: 100_000 }),
        fc.double({ min: 0, max: 5000, noNaN: true }),
        (from, days) => {
          expect(EVEN.at(from + days) - EVEN.at(from)).toBeCloseTo(days, 6);
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it('has the spans that a time is made of', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000, max: 30_000 }),
        fc.double({ min: 0.01, max: 900, noNaN: true }),
        (from, days) => {
          const spans = clock.spans(from, days);
          expect(spans[0]!.from).toBe(0);
          expect(spans.at(-1)!.to).toBe(days);
          const warped = spans.reduce((sum, span) => sum + span.factor * (span.to - span.from), 0);
          expect(warped).toBeCloseTo(clock.at(from + days) - clock.at(from), 6);
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it('turns by a year in a year', () => {
    const year = FACTORS.reduce((sum, factor, m) => sum + factor * daysInMonth(2024, m + 1), 0);
    expect(clock.at(day('2024-12-31')) - clock.at(day('2023-12-31'))).toBeCloseTo(year, 9);
  });
});
