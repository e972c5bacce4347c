import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoDay } from '../../src/base/calendar.ts';
import { cashRows, expectations, onlyState, ROW_PERIODS } from '../../src/engine/cash-flows.ts';
import { bgNbd } from '../../src/models/beta-geometric/bg-nbd.ts';
import { mbgNbd } from '../../src/models/beta-geometric/mbg-nbd.ts';
import { Clock } from '../../src/models/clock/clock.ts';
import { clocked } from '../../src/models/clock/clocked.ts';
import type { BuyingModel } from '../../src/models/model.ts';
import { paretoNbd } from '../../src/models/pareto-nbd/pareto-nbd.ts';
import { runs } from '../runs.ts';

/** Models of the CDNOW sample, and one of short lives, whose undiscounted lifetime is finite. */
const FITTED: readonly (readonly [BuyingModel, readonly number[]])[] = [
  [paretoNbd, [0.55328, 10.57768, 0.60624, 11.66874]],
  [paretoNbd, [0.55328, 10.57768, 2.5, 40]],
  [bgNbd, [0.242595, 4.413602, 0.792922, 2.425907]],
  [mbgNbd, [0.524843, 6.183085, 0.89136, 1.614003]],
];
const DELTA = Math.log(1.15) / 365.25;

const states = fc.tuple(fc.nat(60), fc.nat(700), fc.nat(700)).map(([x, more, idle]) => {
  const recency = x === 0 ? 0 : x + more;
  return { x, recency, age: recency + idle };
});
const periods = fc.constantFrom(...Object.values(ROW_PERIODS));
const near = (value: number, wanted: number) =>
  expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-9 * Math.abs(wanted) + 1e-15);

describe('rows', () => {
  it('end at whole periods, then where the horizon ends, or never', () => {
    const { '1m': month, '1q': quarter, '1y': year } = ROW_PERIODS;
    expect(cashRows(year, null).ends).toEqual([...Array.from({ length: 10 }, (_, k) => 365.25 * (k + 1)), null]);
    expect(cashRows(month, null).ends).toHaveLength(37);
    expect(cashRows(quarter, null).ends).toHaveLength(21);
    expect(cashRows(year, 1095.75).ends).toEqual([365.25, 730.5, 1095.75]);
    expect(cashRows(year, 400).ends).toEqual([365.25, 400]);
    expect(cashRows(quarter, 7).ends).toEqual([7]);
  });

  it('of 36 months are those of 12 quarters and of 3 years, whatever way the horizon was written', () => {
    const every = (days: readonly (number | null)[], step: number) => days.filter((_, k) => k % step === step - 1);
    const months = cashRows(ROW_PERIODS['1m'], 1095.75).ends;
    expect(every(months, 3)).toEqual(cashRows(ROW_PERIODS['1q'], 1095.75).ends);
    expect(every(months, 12)).toEqual(cashRows(ROW_PERIODS['1y'], 1095.75).ends);
  });
});

describe('expectations', () => {
  it('grow to the lifetime value of the model, each discounted a little more than the one before', () => {
    fc.assert(
      fc.property(states, periods, fc.constantFrom(...FITTED), (state, period, [model, parameters]) => {
        const pAlive = model.pAlive(onlyState(state), parameters)[0]!;
        const until = expectations({ state, pAlive }, model, parameters, DELTA, cashRows(period, null).ends);
        near(until.at(-1)!.discounted, model.one(state, parameters, { delta: DELTA, days: null }).purchases);
        for (const [k, { purchases, discounted }] of until.entries()) {
          expect(purchases).toBeGreaterThanOrEqual(discounted);
          if (k > 0) expect(discounted).toBeGreaterThanOrEqual(until[k - 1]!.discounted);
          if (k > 0) expect(purchases).toBeGreaterThanOrEqual(until[k - 1]!.purchases);
        }
      }),
      { numRuns: runs(200), seed: 3 },
    );
  });

  it('are not discounted where the rate tends to 0', () => {
    fc.assert(
      fc.property(states, fc.constantFrom(...FITTED), (state, [model, parameters]) => {
        const { ends } = cashRows(ROW_PERIODS['1y'], 1826.25);
        for (const { purchases, discounted } of expectations({ state, pAlive: 0.5 }, model, parameters, 1e-14, ends))
          near(discounted, purchases);
      }),
      { numRuns: runs(100), seed: 3 },
    );
  });

  it('have no finite sum over a lifetime where s or a is at most 1', () => {
    const whole = FITTED.map(([model, parameters]) => {
      const state = { x: 2, recency: 213, age: 272 };
      return expectations({ state, pAlive: 1 }, model, parameters, DELTA, [null])[0]!;
    });
    expect(whole.map(({ purchases }) => Number.isFinite(purchases))).toEqual([false, true, false, false]);
    expect(whole.every(({ discounted }) => Number.isFinite(discounted))).toBe(true);
  });
});

describe('a clock of months', () => {
  it('discounts every row by what a margin is worth in its time, wherever the horizon ends', () => {
    const asOf = parseIsoDay('2025-09-20')!;
    const clock = new Clock([0.3, 0.5, 0.9, 1, 1, 0.9, 0.8, 0.8, 0.9, 1.1, 1.7, 2.1]);
    const model = clocked(paretoNbd, clock, asOf);
    const parameters = FITTED[0]![1];
    const state = { x: 5, recency: 200, age: 230 };
    const pAlive = model.pAlive(onlyState(state), parameters)[0]!;
    for (const horizon of [null, 365.25, 366, 400, 730.5, 731, 1000]) {
      for (const period of Object.values(ROW_PERIODS)) {
        const { ends } = cashRows(period, horizon);
        const until = expectations({ state, pAlive }, model, parameters, DELTA, ends);
        until.slice(0, horizon === null ? -1 : undefined).forEach(({ days, purchases, discounted }, k) => {
          const before = until[k - 1] ?? { days: 0, purchases: 0, discounted: 0 };
          const factor = (discounted - before.discounted) / (purchases - before.purchases);
          expect(factor).toBeLessThanOrEqual(Math.exp(-DELTA * before.days!) + 1e-6);
          expect(factor).toBeGreaterThanOrEqual(Math.exp(-DELTA * days!) - 1e-6);
        });
      }
    }
  });
});
