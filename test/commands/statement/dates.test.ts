import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, isoOf, parseIsoDay } from '../../../src/base/calendar.ts';
import { datesOf } from '../../../src/commands/statement/dates.ts';

const day = (text: string) => parseIsoDay(text)!;
const FIRST = day('2020-01-01');
const LAST = day('2025-06-30');

const ends = (month: number) => isoOf(dayOf(2020, month + 1, 1) - 1);

/** The dates of a statement on transactions from 2020-01-01 to 2025-06-30, as ISO text; a series as the dates it goes through. */
function dates(asked: { from?: string; to?: string; months?: number }) {
  const { whole, series } = datesOf(
    { from: asked.from ? day(asked.from) : null, to: asked.to ? day(asked.to) : null, months: asked.months ?? null },
    FIRST,
    LAST,
  );
  return {
    whole: [whole.from, whole.to].map(isoOf),
    series: series.length === 0 ? [] : [series[0]!.from, ...series.map(({ to }) => to)].map(isoOf),
  };
}

describe('dates of a statement', () => {
  it('closes on the last date and opens twelve months before, unless told otherwise', () => {
    expect(dates({})).toEqual({ whole: ['2024-06-30', '2025-06-30'], series: [] });
    expect(dates({ to: '2024-02-29' }).whole).toEqual(['2023-02-28', '2024-02-29']);
    expect(dates({ from: '2024-12-31' }).whole).toEqual(['2024-12-31', '2025-06-30']);
    expect(dates({ from: '2024-05-05', to: '2024-05-06' }).whole).toEqual(['2024-05-05', '2024-05-06']);
  });

  it('a series has twelve periods back from the closing, on month ends where that is one', () => {
    const { whole, series } = dates({ months: 1 });
    expect(whole).toEqual(['2024-06-30', '2025-06-30']);
    expect(series).toHaveLength(13);
    expect(series.slice(0, 3)).toEqual(['2024-06-30', '2024-07-31', '2024-08-31']);
    expect(series.slice(-5)).toEqual(['2025-02-28', '2025-03-31', '2025-04-30', '2025-05-31', '2025-06-30']);
    expect(dates({ months: 3 }).series.slice(0, 3)).toEqual(['2022-06-30', '2022-09-30', '2022-12-31']);
  });

  it('goes back as far as there are transactions, one period at least', () => {
    expect(dates({ to: '2020-12-31' }).whole).toEqual(['2020-01-31', '2020-12-31']);
    expect(dates({ to: '2020-02-01' }).whole).toEqual(['2020-01-01', '2020-02-01']);
    expect(dates({ months: 12 }).series).toEqual([2020, 2021, 2022, 2023, 2024, 2025].map((year) => `${year}-06-30`));
    expect(dates({ to: '2020-12-31', months: 3 }).series).toEqual([3, 6, 9, 12].map((month) => ends(month)));
  });

  it('says how the opening was found where it was not given', () => {
    const assumed = (from: string | null, months: number) =>
      datesOf({ from: from === null ? null : day(from), to: null, months }, FIRST, LAST).assumed;
    expect(assumed('2024-12-31', 1)).toBeNull();
    expect(assumed(null, 3)).toEqual({ text: '12 periods of 1q before the closing', shortened: false });
    expect(assumed(null, 12)).toEqual({
      text: '5 periods of 1y before the closing: 12 would begin before the first transaction, on 2020-01-01',
      shortened: true,
    });
  });

  it('from a given opening only the last period may be shorter', () => {
    const { whole, series } = dates({ from: '2025-01-31', to: '2025-06-15', months: 1 });
    expect(whole).toEqual(['2025-01-31', '2025-06-15']);
    expect(series).toEqual(['2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30', '2025-05-31', '2025-06-15']);
    expect(dates({ from: '2025-05-20', months: 12 }).series).toEqual(['2025-05-20', '2025-06-30']);
  });

  it('the periods of a series join, and are together the whole', () => {
    const days = fc.integer({ min: FIRST, max: dayOf(2026, 12, 31) });
    fc.assert(
      fc.property(fc.option(days), days, fc.constantFrom(1, 3, 12), (from, to, months) => {
        fc.pre(from === null ? to > FIRST + 366 * months : from < to);
        const { whole, series } = datesOf({ from, to, months }, FIRST, LAST);
        expect([series[0]!.from, series.at(-1)!.to]).toEqual([whole.from, whole.to]);
        for (const [i, period] of series.entries()) {
          expect(period.from).toBeLessThan(period.to);
          if (i > 0) expect(period.from).toBe(series[i - 1]!.to);
        }
      }),
    );
  });

  it.each([
    [{ from: '2025-06-30' }, 'E127'],
    [{ from: '2025-07-01' }, 'E127'],
    [{ from: '2024-02-01', to: '2024-01-01' }, 'E127'],
    [{ from: '2019-12-31' }, 'E126'],
    [{ to: '2020-01-31' }, 'E126'],
    [{ to: '2020-12-30', months: 12 }, 'E126'],
  ])('%j is refused: %s', (asked, code) => {
    expect(() => dates(asked)).toThrowError(expect.objectContaining({ code }));
  });
});
