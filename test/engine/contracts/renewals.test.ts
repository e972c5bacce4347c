import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, daysInMonth, isoOf } from '../../../src/base/calendar.ts';
import type { RenewalHoldout } from '../../../src/data/contracts.ts';
import { RenewalsOf } from '../../../src/engine/contracts/renewals.ts';
import { subscriptionOf } from '../../../src/engine/subscriptions/of-payments.ts';
import { customersOf } from '../../../src/engine/subscriptions/payments-of-rows.ts';
import { runs } from '../../runs.ts';
import { blocksOf, day, type Row, rowsOf, rules } from '../subscriptions/payments.ts';

const GRACE = 15;
const MONTHLY = rules('1m', { grace: GRACE });
const [AFTER, UNTIL] = ['2024-06-20', '2024-12-31'];

async function renewalsOf(rows: readonly Row[], after = AFTER, until = UNTIL): Promise<RenewalHoldout> {
  const renewals = new RenewalsOf(day(until));
  for await (const customers of customersOf(blocksOf(rows, day(until))))
    for (const customer of customers)
      for (const one of customer.subscriptions) {
        const then = subscriptionOf(customer, one, MONTHLY, day(after));
        if (then.standing.state !== 'ended') renewals.add(then, subscriptionOf(customer, one, MONTHLY, day(until)));
      }
  return renewals.done();
}

/** Payments of 10.00 of a customer on one day of some months of 2024. */
function paid(customer: string, of: string, months: readonly number[]): Row[] {
  const lines = months.map((month) => `2024-${String(month).padStart(2, '0')}-${of} 10`);
  return rowsOf(...lines).map((row) => ({ ...row, customer }));
}

const more = (...lines: readonly string[]): Row[] => rowsOf(...lines).map((row) => ({ ...row, customer: 'a' }));
const span = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** [renewals made, decided, renewed] of groups, and the money of the periods in currency units. */
async function kept(rows: readonly Row[], after = AFTER, until = UNTIL) {
  const { outcomes, margin } = await renewalsOf(rows, after, until);
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

  it('the last day of the grace is inside: a renewal is decided on the day after', async () => {
    const rows = paid('a', '15', span(1, 12));
    expect((await kept(rows, AFTER, '2024-12-30')).groups).toEqual([[5, 5, 5]]);
    expect((await kept(rows, AFTER, '2024-12-31')).groups).toEqual([[5, 6, 6]]);
  });

  it('who came back has made the renewals since then', async () => {
    const rows = paid('a', '15', [1, ...span(3, 12)]);
    expect(await kept(rows)).toEqual({ groups: [[3, 6, 6]], money: [10, 10, 10, 10, 10, 10] });
  });

  it('who leaves has not made the next, nor those after it', async () => {
    expect(await kept(paid('a', '15', span(1, 8)))).toEqual({ groups: [[5, 6, 2]], money: [10, 10, 0, 0, 0, 0] });
  });

  it('who comes back has left, and what is paid then is no part of it', async () => {
    const back = await kept([...paid('a', '15', span(1, 6)), ...paid('a', '15', span(10, 12))]);
    expect(back).toEqual({ groups: [[5, 6, 0]], money: [0, 0, 0, 0, 0, 0] });
  });

  it('who has left before, or comes later, is left out', async () => {
    const rows = [...paid('a', '15', span(1, 3)), ...paid('b', '15', span(8, 12)), ...paid('c', '10', span(5, 12))];
    expect((await kept(rows)).groups).toEqual([[1, 6, 6]]);
  });

  it('who is late at the date has one more renewal to make', async () => {
    const late = [...paid('a', '10', span(1, 5)), ...paid('a', '22', [6]), ...paid('a', '10', span(7, 12))];
    expect((await kept(late)).groups).toEqual([[4, 7, 7]]);
    expect((await kept(paid('a', '10', span(1, 5)))).groups).toEqual([[4, 7, 0]]);
  });

  it('refunds belong to the period paid last, and what is paid beyond the decided ones is left out', async () => {
    const rows = [...paid('a', '20', span(1, 12)), ...more('2024-09-25 -4')];
    expect((await kept(rows)).money).toEqual([10, 10, 6, 10, 10]);
  });

  it('a payment wholly given back is no renewal', async () => {
    const rows = [...paid('a', '20', span(1, 9)), ...more('2024-09-25 -10')];
    expect(await kept(rows)).toEqual({ groups: [[5, 5, 2]], money: [10, 10, 0, 0, 0] });
  });

  it('month ends stay month ends', async () => {
    const ends = ['01-31', '02-29', '03-31', '04-30', '05-31', '06-30', '07-31', '08-31', '09-30'];
    const rows = more(...ends.map((end) => `2024-${end} 10`));
    expect((await kept(rows, '2024-03-31', '2024-09-16')).groups).toEqual([[2, 5, 5]]);
    expect((await kept(rows, '2024-03-31', '2024-09-15')).groups).toEqual([[2, 4, 4]]);
  });

  it('the margin a period is that of the run up to the date, by its periods, extra payments apart', async () => {
    const rows = [...paid('a', '15', span(1, 5)), ...more('2024-05-18 7', '2024-06-15 40', '2024-07-15 99')];
    const { outcomes } = await renewalsOf(rows);
    expect([...outcomes.margin]).toEqual([15]);
  });
});

