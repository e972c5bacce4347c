import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoOf, parseIsoDay } from '../../../../src/base/calendar.ts';
import type { ContractPeriods, RenewalHoldout } from '../../../../src/data/contracts.ts';
import { readContracts } from '../../../../src/ledger/steps/contracts.ts';
import { readRenewals } from '../../../../src/ledger/steps/holdout/renewals.ts';
import { runs } from '../../../runs.ts';
import { day, type Line, PLAIN, withLedger } from '../../helpers.ts';

const MONTHLY: ContractPeriods = { months: 1, early: 15, grace: 15 };
const [AFTER, UNTIL] = ['2024-06-20', '2024-12-31'];

function renewalsOf(lines: readonly Line[], after = AFTER, until = UNTIL): Promise<RenewalHoldout> {
  return withLedger(lines, async (ledger) => {
    await ledger.load({ ...PLAIN, sales: true });
    await ledger.rollUp({ asOf: day(after), spendFrom: 'all', fillMeans: false });
    return readRenewals(ledger.loaded, MONTHLY, day(after), day(until));
  });
}

/** Payments of 10.00 of a customer on one day of some months of 2024. */
function paid(customer: string, of: string, months: readonly number[]): Line[] {
  return months.map((month): Line => [customer, `2024-${String(month).padStart(2, '0')}-${of}`, '10.00']);
}

const span = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** [renewals made, decided, renewed] of one customer, and the money of the periods in currency units. */
async function kept(lines: readonly Line[], after = AFTER, until = UNTIL) {
  const { outcomes, margin } = await renewalsOf(lines, after, until);
  const { length, made, decided, renewed } = outcomes;
  return {
    groups: Array.from({ length }, (_, i) => [made[i]!, decided[i]!, renewed[i]!]),
    money: margin!.map((units) => Number(units) / 1e10),
  };
}

describe('what running subscriptions do after a date', () => {
  it('who goes on has made all renewals whose grace is over', async () => {
    expect(await kept(paid('a', '15', span(1, 12)))).toEqual({ groups: [[5, 6, 6]], money: [10, 10, 10, 10, 10, 10] });
    expect(await kept(paid('a', '20', span(1, 12)))).toEqual({ groups: [[5, 5, 5]], money: [10, 10, 10, 10, 10] });
  });

  it('who leaves has not made the next, nor those after it', async () => {
    expect(await kept(paid('a', '15', span(1, 8)))).toEqual({ groups: [[5, 6, 2]], money: [10, 10, 0, 0, 0, 0] });
  });

  it('who comes back has left, and what is paid then is no part of it', async () => {
    const back = await kept([...paid('a', '15', span(1, 6)), ...paid('a', '15', span(10, 12))]);
    expect(back).toEqual({ groups: [[5, 6, 0]], money: [0, 0, 0, 0, 0, 0] });
  });

  it('who has left before, or comes later, is left out', async () => {
    const lines = [...paid('a', '15', span(1, 3)), ...paid('b', '15', span(8, 12)), ...paid('c', '10', span(5, 12))];
    expect((await kept(lines)).groups).toEqual([[1, 6, 6]]);
  });

  it('who is late at the date has one more renewal to make', async () => {
    const late = [...paid('a', '10', span(1, 5)), ...paid('a', '22', [6]), ...paid('a', '10', span(7, 12))];
    expect((await kept(late)).groups).toEqual([[4, 7, 7]]);
    expect((await kept(paid('a', '10', span(1, 5)))).groups).toEqual([[4, 7, 0]]);
  });

  it('refunds belong to the period paid last, and what is paid beyond the decided ones is left out', async () => {
    const lines: Line[] = [...paid('a', '20', span(1, 12)), ['a', '2024-09-25', '-4.00'], ['a', '2024-06-20', '0.00']];
    expect((await kept(lines)).money).toEqual([10, 10, 6, 10, 10]);
  });

  it('month ends stay month ends', async () => {
    const ends = ['01-31', '02-29', '03-31', '04-30', '05-31', '06-30', '07-31', '08-31', '09-30'];
    const lines = ends.map((end): Line => ['a', `2024-${end}`, '10.00']);
    expect((await kept(lines, '2024-03-31', '2024-09-15')).groups).toEqual([[2, 5, 5]]);
    expect((await kept(lines, '2024-03-31', '2024-09-14')).groups).toEqual([[2, 4, 4]]);
  });

  it('the margin a period is that of the run up to the date, by its periods', async () => {
    const lines: Line[] = [...paid('a', '15', span(1, 5)), ['a', '2024-06-15', '40.00'], ['a', '2024-07-15', '99.00']];
    const { outcomes } = await renewalsOf(lines);
    expect([...outcomes.margin]).toEqual([15]);
  });
});

