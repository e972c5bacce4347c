import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SubscriptionAsOf } from '../../../src/data/subscriptions/terms.ts';
import { paymentsOf } from '../../../src/engine/subscriptions/payments-of-rows.ts';
import { runs } from '../../runs.ts';
import { day, lineAt, type Row, rowsOf, rules, subscriptionsAt } from './payments.ts';

const M10 = rules('1m', { grace: 10 });
const M5 = rules('1m', { grace: 5 });

describe('terms from payments', () => {
  it.each([
    [
      'a first day that is the last of its month falls due on last days',
      '2024-06-30',
      M5,
      ['2024-01-31 30', '2024-02-29 30', '2024-03-31 30', '2024-04-30 30'],
      'ended 4 2024-05-31; 3 lost 0',
    ],
    [
      'the 30th is clamped in February and comes back',
      '2025-03-30',
      M5,
      ['2025-01-30 30', '2025-02-28 30'],
      'late 2 2025-03-30; 1 kept 0',
    ],
    [
      'the last day of the grace is inside',
      '2024-02-25',
      M10,
      ['2024-01-15 10', '2024-02-25 10'],
      'active 2 2024-03-25; 0 kept 1',
    ],
    [
      'the day after is a new run with a schedule of its own',
      '2024-02-26',
      M10,
      ['2024-01-15 10', '2024-02-26 10'],
      'active 1 2024-03-26; 0 kept 0',
    ],
    [
      'drift beyond the nearest due day begins the schedule anew',
      '2024-08-20',
      M10,
      [
        '2024-01-01 10',
        '2024-02-03 10',
        '2024-03-07 10',
        '2024-04-09 10',
        '2024-05-12 10',
        '2024-06-14 10',
        '2024-07-17 10',
      ],
      'late 7 2024-08-17; 6 kept 0',
    ],
    [
      'a second payment for one due day is extra',
      '2024-04-30',
      M10,
      ['2024-01-10 10', '2024-02-10 10', '2024-02-20 7.5', '2024-03-10 25', '2024-04-10 25'],
      'active 4 2024-05-10; 3 kept 0',
    ],
    [
      'another plan in the first half of a term starts at once',
      '2024-05-23',
      rules('basic=1m,plus=1m', { grace: 5 }),
      ['2024-01-10 10 basic', '2024-02-10 10 basic', '2024-02-18 25 plus', '2024-03-18 25 plus', '2024-04-18 25 plus'],
      'late 5 2024-05-18; 4 kept 0',
    ],
    [
      'in the second half it is the next term',
      '2024-02-06',
      rules('basic=1m,plus=1m', { grace: 5 }),
      ['2024-01-10 10 basic', '2024-02-04 25 plus'],
      'active 2 2024-03-10; 0 kept 1',
    ],
    [
      'another length starts at once always',
      '2024-02-06',
      rules('basic=1m,annual=1y', { grace: 5 }),
      ['2024-01-10 10 basic', '2024-02-04 100 annual'],
      'active 2 2025-02-04; 0 kept 1',
    ],
    [
      'a free trial is nothing',
      '2024-02-20',
      M10,
      ['2024-01-01 0', '2024-01-15 10', '2024-02-15 10'],
      'active 2 2024-03-15; 0 kept 1',
    ],
    [
      'a free month keeps the subscriber and is no paid period',
      '2024-04-30',
      M10,
      ['2024-01-10 10', '2024-02-10 10', '2024-03-10 0', '2024-04-10 10'],
      'active 3 2024-05-10; 2 kept 0',
    ],
    [
      'a payment wholly given back ends the run at once',
      '2024-03-15',
      M10,
      ['2024-01-10 10', '2024-02-10 10', '2024-02-14 -10'],
      'ended 1 2024-02-10; 0 lost 0',
    ],
    [
      'given back before its term begins, it is as it was',
      '2024-02-12',
      M10,
      ['2024-01-10 10', '2024-02-05 10', '2024-02-07 -10'],
      'late 1 2024-02-10; 0 kept 0',
    ],
    [
      'less than all is money only',
      '2024-03-05',
      M10,
      ['2024-01-10 10', '2024-02-10 10', '2024-02-14 -4'],
      'active 2 2024-03-10; 1 kept 0',
    ],
    [
      'a day that nets to nothing by a refund is no payment',
      '2024-02-19',
      M10,
      ['2024-01-10 10', '2024-02-10 10', '2024-02-10 -10'],
      'late 1 2024-02-10; 0 kept 0',
    ],
    [
      'one-off plans are money only',
      '2024-02-10',
      M10,
      ['2024-01-10 10 basic', '2024-01-10 99 setup', '2024-01-20 -99 setup'],
      'late 1 2024-02-10; 0 kept 0',
    ],
    [
      'a told pause goes on',
      '2024-05-01',
      M10,
      ['2024-01-20 10 basic', '2024-02-20 10 basic', '2024-03-20 0 pause', '2024-04-20 0 pause'],
      'paused 2 2024-05-20; 1 kept 0',
    ],
  ])('%s', async (_, asOf, how, lines, expected) => {
    expect(await lineAt(asOf, how, ...lines)).toBe(expected);
  });

  it('refunds ignored say nothing, restated it is as if never paid', async () => {
    const lines = ['2024-01-10 10', '2024-02-10 10', '2024-02-14 -10'];
    expect(await lineAt('2024-02-19', { ...M10, refunds: 'ignore' }, ...lines)).toBe('active 2 2024-03-10; 0 kept 1');
    expect(await lineAt('2024-02-19', { ...M10, refunds: 'restate' }, ...lines)).toBe('late 1 2024-02-10; 0 kept 0');
  });

  it('the nearer of two payments for one due day is the payment, from its own day', async () => {
    const rows = rowsOf('2024-01-10 10', '2024-02-04 10', '2024-02-11 12');
    const [one] = await subscriptionsAt(rows, M10, day('2024-02-20'));
    expect(one!.terms.extra).toEqual({ payments: 1, amount: 100_000n });
    expect(one!.standing.last).toMatchObject({ amount: 120_000n, from: day('2024-02-11'), until: day('2024-03-11') });
    expect(one!.standing.paidPeriods).toBe(2);
  });

  it('a part of a payment given back is money of its term, and of no other', async () => {
    const rows = rowsOf('2024-01-10 10', '2024-02-10 10', '2024-02-14 -4');
    const [one] = await subscriptionsAt(rows, M10, day('2024-02-20'));
    expect(one!.terms.runs.flatMap(({ terms }) => terms.map(({ margin }) => margin))).toEqual([
      10n ** 11n,
      6n * 10n ** 10n,
    ]);
    expect(one!.terms.extra).toEqual({ payments: 0, amount: 0n });
  });

  it('a part of an extra payment given back leaves terms as they were; all of it, and it is no payment', async () => {
    const paid = ['2024-01-10 10', '2024-01-12 3', '2024-01-13 4'];
    const margins = async (...lines: readonly string[]) => {
      const [one] = await subscriptionsAt(rowsOf(...paid, ...lines), M10, day('2024-01-25'));
      const { extra, runs } = one!.terms;
      return [extra, runs.flatMap(({ terms }) => terms.map(({ margin }) => margin))];
    };
    expect(await margins('2024-01-20 -1')).toEqual([{ payments: 2, amount: 70_000n }, [10n ** 11n]]);
    expect(await margins('2024-01-20 -4')).toEqual([{ payments: 1, amount: 30_000n }, [10n ** 11n]]);
  });

  it.each([
    ['E319', '1m', ['2024-01-10 10', '2024-01-20 -25']],
    ['E319', '1m', ['2024-01-10 -5', '2024-01-20 10']],
    ['E319', '1m', ['2024-01-10 10', '2024-01-20 -10', '2024-01-21 -1']],
    ['E318', 'mail=1m,crm=1m', ['2024-01-05 10 mail', '2024-01-15 30 crm', '2024-02-05 10 mail', '2024-02-15 30 crm']],
    ['E318', 'mail=1m,crm=1m', ['2024-01-05 10 mail', '2024-01-25 30 crm', '2024-02-05 10 mail', '2024-02-25 30 crm']],
    ['E318', 'mail=1m,crm=1y', ['2024-01-05 10 mail', '2024-01-05 30 crm']],
    ['E318', 'mail=1m,crm=1y', ['2024-01-05 10 mail', '2024-01-15 90 crm', '2024-02-05 10 mail']],
    ['E318', 'mail=1m,crm=1w', ['2024-01-01 10 mail', '2024-01-27 3 crm', '2024-02-01 10 mail', '2024-02-03 3 crm']],
  ])('%s of %s %j', async (code, contract, lines) => {
    const found = subscriptionsAt(rowsOf(...lines), rules(contract), day('2024-06-30'));
    await expect(found).rejects.toMatchObject({ code });
  });

  it('E320: two currencies on one day are no payment', () => {
    const rows = ['EUR', 'USD'].map((currency) => ({
      ...{
        day: day('2024-01-10'),
        plan: '',
        segment: '',
        amount: 100_000n,
        charged: 100_000n,
        margin: 0n,
        refunds: false,
        service: null,
      },
      currency,
    }));
    expect(() => paymentsOf('a', rows, M10)).toThrow(expect.objectContaining({ code: 'E320' }));
    expect(paymentsOf('a', rows.slice(1), M10)).toMatchObject([{ amount: 100_000n, currency: 'USD' }]);
  });

  it('a plan that is regretted soon is a change of plan, and so is the end of a pause', async () => {
    const regret = ['2024-01-05 10 basic', '2024-01-15 30 plus', '2024-01-20 10 basic'];
    expect(await lineAt('2024-01-25', rules('basic=1m,plus=1m'), ...regret)).toBe('active 3 2024-02-20; 0 kept 2');
    const resumed = ['2024-01-10 10 basic', '2024-02-10 0 pause', '2024-02-15 10 basic'];
    expect(await lineAt('2024-02-20', M10, ...resumed)).toBe('active 2 2024-03-15; 0 kept 1');
  });

  it('up, down and up again is a change of plan, not two plans', async () => {
    const lines = ['2024-01-05 10 basic', '2024-02-05 30 plus', '2024-03-05 10 basic', '2024-04-05 30 plus'];
    expect(await lineAt('2024-04-10', rules('basic=1m,plus=1m'), ...lines)).toBe('active 4 2024-05-05; 2 kept 1');
  });
});

