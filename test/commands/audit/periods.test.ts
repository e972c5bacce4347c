import { describe, expect, it } from 'vitest';
import { isoOf, parseIsoDay } from '../../../src/base/calendar.ts';
import { everyOf } from '../../../src/cli/periods.ts';
import { periodsOf, periodWarnings, spanOf } from '../../../src/commands/audit/periods.ts';

const day = (text: string): number => parseIsoDay(text)!;

/** Last days of the time before the earlier period, of the earlier and of the later one. */
function ends(period: string | undefined, first: string, asOf: string): string[] {
  const { earlier, later } = periodsOf(spanOf(period), day(first), day(asOf));
  expect(later.from).toBe(earlier.to);
  return [earlier.from, earlier.to, later.to].map(isoOf);
}

describe('two periods', () => {
  it('are years by the calendar where the data hold two', () => {
    expect(ends(undefined, '2023-07-01', '2025-06-30')).toEqual(['2023-06-30', '2024-06-30', '2025-06-30']);
    expect(ends(undefined, '2020-01-01', '2024-02-29')).toEqual(['2022-02-28', '2023-02-28', '2024-02-29']);
  });

  it('are the halves of shorter data, an odd first day left out', () => {
    expect(ends(undefined, '1997-01-01', '1998-06-30')).toEqual(['1996-12-31', '1997-09-30', '1998-06-30']);
    expect(ends(undefined, '2024-01-01', '2024-01-03')).toEqual(['2024-01-01', '2024-01-02', '2024-01-03']);
    expect(ends(undefined, '2024-01-01', '2024-01-01')).toEqual(['2023-12-30', '2023-12-31', '2024-01-01']);
  });

  it('are as long as asked: months stay month ends, weeks are seven days', () => {
    expect(ends('1q', '2020-01-01', '2024-05-31')).toEqual(['2023-11-30', '2024-02-29', '2024-05-31']);
    expect(ends('2w', '2024-01-01', '2024-01-29')).toEqual(['2024-01-01', '2024-01-15', '2024-01-29']);
  });

  it('must reach the data, and better lie within them', () => {
    expect(() => ends('1y', '2024-01-10', '2025-01-08')).toThrow(expect.objectContaining({ code: 'E161' }));
    const within = (first: string) => {
      const periods = periodsOf(spanOf('1m'), day(first), day('2024-03-31'));
      return periodWarnings(periods, day(first)).map(({ code }) => code);
    };
    expect(within('2024-02-01')).toEqual([]);
    expect(within('2024-02-02')).toEqual(['W352']);
  });

  it('are no words and no nothing', () => {
    for (const text of ['0m', 'year', '1.5y', '-1m', '']) {
      expect(() => spanOf(text)).toThrow(expect.objectContaining({ code: 'E101' }));
    }
  });
});

describe('the periods of cohorts', () => {
  const every = (text: string | undefined, first: string, asOf: string) => everyOf(text, day(first), day(asOf)).text;

  it('are the shortest that make eight at most, or years', () => {
    expect(every(undefined, '2024-01-31', '2024-08-01')).toBe('1m');
    expect(every(undefined, '2024-01-31', '2024-09-01')).toBe('1q');
    expect(every(undefined, '2023-01-01', '2025-01-01')).toBe('1y');
    expect(every(undefined, '2001-01-01', '2025-01-01')).toBe('1y');
  });

  it('are as asked, up to 120', () => {
    expect(every('1m', '2014-01-31', '2023-12-01')).toBe('1m');
    expect(() => every('1m', '2014-01-31', '2024-01-01')).toThrow(expect.objectContaining({ code: 'E162' }));
  });
});
