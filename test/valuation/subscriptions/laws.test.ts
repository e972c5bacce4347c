import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPPORTUNITIES } from '../../../src/data/opportunity.ts';
import { type CustomerTimelines, MOVEMENTS } from '../../../src/data/subscriptions/movements.ts';
import { stepsOf } from '../../../src/engine/subscriptions/recurring/movements.ts';
import type { PeriodRow } from '../../../src/engine/subscriptions/recurring/roll-forward.ts';
import { calendarSpans } from '../../../src/engine/subscriptions/recurring/spans.ts';
import { timelineOf } from '../../../src/engine/subscriptions/timeline.ts';
import { customerOf, type Recurring, rollForward } from '../../../src/valuation/subscriptions/recurring.ts';
import { day, type Row, rules, subscriptionsAt } from '../../engine/subscriptions/payments.ts';
import { runs } from '../../runs.ts';

const MONTHLY = { months: 1, weeksAYear: null, digits: 2, rateOn: () => ({ n: 1n, d: 1n }) } as const;
const RULES = rules('basic=1m,plus=1m,quarterly=1q', { grace: 10 });
const MOVING = { backWithin: null };
const every = (text: string) => OPPORTUNITIES.find((one) => one.text === text)!;

/** What a customer pays: gaps in days, and the plan with its price, or all of the last payment back; plans are segments. */
const history = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 75 }),
    fc.constantFrom('basic', 'basic', 'basic', 'plus', 'quarterly', 'pause', 'refund'),
    fc.constantFrom(0n, 100_000n, 100_000n, 123_400n),
  ),
  { minLength: 1, maxLength: 9 },
);
const customers = fc.array(history, { minLength: 1, maxLength: 6 });

function rowsOf(histories: readonly (readonly (readonly [number, string, bigint])[])[], times = 1n): Row[] {
  return histories.flatMap((payments, i) => {
    let [at, last, left] = [day('2023-06-15'), 'basic', 0n];
    return payments.flatMap(([gap, plan, price]): Row[] => {
      at += gap;
      if (plan === 'refund' && left === 0n) return [];
      const amount = plan === 'refund' ? -left : plan === 'pause' ? 0n : price * times;
      if (amount !== 0n) left = amount > 0n ? amount : 0n;
      if (plan !== 'refund') last = plan;
      return [{ customer: `c${i}`, day: at, plan: last, amount }];
    });
  });
}

async function timelinesAt(rows: readonly Row[], asOf: number): Promise<CustomerTimelines[]> {
  const found = await subscriptionsAt(rows, { ...RULES, isPause: (plan) => plan === 'pause' }, asOf);
  return found.map((one) => {
    const terms = { ...one.terms, runs: one.terms.runs.map(segmented) };
    return { customer: one.customer, subscriptions: [timelineOf({ ...one, terms }, asOf, MONTHLY, 'after-grace')] };
  });
}

/** The plan of each term as its segment. */
function segmented<R extends { readonly terms: readonly { readonly plan: string }[] }>(run: R): R {
  return { ...run, terms: run.terms.map((term) => ({ ...term, segment: term.plan })) };
}

async function recurringAt(rows: readonly Row[], asOf: number, period = '1m'): Promise<Recurring> {
  const timelines = await timelinesAt(rows, asOf);
  async function* all(): AsyncIterable<readonly CustomerTimelines[]> {
    yield timelines;
  }
  const window = { from: asOf - 120, to: asOf };
  return rollForward(all(), { spans: calendarSpans(every(period), asOf), window, movements: MOVING, top: 0 });
}

/** Two plans at once are no history of these laws. */
async function unlessTwoPlans(law: () => Promise<void>): Promise<void> {
  await law().catch((error: unknown) => {
    if ((error as { code?: string }).code !== 'E318') throw error;
  });
}

async function holds(
  law: (histories: (readonly (readonly [number, string, bigint])[])[], after: number) => Promise<void>,
) {
  const after = fc.integer({ min: 0, max: 420 });
  await fc.assert(
    fc.asyncProperty(customers, after, (histories, days) => unlessTwoPlans(() => law(histories, days))),
    { numRuns: runs(1500) },
  );
}

