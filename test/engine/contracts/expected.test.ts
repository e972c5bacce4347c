import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoDay } from '../../../src/base/calendar.ts';
import { Decimal, ZERO } from '../../../src/base/decimal.ts';
import { LENGTHS } from '../../../src/data/subscriptions/lengths.ts';
import type { Term } from '../../../src/data/subscriptions/terms.ts';
import { ExpectedValues } from '../../../src/engine/contracts/expected.ts';
import { renewalsDue } from '../../../src/engine/contracts/renewals.ts';
import { TIMINGS, type Timing } from '../../../src/engine/contracts/timing.ts';
import { contractValues, type Terms } from '../../../src/engine/contracts/value.ts';
import { constantRetention } from '../../../src/models/contracts/constant-retention.ts';
import { sbg } from '../../../src/models/contracts/sbg.ts';
import { runs } from '../../runs.ts';
import { type Row, rules, subscriptionsAt } from '../subscriptions/payments.ts';

const rates = (discount: number, growth = 0) => ({ discount: new Decimal(discount), growth: new Decimal(growth) });
const DIGITS = 6;
const unit = (amount: number): number => amount * 10 ** DIGITS;

function oneRate(rate: number, more: Partial<Terms> = {}): Terms {
  const terms = {
    model: constantRetention,
    parameters: [rate],
    rate: new Decimal(rate),
    rates: rates(0.1),
    cost: null,
  };
  return { ...terms, periods: null, timing: 'existing-end', digits: 2, ...more };
}

const day = (text: string): number => parseIsoDay(text)!;
const length = (text: string) => LENGTHS.find((one) => one.text === text)!;

describe('what subscriptions are expected to be worth', () => {
  it('is the identity of formulas.md: 1,000 customers of 100 a year, 200 of them lost as expected', () => {
    const terms = oneRate(0.8);
    const all = new Decimal(100_000);
    const opening = contractValues(terms, 0).value(all, 0);
    const { accrued, ahead, rolled } = new ExpectedValues(terms, 1).after({ margin: all, made: 0, chance: 1 }, 1);
    expect([opening, accrued, ahead]).toEqual([266_666_67n, 293_333_33n, 213_333_33n]);
    expect(ahead - accrued).toBe(-80_000_00n);
    expect(rolled).toBe(ahead);
    expect(contractValues(terms, 0).value(new Decimal(80_000), 0)).toBe(ahead);
  });

  const terms = fc.record({
    periods: fc.option(fc.integer({ min: 1, max: 30 })),
    timing: fc.constantFrom(...(Object.keys(TIMINGS) as Timing[])),
    discount: fc.double({ min: 0.01, max: 0.3, noNaN: true }),
    growth: fc.double({ min: -0.05, max: 0.005, noNaN: true }),
    alpha: fc.double({ min: 0.3, max: 5, noNaN: true }),
    beta: fc.double({ min: 0.3, max: 9, noNaN: true }),
    cost: fc.option(fc.integer({ min: 1, max: 9 })),
    made: fc.integer({ min: 0, max: 12 }),
    due: fc.integer({ min: 1, max: 15 }),
    chance: fc.double({ min: 0.01, max: 1, noNaN: true }),
  });

  it('lose the margin of the renewals that fall due, each with interest to the closing, whatever the model and the timing', () => {
    fc.assert(
      fc.property(terms, ({ periods, timing, discount, growth, alpha, beta, cost, made, due, chance }) => {
        const keeping = cost === null ? null : { amount: new Decimal(cost), timing };
        const own: Terms = {
          ...{ model: sbg, parameters: [alpha, beta], rate: null, digits: DIGITS },
          ...{ rates: rates(discount, growth), periods, timing, cost: keeping },
        };
        const found = new ExpectedValues(own, made + due).after({ margin: new Decimal(50), made, chance }, due);
        const { renewals, delay } = TIMINGS[timing];
        const within = Math.min(due, periods ?? due);
        let [released, nominal, kept] = [0, 0, 1];
        for (let j = 0; j < within; j++) {
          if (renewals + j > 0) kept *= sbg.retention([alpha, beta], made + renewals + j);
          const paid = chance * kept * (50 * (1 + growth) ** j - (cost ?? 0));
          released += paid * (1 + discount) ** (due - j - delay.toNumber());
          nominal += paid;
        }
        expect(Number(found.accrued - found.ahead) / unit(1)).toBeCloseTo(released, 4);
        expect(found.margin.toNumber()).toBeCloseTo(nominal, 6);
      }),
      { numRuns: runs(300), seed: 1 },
    );
  });

  it('hold for the span of the closing as many payments as that of the opening did', () => {
    const own = oneRate(0.7, { periods: 5, timing: 'existing-start' });
    const found = new ExpectedValues(own, 8).after({ margin: new Decimal(10), made: 2, chance: 1 }, 2);
    const later = contractValues({ ...own, periods: 5 }, 0)
      .present(new Decimal(10), 0)
      .times('0.49');
    expect(found.rolled).toBe(BigInt(later.times(100).toDecimalPlaces(0).toFixed()));
    expect(found.rolled).toBeGreaterThan(found.ahead);
    const over = new ExpectedValues(own, 9).after({ margin: new Decimal(10), made: 2, chance: 1 }, 7);
    expect(over.ahead).toBe(0n);
  });

  it('is nothing more without a rate of discount than what is paid', () => {
    const free = oneRate(0.5, { rates: { discount: ZERO, growth: ZERO } });
    const found = new ExpectedValues(free, 1).after({ margin: new Decimal(8), made: 0, chance: 1 }, 3);
    expect([found.accrued, found.ahead]).toEqual([800n, 100n]);
    expect(found.margin.toNumber()).toBe(7);
  });
});