interface Subscriber {
  readonly first: number;
  readonly payments: number;
  readonly shifts: readonly number[];
}

const SUBSCRIBER = fc.record({
  first: fc.integer({ min: day('2023-01-01'), max: day('2024-01-15') }).map((at) => {
    const of = Number(isoOf(at).slice(8));
    return at - Math.max(0, of - 27);
  }),
  payments: fc.integer({ min: 1, max: 25 }),
  shifts: fc.array(fc.integer({ min: -5, max: 8 }), { minLength: 25, maxLength: 25 }),
});

/** The same day so many months later, or the last of that month. */
function due(from: number, months: number): number {
  const [year, month, of] = isoOf(from).split('-').map(Number) as [number, number, number];
  const at = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(at / 12), (at % 12) + 1];
  return dayOf(y, m, Math.min(of, daysInMonth(y, m)));
}

/** Payments each some days early or late, within the grace. */
function daysOf({ first, payments, shifts }: Subscriber, until: number): number[] {
  const days = Array.from({ length: payments }, (_, i) => (i === 0 ? first : due(first, i) + shifts[i]!));
  return days.filter((at) => at <= until);
}

describe('of customers who never come back', () => {
  const [after, until] = [day(AFTER), day(UNTIL)];

  it('payments are the renewals, decided when the grace of the one before is over', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(SUBSCRIBER, { minLength: 1, maxLength: 12 }), async (subscribers) => {
        const rows = subscribers.flatMap((one, i) =>
          daysOf(one, until).map((at): Row => ({ customer: `c${i}`, day: at, amount: 100_000n })),
        );
        const { made, renewed, count, length } = (await renewalsOf(rows)).outcomes;
        const found = Array.from({ length }, (_, i) => `${made[i]} ${renewed[i]} × ${count[i]}`);
        const merged = new Map<string, number>();
        for (const one of found) {
          const [group, customers] = one.split(' × ') as [string, string];
          merged.set(group, (merged.get(group) ?? 0) + Number(customers));
        }
        expect([...merged].sort()).toEqual(expected(subscribers, after, until));
      }),
      { numRuns: runs(300) },
    );
  });
});

/** Renewals made before and after the date, counted customer by customer. */
function expected(subscribers: readonly Subscriber[], after: number, until: number): [string, number][] {
  const groups = new Map<string, number>();
  for (const one of subscribers) {
    const days = daysOf(one, until);
    const known = days.filter((at) => at <= after).length;
    const closes = (payments: number): number =>
      Math.max(due(one.first, payments), due(days[payments - 1]!, 1)) + GRACE;
    if (known === 0 || after > closes(known)) continue;
    let payments = known;
    while (payments < days.length && closes(payments) < until) payments++;
    const group = `${known - 1} ${payments - known}`;
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return [...groups].sort();
}
