import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoOf } from '../../../src/base/calendar.ts';
import { lastComplete, OPPORTUNITIES, type Opportunity, periodOf } from '../../../src/data/opportunity.ts';
import { runs } from '../../runs.ts';
import { day, factors, type Line, PLAIN, rows, withLedger } from '../helpers.ts';

/** The same by hand: x, t_x and n in periods, and the margin of the periods that count in the mean, in cents. */
function byHand(lines: readonly Line[], asOf: number, opportunity: Opportunity, all: boolean) {
  const nets = new Map<number, number>();
  for (const [, date, amount] of lines) {
    if (day(date) <= asOf) nets.set(day(date), (nets.get(day(date)) ?? 0) + Math.round(Number(amount) * 100));
  }
  const bought = [...nets].filter(([, net]) => net >= 0).map(([at]) => at);
  if (bought.length === 0) return null;
  const [f, c] = [periodOf(Math.min(...bought), opportunity), lastComplete(asOf, opportunity)];
  const later = [...new Set(bought.map((at) => periodOf(at, opportunity)))].filter((g) => g > f && g <= c);
  const isCounted = (g: number) => (g > f && g <= c) || (all && g === f);
  const counted = [...nets].filter(([at]) => isCounted(periodOf(at, opportunity)));
  const purchases = later.length + (all ? 1 : 0);
  const length = (periods: number) => Math.floor(periods * opportunity.days + 0.5);
  return {
    x: later.length,
    recency: later.length > 0 ? length(Math.max(...later) - f) : 0,
    age: length(Math.max(0, c - f)),
    spend: purchases > 0 ? counted.reduce((sum, [, net]) => sum + net, 0) / 100 / purchases : 0,
  };
}

describe('purchase occasions on a calendar grid', () => {
  it('periods follow the calendar, and only whole ones count', () => {
    const [month, quarter, year] = OPPORTUNITIES as [Opportunity, Opportunity, Opportunity];
    expect(periodOf(day('2024-12-31'), year) + 1).toBe(periodOf(day('2025-01-01'), year));
    expect(periodOf(day('2024-03-31'), quarter) + 1).toBe(periodOf(day('2024-04-01'), quarter));
    expect(lastComplete(day('2024-02-28'), month)).toBe(periodOf(day('2024-01-01'), month));
    expect(lastComplete(day('2024-02-29'), month)).toBe(periodOf(day('2024-02-01'), month));
  });

  it('the ledger finds the states and means that one finds by hand, for any rows', async () => {
    const line = fc.record({
      id: fc.constantFrom('a', 'b'),
      at: fc.integer({ min: day('2022-11-01'), max: day('2024-06-30') }),
      cents: fc.integer({ min: -900, max: 3000 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 25 }),
        fc.constantFrom(...OPPORTUNITIES),
        fc.integer({ min: day('2023-06-01'), max: day('2024-07-02') }),
        fc.constantFrom('repeat' as const, 'all' as const),
        async (found, opportunity, asOf, spendFrom) => {
          const lines = found.map(({ id, at, cents }): Line => [id, isoOf(at), (cents / 100).toFixed(2)]);
          await withLedger(lines, async (ledger) => {
            await ledger.load(PLAIN);
            await ledger.rollUp({ asOf, spendFrom, fillMeans: false, opportunity });
            await ledger.value(factors((await ledger.states()).states, 0, 0), 2);
            for (const row of await rows(ledger)) {
              const hand = byHand(
                lines.filter(([id]) => id === row['id']),
                asOf,
                opportunity,
                spendFrom === 'all',
              )!;
              const { x, recency, age } = row;
              expect({ x, recency, age }).toEqual({ x: hand.x, recency: hand.recency, age: hand.age });
              expect(row['mean']).toBeCloseTo(hand.spend, 9);
            }
          });
        },
      ),
      { numRuns: runs(60) },
    );
  });
});
