import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cashRows, expectations, onlyState, ROW_PERIODS } from '../../src/engine/cash-flows.ts';
import { bgNbd } from '../../src/models/beta-geometric/bg-nbd.ts';
import { mbgNbd } from '../../src/models/beta-geometric/mbg-nbd.ts';
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
