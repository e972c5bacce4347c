import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, daysInMonth, isoOf } from '../../../src/base/calendar.ts';
import type { ContractPeriods, Contracts } from '../../../src/data/contracts.ts';
import { readContracts, writeWorth } from '../../../src/ledger/steps/contracts.ts';
import { runs } from '../../runs.ts';
import { day, type Line, PLAIN, rows, withLedger } from '../helpers.ts';

const MONTHLY: ContractPeriods = { months: 1, early: 15, grace: 15 };

function contractsOf(lines: readonly Line[], asOf: string, periods: Partial<ContractPeriods> = {}): Promise<Contracts> {
  return withLedger(lines, async (ledger) => {
    await ledger.load({ ...PLAIN, sales: true });
    await ledger.rollUp({ asOf: day(asOf), spendFrom: 'all', fillMeans: false });
    return readContracts(ledger.loaded, { ...MONTHLY, ...periods }, day(asOf));
  });
}

/** [tenure, alive] of one customer who pays 10 on these days. */
async function run(
  days: readonly string[],
  asOf: string,
  periods: Partial<ContractPeriods> = {},
): Promise<[number, number]> {
  const { cells } = await contractsOf(
    days.map((date): Line => ['a', date, '10.00']),
    asOf,
    periods,
  );
  expect([cells.length, cells.count[0]]).toEqual([1, 1]);
  return [cells.tenure[0]!, cells.alive[0]!];
}

describe('periods by the calendar', () => {
  it('month ends stay month ends, and short months do not shift the rest', async () => {
    for (const days of [
      ['2023-12-31', '2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30'],
      ['2023-11-30', '2023-12-31', '2024-01-31', '2024-02-29', '2024-03-31'],
      ['2023-11-30', '2023-12-30', '2024-01-30', '2024-02-29', '2024-03-30'],
      ['2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31', '2024-06-30'],
    ]) {
      expect(await run(days, days.at(-1)!, { grace: 0 }), days.join(' ')).toEqual([5, 1]);
    }
  });

  it('by quarters and years too, leap days included', async () => {
    expect(
      await run(['2023-08-31', '2023-11-30', '2024-02-29', '2024-05-31'], '2024-05-31', { months: 3, early: 45 }),
    ).toEqual([4, 1]);
    const years = ['2020-02-29', '2021-02-28', '2022-02-28', '2023-02-28', '2024-02-29'];
    expect(await run(years, '2024-12-31', { months: 12, early: 182, grace: 0 })).toEqual([5, 1]);
  });

  it('payments early, late or every 30 days count for the period they are nearest to', async () => {
    expect(await run(['2024-01-15', '2024-02-14', '2024-03-18', '2024-04-10', '2024-05-15'], '2024-05-20')).toEqual([
      5, 1,
    ]);
    const first = day('2023-01-05');
    const every30 = Array.from({ length: 13 }, (_, i) => isoOf(first + 30 * i));
    expect(await run(every30, '2023-12-31')).toEqual([13, 1]);
  });

  it('as counted here, for any first day and number of months', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: day('2019-12-20'), max: day('2024-03-05') }),
        fc.constantFrom(1, 3, 12),
        fc.integer({ min: 1, max: 9 }),
        async (start, months, count) => {
          const [y, m, d] = isoOf(start).split('-').map(Number) as [number, number, number];
          const due = (k: number): string => {
            const [year, month] = [y + Math.floor((m - 1 + k) / 12), ((m - 1 + k) % 12) + 1];
            const last = daysInMonth(year, month);
            return isoOf(dayOf(year, month, d === daysInMonth(y, m) ? last : Math.min(d, last)));
          };
          const days = Array.from({ length: count }, (_, i) => due(i * months));
          const periods = { months: months as 1, early: 15 * months, grace: 0 };
          const paidUntil = day(due(count * months));
          expect(await run(days, isoOf(paidUntil - 1), periods)).toEqual([count, 1]);
          expect(await run(days, isoOf(paidUntil), periods)).toEqual([count, 0]);
        },
      ),
      { numRuns: runs(25) },
    );
  });
});

