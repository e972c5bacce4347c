import { beforeAll, describe, expect, it } from 'vitest';
import { parseIsoDay } from '../../src/base/calendar.ts';
import type { DailyPurchases } from '../../src/data/customers.ts';
import type { States } from '../../src/data/states.ts';
import { inFuture } from '../../src/engine/what-if.ts';
import { Clock, EVEN } from '../../src/models/clock/clock.ts';
import { clocked } from '../../src/models/clock/clocked.ts';
import type { Fitting } from '../../src/models/limits.ts';
import type { BuyingModel } from '../../src/models/model.ts';
import { paretoNbd } from '../../src/models/pareto-nbd/pareto-nbd.ts';
import { asOfEarlier, buyingFitter } from '../../src/valuation/season.ts';
import { gamma, simulatePareto, statesOf } from '../models/customers.ts';

const ASOF = parseIsoDay('2025-09-30')!;
const WEEKS = 130;
const customers = simulatePareto(
  3000,
  WEEKS,
  (random) => ({ rate: gamma(0.8, random) / 11, dropout: gamma(0.6, random) / 20 }),
  3,
);

/** Days with a purchase: the first and the last of every customer, the others spread between them. */
function dailyOf(): DailyPurchases {
  const bought = new Map<number, number>();
  for (const { x, recency, age } of customers)
    for (let i = 0; i <= x; i++) {
      const day = ASOF - age + (x === 0 ? 0 : Math.round((i * recency) / x));
      bought.set(day, (bought.get(day) ?? 0) + 1);
    }
  const days = [...bought.keys()].sort((a, b) => a - b);
  return { asOf: ASOF, day: Int32Array.from(days), purchases: Float64Array.from(days, (day) => bought.get(day)!) };
}

/** The customers of the first half of the time, as they were then. */
const earlier = (asOf: number): States =>
  statesOf(
    customers.flatMap((one) => {
      const age = one.age - (ASOF - asOf);
      if (age < 0) return [];
      const recency = Math.min(one.recency, age);
      return [{ x: recency < one.recency ? Math.ceil(one.x / 2) : one.x, recency, age }];
    }),
  );

describe('customers without a season', () => {
  const states = statesOf(customers);
  const daily = dailyOf();
  let fitted: Fitting<BuyingModel>;
  beforeAll(() => {
    fitted = buyingFitter(paretoNbd, states, daily, null)(states);
  });

  it('have a clock that hardly differs from the calendar', () => {
    const { clock } = fitted.model.clocked!;
    for (const factor of clock.factors) expect(Math.abs(factor - 1)).toBeLessThan(0.15);
    const plain = buyingFitter(paretoNbd, states, null, null)(states);
    expect(plain.model).toBe(paretoNbd);
    for (const [i, value] of fitted.fit.parameters.entries())
      expect(Math.abs(value / plain.fit.parameters[i]! - 1)).toBeLessThan(0.15);
  });

  it('are judged on earlier days by the clock of what was known then', () => {
    const asOf = ASOF - 300;
    const then = asOfEarlier(fitted, earlier(asOf), asOf, { kind: 'month', daily });
    expect(then.clocked!.clock.learned!.days).toBe(fitted.model.clocked!.clock.learned!.days - 300);
  });

  it('are judged without one where little was known, and by that of a file', () => {
    const asOf = ASOF - 600;
    expect(asOfEarlier(fitted, earlier(asOf), asOf, { kind: 'auto', daily })).toBe(paretoNbd);
    expect(asOfEarlier(fitted, earlier(asOf), asOf - 3000, { kind: 'month', daily })).toBe(paretoNbd);
    const saved = clocked(paretoNbd, new Clock(EVEN.factors), ASOF);
    const then = asOfEarlier({ model: saved, fit: fitted.fit }, earlier(asOf), asOf, { kind: 'month', daily });
    expect(then.clocked!.clock).toBe(saved.clocked!.clock);
    const plain = asOfEarlier({ model: paretoNbd, fit: fitted.fit }, states, asOf, { kind: 'none', daily: null });
    expect(plain).toBe(paretoNbd);
  });
});

describe('what if, on a clock', () => {
  const parameters = [0.55, 10.6, 0.61, 11.7];
  const factors = [0.7, 0.8, 0.9, 1, 1, 0.9, 0.8, 0.8, 0.9, 1.1, 1.4, 1.7];
  const state = { x: 3, recency: 213, age: 272 };

  it.each([
    { delta: 0.0003, days: null },
    { delta: 0.0003, days: 100 },
    { delta: 0, days: 40 },
  ])('is what it is without one where that runs alike: %o', (window) => {
    const future = { dropout: 1.3, purchases: 0.9 };
    const [even, plain] = [clocked(paretoNbd, EVEN, ASOF), paretoNbd].map(
      (model) => inFuture(model, future).one(state, parameters, window).purchases,
    );
    expect(even! / plain!).toBeCloseTo(1, 7);
  });

  it('keeps its months', () => {
    const model = clocked(paretoNbd, new Clock(factors), ASOF);
    const until = (days: number): number =>
      inFuture(model, { dropout: 2, purchases: 1 }).one(state, parameters, { delta: 0, days }).purchases;
    expect((until(92) - until(61)) / (until(61) - until(31))).toBeGreaterThan(1.1);
    const same = inFuture(model, { dropout: 1, purchases: 1 }).one(state, parameters, { delta: 0.0002, days: 92 });
    expect(same).toEqual(model.one(state, parameters, { delta: 0.0002, days: 92 }));
  });
});