describe('renewals that fall due', () => {
  const paidOn = (first: string, until: string) => ({
    until: day(until),
    schedule: { first: day(first), length: length('1m'), paid: 0 },
  });
  const paid = paidOn('2025-01-15', '2025-02-15');
  it.each([
    ['2025-02-10', '2025-02-14', 0],
    ['2025-02-10', '2025-02-15', 1],
    ['2025-02-15', '2025-03-14', 0],
    ['2025-02-20', '2025-06-30', 4],
    ['2024-12-31', '2025-12-31', 11],
  ])('after %s up to %s: %i', (from, to, due) => {
    expect(renewalsDue(paid, day(from), day(to))).toBe(due);
  });

  it('are those of the calendar from the last day of a month', () => {
    const last = paidOn('2025-01-31', '2025-02-28');
    expect(renewalsDue(last, day('2025-02-28'), day('2025-03-30'))).toBe(0);
    expect(renewalsDue(last, day('2025-02-28'), day('2025-03-31'))).toBe(1);
    const thirtieth = paidOn('2025-01-30', '2025-02-28');
    expect(renewalsDue(thirtieth, day('2025-02-28'), day('2025-03-29'))).toBe(0);
    expect(renewalsDue(thirtieth, day('2025-02-28'), day('2025-03-30'))).toBe(1);
  });

  it('are the days on which a subscription is paid until, once each is made on its day', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...LENGTHS),
        fc.integer({ min: day('2023-12-25'), max: day('2024-03-05') }),
        fc.array(fc.integer({ min: -12, max: 14 }), { maxLength: 3 }),
        async ({ text }, first, shifts) => {
          const how = rules(text);
          const rows: Row[] = [{ day: first, amount: 100_000n }];
          const termAfter = async (): Promise<Term> => {
            const [one] = await subscriptionsAt(rows, how, rows.at(-1)!.day);
            return one!.standing.last!;
          };
          for (const shift of shifts) {
            const { until, grace } = await termAfter();
            const at = Math.max(until + Math.min(shift, grace), rows.at(-1)!.day + 1);
            rows.push({ day: at, amount: 100_000n });
          }
          const last = await termAfter();
          const due: number[] = [];
          for (let { until } = last; due.length < 6; { until } = await termAfter()) {
            due.push(until);
            rows.push({ day: until, amount: 100_000n });
          }
          const found = due.map((at) => [renewalsDue(last, first, at - 1), renewalsDue(last, first, at)]);
          expect(found).toEqual(due.map((_, i) => [i, i + 1]));
        },
      ),
      { numRuns: runs(200) },
    );
  });
});