const START = day('2023-07-01');
const sum = (rows: readonly PeriodRow[], line: (typeof MOVEMENTS)[number]): bigint =>
  rows.reduce((all, { lines }) => all + lines[line], 0n);

describe('laws of recurring revenue', () => {
  it('every closing is what the customers are worth by compute at that date: no hindsight, late ones among them', async () => {
    await holds(async (histories, after) => {
      const rows = rowsOf(histories);
      const { periods, customers, events } = await recurringAt(rows, START + after);
      const all = await timelinesAt(rows, START + after);
      const steps = all.flatMap(({ subscriptions }) => stepsOf(subscriptions, MOVING));
      expect([customers, events]).toEqual([all.length, steps.flatMap(({ movements }) => movements).length]);
      for (const period of periods) {
        const then = (await timelinesAt(rows, period.to)).map((one) =>
          customerOf(one, stepsOf(one.subscriptions, MOVING)),
        );
        expect(period.closing).toBe(then.reduce((all, { value }) => all + value, 0n));
        expect(period.customers).toBe(then.filter(({ value }) => value > 0n).length);
        expect(period.late).toBe(then.reduce((all, { state, value }) => (state === 'late' ? all + value : all), 0n));
      }
    });
  });

  it('an earlier as-of date prints the same earlier months', async () => {
    await holds(async (histories, after) => {
      const rows = rowsOf(histories);
      const [early, later] = [await recurringAt(rows, START + after), await recurringAt(rows, START + after + 200)];
      const whole = early.periods.slice(0, -1).filter(({ to }) => to < START + after);
      expect(later.periods.slice(0, whole.length)).toEqual(whole);
    });
  });

  it('months sum to quarters, segments to the total, and transfers to nothing', async () => {
    await holds(async (histories, after) => {
      const rows = rowsOf(histories);
      const months = await recurringAt(rows, START + after);
      const quarters = await recurringAt(rows, START + after, '1q');
      for (const line of MOVEMENTS) expect(sum(quarters.periods, line)).toBe(sum(months.periods, line));
      for (const quarter of quarters.periods) {
        const own = months.periods.filter(({ to }) => to >= quarter.from && to <= quarter.to);
        for (const line of MOVEMENTS) expect(quarter.lines[line]).toBe(sum(own, line));
        expect(quarter.closing).toBe(own.at(-1)!.closing);
      }
      for (const [i, month] of months.periods.entries()) {
        const own = months.segments.map(({ periods }) => periods[i]!);
        for (const line of MOVEMENTS) expect(sum(own, line)).toBe(month.lines[line]);
        expect(month.lines.transfer).toBe(0n);
        expect(own.reduce((all, { closing }) => all + closing, 0n)).toBe(month.closing);
        expect(own.reduce((all, { late }) => all + late, 0n)).toBe(month.late);
      }
    });
  });

  it('files split by customers add up, and money scaled scales', async () => {
    await holds(async (histories, after) => {
      const rows = rowsOf(histories);
      const isFirst = ({ customer }: Row): boolean => customer === 'c0' || customer === 'c2';
      const asOf = START + after;
      const [all, one, other] = await Promise.all(
        [rows, rows.filter(isFirst), rows.filter((row) => !isFirst(row))].map((some) => recurringAt(some, asOf)),
      );
      const tripled = await recurringAt(rowsOf(histories, 3n), asOf);
      for (const line of MOVEMENTS) {
        expect(sum(all!.periods, line)).toBe(sum(one!.periods, line) + sum(other!.periods, line));
        if (!histories.flat().some(([, plan]) => plan === 'quarterly'))
          expect(sum(tripled.periods, line)).toBe(3n * sum(all!.periods, line));
      }
    });
  });

  it('GRR is at most 1, and at most NRR; who is kept was there', async () => {
    await holds(async (histories, after) => {
      const { rates } = await recurringAt(rowsOf(histories), START + after);
      expect(rates.kept).toBeLessThanOrEqual(rates.cohort);
      if (rates.nrr === null || rates.grr === null) return;
      expect(rates.grr.n <= rates.grr.d).toBe(true);
      expect(rates.grr.n <= rates.nrr.n).toBe(true);
    });
  });
});
