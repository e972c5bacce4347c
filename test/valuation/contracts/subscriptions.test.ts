import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, daysInMonth, isoOf } from '../../../src/base/calendar.ts';
import type { Contracts } from '../../../src/data/contracts.ts';
import { daysAfter, rules } from '../../engine/subscriptions/payments.ts';
import { amount, day, type Line } from '../../ledger/helpers.ts';
import { runs } from '../../runs.ts';
import { runOf, subscriptionsIn } from './reading.ts';

const M15 = rules('1m', { grace: 15 });

/** [tenure, alive, margin, periods it is brought in] of each subscription, in the order of customers. */
function figures({ cells, cellOf }: Contracts): (number | bigint)[][] {
  return Array.from(cellOf, (i) => [
    cells.tenure[i]!,
    cells.alive[i]!,
    cells.margin[i]! / 10n ** 8n,
    cells.periods[i]!,
  ]);
}

describe('terms by the calendar', () => {
  it('month ends stay month ends, and short months do not shift the rest', async () => {
    for (const days of [
      ['2023-12-31', '2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30'],
      ['2023-11-30', '2023-12-31', '2024-01-31', '2024-02-29', '2024-03-31'],
      ['2023-11-29', '2023-12-29', '2024-01-29', '2024-02-29', '2024-03-29'],
      ['2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31', '2024-06-30'],
    ])
      expect(await runOf(days, days.at(-1)!, '1m', 0), days.join(' ')).toEqual([5, 1, 3, 0]);
  });

  it('by quarters and years too, leap days included', async () => {
    const quarters = ['2023-08-31', '2023-11-30', '2024-02-29', '2024-05-31'];
    expect(await runOf(quarters, '2024-05-31', '1q', 0)).toEqual([4, 1, 2, 0]);
    const years = ['2020-02-29', '2021-02-28', '2022-02-28', '2023-02-28', '2024-02-29'];
    expect(await runOf(years, '2024-12-31', '1y', 0)).toEqual([5, 1, 4, 0]);
  });

  it('payments early, late or every 30 days count for the due day they are nearest to', async () => {
    const near = ['2024-01-15', '2024-02-14', '2024-03-18', '2024-04-10', '2024-05-15'];
    expect(await runOf(near, '2024-05-20')).toEqual([5, 1, 3, 0]);
    const every30 = Array.from({ length: 13 }, (_, i) => isoOf(day('2023-01-05') + 30 * i));
    expect((await runOf(every30, '2023-12-31')).slice(0, 2)).toEqual([13, 1]);
  });

  it('as counted here, for any first day and number of months', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: day('2019-12-20'), max: day('2024-03-05') }),
        fc.constantFrom(['1m', 1] as const, ['2m', 2] as const, ['1q', 3] as const, ['1y', 12] as const),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 14 }),
        async (start, [contract, months], count, grace) => {
          const [y, m, d] = isoOf(start).split('-').map(Number) as [number, number, number];
          const due = (k: number): string => {
            const [year, month] = [y + Math.floor((m - 1 + k) / 12), ((m - 1 + k) % 12) + 1];
            const last = daysInMonth(year, month);
            return isoOf(dayOf(year, month, d === daysInMonth(y, m) ? last : Math.min(d, last)));
          };
          const days = Array.from({ length: count }, (_, i) => due(i * months));
          const lastLate = day(due(count * months)) + grace;
          expect(await runOf(days, isoOf(lastLate), contract, grace)).toEqual([count, 1, count - 1, 0]);
          expect(await runOf(days, isoOf(lastLate + 1), contract, grace)).toEqual([count, 0, count - 1, 1]);
        },
      ),
      { numRuns: runs(25) },
    );
  });
});

