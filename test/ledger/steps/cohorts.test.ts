import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortsOf } from '../../../src/aggregator/acquisition/cohorts.ts';
import { Decimal } from '../../../src/base/decimal.ts';
import { lastComplete, OPPORTUNITIES, periodOf } from '../../../src/data/opportunity.ts';
import { readAudit } from '../../../src/ledger/steps/audit.ts';
import { readAcquired } from '../../../src/ledger/steps/cohorts/cohorts.ts';
import { runs } from '../../runs.ts';
import { amount, day, factors, type Line, PLAIN, withLedger } from '../helpers.ts';

const [MONTH, QUARTER] = OPPORTUNITIES;
const RATE = new Decimal('0.25');
const AS_OF = day('2024-06-15');

const lines = fc.array(
  fc.record({
    who: fc.integer({ min: 1, max: 6 }),
    month: fc.integer({ min: 1, max: 6 }),
    date: fc.integer({ min: 1, max: 15 }),
    cents: fc.integer({ min: -3000, max: 9000 }),
    where: fc.constantFrom('shop', 'web', ''),
  }),
  { minLength: 1, maxLength: 30 },
);

const toLine = (one: { who: number; month: number; date: number; cents: number; where: string }): Line => [
  `c${one.who}`,
  `2024-0${one.month}-${String(one.date).padStart(2, '0')}`,
  new Decimal(one.cents).div(100).toFixed(2),
  one.where,
];

/** Everything by customer and day, told without the ledger. */
function customersOf(all: readonly Line[], every: (typeof OPPORTUNITIES)[number]) {
  return [...new Set(all.map(([who]) => who))].map((who) => {
    const own = all.filter((line) => line[0] === who);
    const days = [...new Set(own.map((line) => day(line[1])))].map((at) => ({
      period: periodOf(at, every),
      amount: own.filter((line) => day(line[1]) === at).reduce((sum, line) => sum + amount(line[2]), 0n),
    }));
    const bought = days.filter((one) => one.amount >= 0n);
    return { days, period: bought.length === 0 ? null : Math.min(...bought.map((one) => one.period)) };
  });
}

describe('cohorts', () => {
  it.each([MONTH!, QUARTER!])('have the customers and margins that can be counted by hand, by $text', async (every) => {
    await fc.assert(
      fc.asyncProperty(lines, async (rows) => {
        const all = rows.map(toLine);
        const customers = customersOf(all, every);
        await withLedger(all, async (ledger) => {
          await ledger.load({ ...PLAIN, keys: ['where'], margin: { rate: RATE, rules: null } });
          const acquired = await readAcquired(ledger.loaded, { asOf: AS_OF, every, valued: false, digits: 2 });
          const [now, complete] = [periodOf(AS_OF, every), lastComplete(AS_OF, every)];
          const { cohorts } = cohortsOf(acquired, [], { bySegment: false, now, complete, digits: 2 });
          for (const cohort of cohorts) {
            const own = customers.filter(({ period }) => period === cohort.period);
            expect(cohort.customers).toBe(own.length);
            for (const { age, customers, buyers, cumulative, low, high } of cohort.ages) {
              const known = cohort.period! + age <= complete;
              expect(customers).toBe(known ? own.length : 0);
              if (!known) {
                expect(cumulative).toBeNull();
                continue;
              }
              const at = own.filter(({ days }) =>
                days.some((one) => one.period - cohort.period! === age && one.amount >= 0n),
              );
              expect(buyers).toBe(at.length);
              const margins = own.map(
                ({ days }) =>
                  days.reduce((sum, one) => (one.period - cohort.period! <= age ? sum + Number(one.amount) : sum), 0) /
                  400,
              );
              const mean = margins.reduce((sum, one) => sum + one, 0) / own.length;
              expect(Math.abs(Number(cumulative) - mean)).toBeLessThanOrEqual(0.5001);
              if (own.length === 1) expect([low, high]).toEqual([null, null]);
              else {
                const variance = margins.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (own.length - 1);
                const half = 1.96 * Math.sqrt(variance / own.length);
                expect(Math.abs(Number(high! - low!) / 2 - half)).toBeLessThan(2);
              }
            }
          }
        });
      }),
      { numRuns: runs(50) },
    );
  });

  it('sum to the totals of the audit and to customer equity, by periods and by segments', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.boolean(), async (rows, bySegment) => {
        await withLedger(rows.map(toLine), async (ledger) => {
          const by = bySegment ? { by: [0], segmentFrom: 'first' as const } : {};
          await ledger.load({ ...PLAIN, keys: ['where'], refunds: true, margin: { rate: RATE, rules: null }, ...by });
          await ledger.rollUp({ asOf: AS_OF, spendFrom: 'all', fillMeans: false });
          const { states } = await ledger.states();
          if (states.length > 0) await ledger.value(factors(states, 1, 0.5), 2);
          const valued = states.length > 0;
          const nothing = { earlier: null, later: null };
          const { whole } = await readAudit(ledger.loaded, { asOf: AS_OF, ...nothing, every: MONTH!, valued });
          const acquired = await readAcquired(ledger.loaded, { asOf: AS_OF, every: MONTH!, valued, digits: 2 });
          const now = periodOf(AS_OF, MONTH!);
          const { cohorts } = cohortsOf(acquired, [], { bySegment, now, complete: now - 1, digits: 2 });
          const sum = (parts: readonly bigint[]): bigint => parts.reduce((all, part) => all + part, 0n);
          expect(cohorts.reduce((all, one) => all + one.customers, 0)).toBe(whole.customers);
          expect(sum(cohorts.map(({ margin }) => margin))).toBe(whole.profit);
          expect(sum(cohorts.map(({ clv }) => clv))).toBe(whole.clv);
          for (const { ages, margin } of cohorts)
            if (ages.length > 0) expect(sum(ages.map((age) => age.margin))).toBe(margin);
        });
      }),
      { numRuns: runs(50) },
    );
  });
});
