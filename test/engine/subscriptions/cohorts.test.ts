import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../src/base/calendar.ts';
import { OPPORTUNITIES } from '../../../src/data/opportunity.ts';
import { CohortsOf } from '../../../src/engine/subscriptions/cohorts.ts';
import { runs } from '../../runs.ts';
import { day, daysAfter, type Row, rowsOf, rules, subscriptionsAt } from './payments.ts';

const RULES = rules('1m', { grace: 10 });
const QUARTERS = OPPORTUNITIES.find(({ text }) => text === '1q')!;
const START = day('2023-01-10');

async function cohortsAt(rows: readonly Row[], asOf: number) {
  const cohorts = new CohortsOf(QUARTERS, asOf);
  for (const one of await subscriptionsAt(rows, RULES, asOf)) cohorts.add([one]);
  return cohorts.done();
}

/** The last day of a quarter, by its number. */
const endOf = (quarter: number): number => dayOf(Math.floor((quarter + 1) / 4), ((quarter + 1) % 4) * 3 + 1, 1) - 1;

describe('cohorts of subscribers', () => {
  it('who runs at the end of a period is who ran as of that day, with what was known then', async () => {
    const histories = fc.array(fc.array(fc.integer({ min: 20, max: 75 }), { maxLength: 9 }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(histories, fc.integer({ min: 0, max: 500 }), async (gaps, after) => {
        const rows = gaps.flatMap((some, i) =>
          daysAfter(START + i * 40, some).map((at): Row => ({ customer: `c${i}`, day: at, amount: 100_000n })),
        );
        const asOf = START + after;
        const { standings, cohortOf } = await cohortsAt(rows, asOf);
        const periods = [...new Set(standings.map(({ period }) => period))];
        for (const period of periods) {
          const then = await subscriptionsAt(rows, RULES, Math.min(endOf(period), asOf));
          const running = then.filter(({ standing }) => standing.state !== 'ended').length;
          expect(standings.reduce((sum, one) => (one.period === period ? sum + one.running : sum), 0)).toBe(running);
        }
        for (const { cohort, customers } of standings)
          expect(cohortOf.filter((one) => one === cohort).length).toBe(customers);
      }),
      { numRuns: runs(300) },
    );
  });

  it('a payment wholly given back ends the run on that day, and its customer stays in the cohort', async () => {
    const rows = rowsOf('2023-03-01 10.00', '2023-03-20 -10.00');
    const { standings, cohortOf } = await cohortsAt(rows, day('2023-05-01'));
    expect(standings.map(({ customers, running }) => [customers, running])).toEqual([
      [1, 0],
      [1, 0],
    ]);
    expect(cohortOf).toEqual([2023 * 4]);
  });
});