interface Subscriber {
  readonly start: number;
  readonly payments: number;
  readonly shifts: readonly number[];
}

const FIRST = parseIsoDay('2023-01-01')!;
const SUBSCRIBER = fc.record({
  start: fc.nat(380),
  payments: fc.integer({ min: 1, max: 25 }),
  shifts: fc.array(fc.integer({ min: -5, max: 8 }), { minLength: 25, maxLength: 25 }),
});

/** The due day so many months after a first day that every month has. */
function due(first: number, months: number): number {
  const [year, month, of] = isoOf(first).split('-').map(Number) as [number, number, number];
  const at = year * 12 + month - 1 + months;
  const text = [Math.floor(at / 12), (at % 12) + 1, of].map((part) => String(part).padStart(2, '0'));
  return parseIsoDay(text.join('-'))!;
}

/** Payments each some days early or late, within the grace. */
function daysOf({ start, payments, shifts }: Subscriber): number[] {
  const first = firstOf(start);
  return Array.from({ length: payments }, (_, i) => (i === 0 ? first : due(first, i) + shifts[i]!));
}

function firstOf(start: number): number {
  const of = Number(isoOf(FIRST + start).slice(8));
  return FIRST + start - Math.max(0, of - 28);
}

describe('of customers who never come back', () => {
  const [after, until] = [day(AFTER), day(UNTIL)];

  it('the ones who are there at both dates are the survivors, and payments are the renewals', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(SUBSCRIBER, { minLength: 1, maxLength: 12 }), async (subscribers) => {
        const lines = subscribers.flatMap((one, i) =>
          daysOf(one)
            .filter((at) => at <= until)
            .map((at): Line => [`c${i}`, isoOf(at), '10.00']),
        );
        const [holdout, before, at] = await withLedger(lines, async (ledger) => {
          await ledger.load({ ...PLAIN, sales: true });
          const rollUp = (asOf: number) => ledger.rollUp({ asOf, spendFrom: 'all', fillMeans: false });
          await rollUp(after);
          const found = await readRenewals(ledger.loaded, MONTHLY, after, until);
          const known = await readContracts(ledger.loaded, MONTHLY, after);
          await rollUp(until);
          return [found, known, await readContracts(ledger.loaded, MONTHLY, until)];
        });
        const { made, decided, renewed, count, length } = holdout.outcomes;
        const running = ({ cells }: typeof before): number =>
          cells.count.reduce((sum, n, i) => sum + n * cells.alive[i]!, 0);
        expect(count.reduce((sum, n) => sum + n, 0)).toBe(running(before));
        const survivors = count.reduce((sum, n, i) => sum + (decided[i] === renewed[i] ? n : 0), 0);
        expect(survivors).toBe(running(at));
        const found = Array.from({ length }, (_, i) => `${made[i]} ${decided[i]} ${renewed[i]} ${count[i]}`).sort();
        expect(found).toEqual(expected(subscribers, after, until));
      }),
      { numRuns: runs(20) },
    );
  });
});

/** The same, counted customer by customer. */
function expected(subscribers: readonly Subscriber[], after: number, until: number): string[] {
  const groups = new Map<string, number>();
  const { grace } = MONTHLY;
  for (const one of subscribers) {
    const first = firstOf(one.start);
    const days = daysOf(one).filter((at) => at <= until);
    const known = days.filter((at) => at <= after).length;
    const paidUntil = (payments: number): number => Math.max(due(first, payments), due(days[payments - 1]!, 1));
    if (known === 0 || after - paidUntil(known) >= grace) continue;
    let decided = 0;
    while (due(first, known + decided) + grace <= until) decided++;
    const goesOn = until - paidUntil(days.length) < grace;
    const group = `${known - 1} ${decided} ${goesOn ? decided : Math.min(decided, days.length - known)}`;
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return [...groups].map(([group, customers]) => `${group} ${customers}`).sort();
}
