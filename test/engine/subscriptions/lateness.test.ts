import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lateness } from '../../../src/engine/subscriptions/lateness.ts';
import { runs } from '../../runs.ts';
import { day, daysAfter, type Row, rowsOf, rules, subscriptionsAt } from './payments.ts';

const M10 = rules('1m', { grace: 10 });

/** What the log of some customers says, each a list of payments. */
async function latenessOf(asOf: string, ...customers: readonly (readonly string[])[]): Promise<Lateness> {
  const rows = customers.flatMap((lines, i) => rowsOf(...lines).map((row): Row => ({ ...row, customer: `c${i}` })));
  const lateness = new Lateness();
  for (const { terms } of await subscriptionsAt(rows, M10, day(asOf)))
    for (const run of terms.runs) lateness.add(run, day(asOf));
  return lateness;
}

/** Renewals on time, four and eight days late, and one that was not made. */
const LOG = [
  ['2024-01-10 10', '2024-02-10 10', '2024-03-14 10'],
  ['2024-01-10 10', '2024-02-18 10'],
  ['2024-01-10 10'],
];

describe('the chance that a late renewal still comes', () => {
  it('is that of the decided renewals that were as late: made of made and lost', async () => {
    const lateness = await latenessOf('2024-08-01', ...LOG);
    // Three runs have ended, each with one renewal that was not made.
    expect([0, 3, 4, 7, 8, 9].map((days) => lateness.chanceAfter(days))).toEqual([2 / 5, 2 / 5, 1 / 4, 1 / 4, 0, 0]);
  });

  it('renewals whose grace is not over say nothing, whichever way they went', async () => {
    const open = await latenessOf('2024-02-20', ['2024-01-10 10', '2024-02-18 10'], ['2024-01-10 10']);
    expect(open.chanceAfter(0)).toBe(0);
    const closed = await latenessOf('2024-02-21', ['2024-01-10 10', '2024-02-18 10'], ['2024-01-10 10']);
    expect(closed.chanceAfter(0)).toBe(1 / 2);
  });

  it('a payment wholly given back is no renewal that was lost', async () => {
    const refunded = ['2024-01-10 10', '2024-02-14 10', '2024-02-20 -10'];
    expect((await latenessOf('2024-08-01', refunded, LOG[1]!)).chanceAfter(0)).toBe(1 / 2);
  });

  it('never grows with the days, and lies in 0 … 1', async () => {
    const gaps = fc.array(fc.integer({ min: 20, max: 60 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(gaps, { minLength: 1, maxLength: 6 }), async (customers) => {
        const rows = customers.flatMap((own, i) =>
          daysAfter(day('2024-01-10'), own).map((at): Row => ({ customer: `c${i}`, day: at, amount: 100_000n })),
        );
        const lateness = new Lateness();
        for (const { terms } of await subscriptionsAt(rows, M10, day('2025-12-31')))
          for (const run of terms.runs) lateness.add(run, day('2025-12-31'));
        const chances = Array.from({ length: 12 }, (_, days) => lateness.chanceAfter(days));
        for (const [i, chance] of chances.entries()) {
          expect(chance >= 0 && chance <= 1).toBe(true);
          if (i > 0) expect(chance).toBeLessThanOrEqual(chances[i - 1]!);
        }
        expect(chances.at(-1)).toBe(0);
      }),
      { numRuns: runs(200) },
    );
  });
});