/** Payments of one customer: gaps in days, and amounts that may be nothing. */
const history = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom(0n, 100_000n, 120_000n)), {
  minLength: 1,
  maxLength: 14,
});

function paid(gaps: readonly (readonly [number, bigint])[]): Row[] {
  let at = day('2023-12-20');
  return gaps.map(([gap, amount]) => {
    at += gap;
    return { day: at, amount };
  });
}

describe('no hindsight', () => {
  /** What was in force at the end of a day: price and from which term, whatever came later. */
  const inForce = ({ terms }: SubscriptionAsOf, at: number): string => {
    const run = terms.runs.findLast(({ terms: [first] }) => first!.from <= at);
    const term = run?.terms.findLast(({ from }) => from <= at);
    return term && at <= term.until + term.grace ? `${term.from} ${term.amount}` : 'nothing';
  };

  it('what was in force on a day does not change by later payments', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 0, max: 400 }), async (gaps, after) => {
        const rows = paid(gaps);
        const at = rows[0]!.day + after;
        const [then] = await subscriptionsAt(rows, M10, at);
        const [later] = await subscriptionsAt(rows, M10, at + 1000);
        expect(inForce(later!, at)).toBe(inForce(then!, at));
      }),
      { numRuns: runs(2000) },
    );
  });

  it('a decision once closed stays: renewals made and lost grow with the as-of date while the run is the same', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 0, max: 400 }), async (gaps, after) => {
        const rows = paid(gaps.map(([gap]) => [gap, 100_000n] as const));
        const at = rows[0]!.day + after;
        const [a] = await subscriptionsAt(rows, M10, at);
        const [b] = await subscriptionsAt(rows, M10, at + 7);
        if (a!.standing.runStart !== b!.standing.runStart) return;
        expect(b!.decisions.made).toBeGreaterThanOrEqual(a!.decisions.made);
        if (a!.decisions.lost) expect(b!.decisions.lost).toBe(true);
      }),
      { numRuns: runs(2000) },
    );
  });
});

/** Uniform in [0, 1), the same every time (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('decisions', () => {
  it('of simulated renewals with late payers recover the rate on any day', async () => {
    const [rate, grace] = [0.8, 15];
    const random = uniform(7);
    const rows: Row[] = [];
    for (let i = 0; i < 1500; i++) {
      const first = day('2023-01-01') + Math.floor(random() * 300);
      for (let k = 0; k < 24 && (k === 0 || random() < rate); k++) {
        const due = first + k * 30;
        rows.push({
          customer: `c${i}`,
          day: k > 0 && random() < 0.4 ? due + Math.floor(random() * 10) : due,
          amount: 100_000n,
        });
      }
    }
    for (const asOf of ['2023-06-01', '2023-06-10', '2023-11-20']) {
      const found = await subscriptionsAt(rows, rules('30d', { grace }), day(asOf));
      const made = found.reduce((sum, one) => sum + one.decisions.made, 0);
      const decided = made + found.filter((one) => one.decisions.lost).length;
      const error = Math.sqrt((rate * (1 - rate)) / decided);
      expect(Math.abs(made / decided - rate), `${asOf}: ${made} of ${decided}`).toBeLessThan(3 * error);
    }
  });
});
