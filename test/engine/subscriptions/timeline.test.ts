import { describe, expect, it } from 'vitest';
import { isoOf } from '../../../src/base/calendar.ts';
import type { Monthly } from '../../../src/engine/subscriptions/monthly-value.ts';
import { type ChurnDate, timelineOf } from '../../../src/engine/subscriptions/timeline.ts';
import { day, rowsOf, rules, subscriptionsAt } from './payments.ts';

const MONTHLY: Monthly = { months: 1, weeksAYear: null, digits: 2, rateOn: () => ({ n: 1n, d: 1n }) };

/** What changes and the spans of lateness, of a subscription of one month with a grace of so many days. */
async function told(asOf: string, churn: ChurnDate, grace: number, ...lines: readonly string[]) {
  const [one] = await subscriptionsAt(rowsOf(...lines), rules('1m', { grace }), day(asOf));
  const { changes, late } = timelineOf(one!, day(asOf), MONTHLY, churn);
  return [
    ...changes.map((change) => `${isoOf(change.day)} ${change.kind} ${change.value}`),
    ...late.map(({ from, to, value }) => `late ${isoOf(from)} to ${isoOf(to)} ${value}`),
  ];
}

describe('the timeline of a subscription', () => {
  it('is late from the day until which it is paid, to the day before the next term', async () => {
    const lines = ['2024-01-10 10', '2024-02-14 10'];
    expect(await told('2024-02-20', 'after-grace', 10, ...lines)).toEqual([
      '2024-01-10 paid 1000',
      '2024-02-14 paid 1000',
      'late 2024-02-10 to 2024-02-13 1000',
    ]);
  });

  it('is late on the first of these days already, and not before', async () => {
    expect(await told('2024-02-09', 'after-grace', 10, '2024-01-10 10')).toEqual(['2024-01-10 paid 1000']);
    expect(await told('2024-02-10', 'after-grace', 10, '2024-01-10 10')).toEqual([
      '2024-01-10 paid 1000',
      'late 2024-02-10 to 2024-02-10 1000',
    ]);
  });

  it('ends after its grace, or with its period, of which nothing is late then', async () => {
    expect(await told('2024-06-01', 'after-grace', 10, '2024-01-10 10')).toEqual([
      '2024-01-10 paid 1000',
      '2024-02-21 ended 0',
      'late 2024-02-10 to 2024-02-20 1000',
    ]);
    expect(await told('2024-06-01', 'period-end', 10, '2024-01-10 10')).toEqual([
      '2024-01-10 paid 1000',
      '2024-02-10 ended 0',
    ]);
  });

  it('of 0.00 is never late', async () => {
    const lines = ['2024-01-10 10', '2024-02-10 0'];
    expect(await told('2024-03-15', 'after-grace', 10, ...lines)).toEqual([
      '2024-01-10 paid 1000',
      '2024-02-10 free 0',
    ]);
  });
});
