import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pace } from '../../../src/data/contracts.ts';
import { LENGTHS } from '../../../src/data/subscriptions/lengths.ts';
import { dueDay } from '../../../src/engine/subscriptions/lengths.ts';
import { median, nearestLength, PaceOf } from '../../../src/engine/subscriptions/pace.ts';
import { runs } from '../../runs.ts';
import { day, daysAfter, lengthNamed, type Row, rules, subscriptionsAt } from './payments.ts';

const FIRST = day('2022-01-15');
const UNTIL = day('2026-12-31');

/** The pace of customers who each pay so many days after the payment before. */
async function paceOf(contract: string, customers: readonly (readonly number[])[]): Promise<Pace> {
  const rows = customers.flatMap((gaps, i) =>
    daysAfter(FIRST, gaps).map((at): Row => ({ customer: `c${i}`, day: at, amount: 100_000n })),
  );
  const pace = new PaceOf();
  for (const one of await subscriptionsAt(rows, rules(contract), UNTIL)) pace.add(one);
  return pace.done();
}

const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

describe('payments at another pace than their length', () => {
  it('are those of annual subscribers read by months, named with their gap and the length that is near to it', async () => {
    const { count, unfit } = await paceOf('1m', [
      [365, 366],
      [31, 30, 31],
      [365, 365, 366],
    ]);
    expect(count).toBe(2);
    expect(unfit[0]).toEqual({ customer: 'c0', gap: 365, length: lengthNamed('1m'), other: lengthNamed('1y') });
    expect(unfit.map(({ customer }) => customer)).toEqual(['c0', 'c2']);
  });

  it('one gap alone may be a lapse: it is believed where several are near to another length', async () => {
    expect((await paceOf('1m', [[365], ...times(5, [31, 30])])).count).toBe(0);
    expect((await paceOf('1m', [[200], [217], [250], ...times(5, [31, 30])])).count).toBe(0);
    expect((await paceOf('1m', [[365], [366], ...times(5, [31, 30])])).count).toBe(2);
    expect((await paceOf('1m', [[365], [366], ...times(40, [31])])).count).toBe(0);
  });

  it('a payment missed and a return are the pace of their length', async () => {
    expect(
      (
        await paceOf('1m', [
          [31, 61, 30, 31],
          [30, 30, 120, 31],
        ])
      ).count,
    ).toBe(0);
    expect((await paceOf('1m', [[]])).count).toBe(0);
  });

  it('a free month between two payments is no gap of two months', async () => {
    const rows = ['c0', 'c1', 'c2'].flatMap((customer) =>
      daysAfter(FIRST, [31, 29]).map((at, i): Row => ({ customer, day: at, amount: i === 1 ? 0n : 100_000n })),
    );
    const pace = new PaceOf();
    for (const one of await subscriptionsAt(rows, rules('1m'), UNTIL)) pace.add(one);
    expect(pace.done()).toMatchObject({ count: 0, isOther: false });
  });

  it('is that of another length where more than a few of those that paid twice are', async () => {
    expect((await paceOf('1m', [[365, 365], ...times(5, [31, 30])])).isOther).toBe(true);
    expect((await paceOf('1m', [[365, 365], ...times(30, [31, 30])])).isOther).toBe(false);
    expect(await paceOf('1m', [[75, 80], ...times(5, [31, 30])])).toMatchObject({ count: 1, isOther: false });
  });

  it('a plan of another length is held against its own payments alone', async () => {
    const monthly = daysAfter(FIRST, times(11, 30)).map((at): Row => ({ day: at, amount: 100_000n, plan: 'monthly' }));
    const annual = daysAfter(monthly.at(-1)!.day + 31, [365]).map(
      (at): Row => ({ day: at, amount: 900_000n, plan: 'annual' }),
    );
    const pace = new PaceOf();
    const byPlan = { ...rules('1m'), lengthOf: (plan: string) => lengthNamed(plan === 'annual' ? '1y' : '1m') };
    for (const one of await subscriptionsAt([...monthly, ...annual], byPlan, UNTIL)) pace.add(one);
    expect(pace.done()).toEqual({ ofLines: false, count: 0, unfit: [], isOther: false });
  });

  it('names ten at most, and counts all', async () => {
    const { count, unfit } = await paceOf('1m', times(12, [365, 365]));
    expect([count, unfit.length]).toEqual([12, 10]);
  });

  it('payments on their due days fit their own length', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...LENGTHS),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 0, max: 60 }),
        async (length, payments, later) => {
          const first = FIRST + later;
          const due = Array.from({ length: payments }, (_, k) => dueDay(first, k, length));
          const rows = due.filter((at) => at <= UNTIL).map((at): Row => ({ day: at, amount: 100_000n }));
          const pace = new PaceOf();
          for (const one of await subscriptionsAt(rows, rules(length.text), UNTIL)) pace.add(one);
          expect(pace.done()).toEqual({ ofLines: false, count: 0, unfit: [], isOther: false });
        },
      ),
      { numRuns: runs(200) },
    );
  });
});

describe('the length nearest to a gap', () => {
  it('is nearest by the ratio', () => {
    expect([7, 10, 27, 31, 59, 91, 180, 365, 800].map((gap) => nearestLength(gap).text)).toEqual(
      '1w 2w 4w 1m 2m 1q 6m 1y 2y'.split(' '),
    );
  });

  it('the median is the lower of two', () => {
    expect([median([9, 1]), median([3, 1, 2]), median([4, 3, 2, 1])]).toEqual([1, 2, 2]);
  });
});