describe('runs', () => {
  it('may miss the days of grace, the last of them included, not more', async () => {
    const paid = ['2024-01-10', '2024-02-10'];
    expect(await runOf([...paid, '2024-03-25'], '2024-03-25')).toEqual([3, 1, 1, 0]);
    expect(await runOf([...paid, '2024-03-26'], '2024-03-26')).toEqual([1, 1, 0, 0]);
    // A month that is missed within the grace is no paid period.
    expect(await runOf([...paid, '2024-04-09'], '2024-04-09', '1m', 30)).toEqual([3, 1, 1, 0]);
    expect(await runOf([...paid, '2024-04-10'], '2024-04-10', '1m', 30)).toEqual([1, 1, 0, 0]);
  });

  it('reach the as-of date for as long as they may miss', async () => {
    const paid = ['2024-01-10', '2024-02-10'];
    expect(await runOf(paid, '2024-03-09')).toEqual([2, 1, 1, 0]);
    expect(await runOf(paid, '2024-03-25')).toEqual([2, 1, 1, 0]);
    expect(await runOf(paid, '2024-03-26')).toEqual([2, 0, 1, 1]);
    expect(await runOf(paid, '2024-03-10', '1m', 0)).toEqual([2, 1, 1, 0]);
    expect(await runOf(paid, '2024-03-11', '1m', 0)).toEqual([2, 0, 1, 1]);
  });

  it('before the last are counted; its margin is that of its terms, extra payments, one-offs and what comes later apart', async () => {
    const lines: Line[] = [
      ...['2023-01-10', '2023-02-10', '2023-06-12', '2023-07-10', '2023-08-10'].map(
        (date): Line => ['a', date, '10.00', 'basic'],
      ),
      ['a', '2023-03-01', '-4.00', 'basic'],
      ['a', '2023-08-20', '-0.50', 'basic'],
      ['a', '2023-07-10', '99.00', 'setup'],
      ['a', '2023-09-10', '10.00', 'basic'],
      ...['2023-07-31', '2023-08-31'].map((date): Line => ['b', date, '10.00', 'basic']),
      ['b', '2023-08-31', '2.00', 'seats'],
      ['b', '2023-08-10', '1.00', 'basic'],
      ['c', '2023-02-01', '10.00', 'basic'],
    ];
    const found = await subscriptionsIn(lines, '2023-09-01', M15);
    expect([found.returned, found.earlierRuns, found.payments, found.extra, found.late]).toEqual([1, 1, 9, 1, 0]);
    expect(figures(found)).toEqual([
      [3, 1, 2950n, 3],
      [2, 1, 2200n, 2],
      [1, 0, 1000n, 1],
    ]);
    expect([...found.starts]).toEqual([0, 1, 2, 3]);
  });

  it('a part given back is money; all given back is no paid period and ends the run at once', async () => {
    const paid: Line[] = ['2024-01-10', '2024-02-10'].map((date): Line => ['a', date, '10.00']);
    const refunded = async (refund: string) =>
      figures(await subscriptionsIn([...paid, ['a', '2024-02-12', refund]], '2024-02-20', M15))[0];
    expect(await refunded('-4.00')).toEqual([2, 1, 1600n, 2]);
    expect(await refunded('-9.99')).toEqual([2, 1, 1001n, 2]);
    expect(await refunded('-10.00')).toEqual([1, 0, 1000n, 1]);
  });

  it('what a period brings from now on may be the last payment', async () => {
    const lines: Line[] = ['10.00', '10.00', '100.00'].map((paid, i): Line => ['a', `2024-0${i + 1}-10`, paid]);
    const last = { priceNow: ({ margin }: { readonly margin: bigint }) => ({ margin, periods: 1 }) };
    expect(figures(await subscriptionsIn(lines, '2024-03-20', M15, last))).toEqual([[3, 1, 10000n, 1]]);
    expect(figures(await subscriptionsIn(lines, '2024-03-20', M15))).toEqual([[3, 1, 12000n, 3]]);
  });
});

describe('customers', () => {
  const lines: Line[] = [
    ...['2024-01-10', '2024-02-10', '2024-03-10'].map((date): Line => ['b', date, '10.00', 'mail', 's1']),
    ['b', '2024-01-20', '120.00', 'crm', 's2'],
    ['a', '2024-03-01', '10.00', 'mail', 's1'],
  ];
  const terms = rules('mail=1m,crm=1y');

  it('have all of their subscriptions together, each with a fit by its length', async () => {
    const { cells, cellOf, starts } = await subscriptionsIn(lines, '2024-03-20', terms);
    expect([...starts]).toEqual([0, 1, 3]);
    expect(Array.from(cellOf, (i) => cells.fits[cells.fit[i]!]!.length.text)).toEqual(['1m', '1m', '1y']);
    expect(Array.from(cellOf, (i) => cells.tenure[i])).toEqual([1, 3, 1]);
  });

  it('bear their costs once, on the subscription that has run longest', async () => {
    const costs = (date: string) => ({ file: 'c', rows: [{ customer: 'b', day: day(date), cost: amount('6.00') }] });
    const at = async (date: string) =>
      figures(await subscriptionsIn(lines, '2024-03-20', terms, { costs: costs(date) }));
    expect(await at('2024-01-15')).toEqual([
      [1, 1, 1000n, 1],
      [3, 1, 2400n, 3],
      [1, 1, 12000n, 1],
    ]);
    for (const outside of ['2024-01-09', '2024-03-21']) expect((await at(outside))[1]).toEqual([3, 1, 3000n, 3]);
  });
});

/** Customers with gaps between their payments, in days, within the grace or beyond it. */
const customersWith = (most: number) =>
  fc.array(fc.array(fc.integer({ min: 16, max: most }), { maxLength: 8 }), { minLength: 2, maxLength: 6 });

function linesOf(customers: readonly (readonly number[])[]): Line[] {
  return customers.flatMap((gaps, i) =>
    daysAfter(day('2024-01-03') + 5 * i, gaps).map((at): Line => [`c${i}`, isoOf(at), '10.00']),
  );
}

describe('laws', () => {
  it('a later as-of date moves no decision that is closed', async () => {
    const [at, later] = [fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 60 })];
    await fc.assert(
      fc.asyncProperty(customersWith(40), at, later, async (all, days, more) => {
        const lines = linesOf(all);
        const on = day('2024-01-31') + days;
        const [then, now] = [
          await subscriptionsIn(lines, isoOf(on), M15),
          await subscriptionsIn(lines, isoOf(on + more), M15),
        ];
        // Who comes back begins a new run, with decisions of its own.
        if (now.earlierRuns > then.earlierRuns) return;
        for (const [i, cell] of then.cellOf.entries()) {
          const { made, lost } = then.cells;
          const next = now.cellOf[i]!;
          expect(now.cells.made[next]).toBeGreaterThanOrEqual(made[cell]!);
          if (lost[cell]) expect([now.cells.made[next], now.cells.lost[next]]).toEqual([made[cell], 1]);
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it('customers that are read apart are the same as those read together', async () => {
    await fc.assert(
      fc.asyncProperty(customersWith(60), async (all) => {
        const lines = linesOf(all);
        const isFirst = ([id]: Line): boolean => id === 'c0';
        const figuresOf = async (some: readonly Line[]) => figures(await subscriptionsIn(some, '2024-08-31', M15));
        const parts = [await figuresOf(lines.filter(isFirst)), await figuresOf(lines.filter((line) => !isFirst(line)))];
        expect(parts.flat()).toEqual(await figuresOf(lines));
      }),
      { numRuns: runs(30) },
    );
  });
});