describe('runs', () => {
  it('may miss the days of grace, not more', async () => {
    const paid = ['2024-01-10', '2024-02-10'];
    expect(await run([...paid, '2024-03-25'], '2024-03-25')).toEqual([3, 1]);
    expect(await run([...paid, '2024-03-26'], '2024-03-26')).toEqual([1, 1]);
    expect(await run([...paid, '2024-04-10'], '2024-04-10', { grace: 30 })).toEqual([1, 1]);
    // The month that was missed within the grace is part of the run.
    expect(await run([...paid, '2024-04-10'], '2024-04-10', { grace: 31 })).toEqual([4, 1]);
  });

  it('reach the as-of date for as long as they may miss', async () => {
    const paid = ['2024-01-10', '2024-02-10'];
    expect(await run(paid, '2024-03-09')).toEqual([2, 1]);
    expect(await run(paid, '2024-03-24')).toEqual([2, 1]);
    expect(await run(paid, '2024-03-25')).toEqual([2, 0]);
    expect(await run(paid, '2024-03-10', { grace: 0 })).toEqual([2, 0]);
  });

  it('before the last are counted; its margin is all money since it began, up to the as-of date', async () => {
    const lines: Line[] = [
      ...['2023-01-10', '2023-02-10', '2023-06-12', '2023-07-10', '2023-08-10'].map((d): Line => ['a', d, '10.00']),
      ['a', '2023-03-01', '-4.00'],
      ['a', '2023-08-20', '-0.50'],
      ['a', '2023-09-10', '10.00'],
      ...['2023-07-31', '2023-08-31'].map((d): Line => ['b', d, '10.00']),
      ['b', '2023-08-31', '2.00'],
      ['b', '2023-08-20', '1.00'],
      ['c', '2023-02-01', '10.00'],
    ];
    const found = await contractsOf(lines, '2023-09-01');
    expect([found.returned, found.earlierRuns, found.payments, found.second]).toEqual([1, 1, 10, 2]);
    const { cells } = found;
    expect(Array.from(cells.tenure, (tenure, i) => [tenure, cells.alive[i], cells.margin[i]])).toEqual([
      [1, 0, 100_000_000_000n],
      [2, 1, 230_000_000_000n],
      [3, 1, 295_000_000_000n],
    ]);
    expect([...found.gaps.days].reduce((sum, gap, i) => sum + gap * found.gaps.count[i]!, 0)).toBe(
      day('2023-08-10') - day('2023-01-10') + day('2023-08-31') - day('2023-07-31'),
    );
  });
});

describe('worth', () => {
  it('goes to the customers of the cell, and sums to the totals', async () => {
    const lines: Line[] = [
      ...['2023-01-10', '2023-02-10', '2023-03-10'].flatMap((d): Line[] => [
        ['a', d, '10.00'],
        ['b', d, '10.00'],
        ['c', d, '5.00'],
      ]),
      ['d', '2023-01-10', '7.00'],
    ];
    await withLedger(lines, async (ledger) => {
      await ledger.load({ ...PLAIN, sales: true });
      await ledger.rollUp({ asOf: null, spendFrom: 'all', fillMeans: false });
      const { cells } = await readContracts(ledger.loaded, MONTHLY, day('2023-03-10'));
      expect([...cells.count]).toEqual([1, 1, 2]);
      await writeWorth(ledger.loaded, { factor: Float64Array.of(0, 2, 2), clv: BigInt64Array.of(0n, 1001n, 2000n) });
      const found = await rows(ledger, { subscribers: true });
      expect(found.map(({ id, clv, mean }) => [id, clv, mean])).toEqual([
        ['a', 2000n, 10],
        ['b', 2000n, 10],
        ['c', 1001n, 5],
        ['d', 0n, 7],
      ]);
      for await (const block of ledger.customers({ subscribers: true }))
        expect([...block.columns.get('tenure_periods')!]).toEqual([3, 3, 3, 1]);
      expect((await ledger.totals())[0]).toMatchObject({ customers: 4, clv: 5001n, margin: 820_000_000_000n });
    });
  });
});
