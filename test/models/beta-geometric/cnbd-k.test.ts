import { describe, expect, it } from 'vitest';
import type { States } from '../../../src/data/states.ts';
import { mbgCnbd, mbgCnbdK } from '../../../src/models/beta-geometric/cnbd-k.ts';
import type { BuyingModel, Fit } from '../../../src/models/model.ts';
import { regularModel } from '../../../src/models/regularity.ts';
import { customersOfLog, isMissing } from '../research-log.ts';

const DELTA = Math.log(1.1) / 365.25;
const GROCERY = 'grocery_log.csv';
const UCI = 'uci_online_retail.csv';

/** Expected and actual purchases of the holdout. */
function holdout({ states, customers, holdoutDays }: ReturnType<typeof customersOfLog>, k: number, fit: Fit) {
  const model = mbgCnbd(k);
  const alive = model.pAlive(states, fit.parameters);
  const expected = model.purchases(states, fit.parameters, alive, { delta: 0, days: holdoutDays });
  const keyed = new Map(
    Array.from(expected, (value, i) => [key(states.x[i]!, states.recency[i]!, states.age[i]!), value]),
  );
  let [total, actual, absolute, squares] = [0, 0, 0, 0];
  for (const { x, recency, age, later } of customers.values()) {
    const off = keyed.get(key(x, recency, age))! - later;
    total += off + later;
    actual += later;
    absolute += Math.abs(off);
    squares += off * off;
  }
  return { total, actual, mae: absolute / customers.size, rmse: Math.sqrt(squares / customers.size) };
}

/** The log-likelihood of a model where it fits. */
function fitted(model: BuyingModel, states: States): number {
  try {
    return model.fit(states).logLikelihood;
  } catch {
    return Number.NEGATIVE_INFINITY;
  }
}

function key(...state: number[]): string {
  return state.join();
}

describe.skipIf(isMissing(GROCERY))('an online grocer up to 2006-12-31 (BTYDplus groceryElog)', () => {
  const log = isMissing(GROCERY) ? null! : customersOfLog(GROCERY, '2006-12-31');

  it.each([
    [1, -15781.939375, null, 4024.838],
    [2, -14978.210732, [1.329175, 2.812551, 0.424709, 0.790028], 3811.544],
    [3, -14996.850416, [1.302622, 1.749788, 0.449442, 0.835405], 3710.035],
    [4, -15326.922608, null, 3644.771],
  ] as const)('MBG/CNBD-%i', (k, logLikelihood, parameters, total) => {
    const fit = mbgCnbd(k).fit(log.states);
    expect(fit.logLikelihood).toBeCloseTo(logLikelihood, 5);
    parameters?.forEach((value, i) => {
      expect(fit.parameters[i]! / value).toBeCloseTo(1, 4);
    });
    const found = holdout(log, k, fit);
    expect(found.actual).toBe(3389);
    expect(found.total).toBeCloseTo(total, 2);
    if (k !== 2) return;
    expect(found.mae).toBeCloseTo(1.399794, 5);
    expect(found.rmse).toBeCloseTo(3.148796, 5);
    const alive = mbgCnbd(k).pAlive(log.states, fit.parameters);
    expect(alive.reduce((sum, p, i) => sum + p * log.states.count[i]!, 0)).toBeCloseTo(501.6935, 3);
  });

  it.each([
    ['1', 0.064157, 0.075093, 0.361398],
    ['10', 0.142279, 0.052867, 0.773949],
    ['1002', 0.000688, 0.000088, 0.003698],
  ])('MBG/CNBD-2, customer %s', (id, expected, pAlive, value) => {
    const { parameters } = mbgCnbd(2).fit(log.states);
    const customer = log.customers.get(id)!;
    const year = mbgCnbd(2).one(customer, parameters, { delta: 0, days: 364 });
    expect(year.pAlive).toBeCloseTo(pAlive, 5);
    expect(year.purchases).toBeCloseTo(expected, 5);
    expect(mbgCnbd(2).one(customer, parameters, { delta: DELTA, days: null }).purchases).toBeCloseTo(value, 5);
  });
});

describe.skipIf(isMissing(UCI))('a retailer up to 2011-08-31 (UCI Online Retail)', () => {
  it('MBG/CNBD-2: the chance to stop is inside its range', () => {
    const log = customersOfLog(UCI, '2011-08-31');
    const fit = mbgCnbd(2).fit(log.states);
    expect(fit.logLikelihood).toBeCloseTo(-21035.016862, 5);
    [0.852404, 4.359999, 0.152288, 1.968672].forEach((value, i) => {
      expect(fit.parameters[i]! / value).toBeCloseTo(1, 4);
    });
    // k = 1 has no optimum: it is judged by its limits, the highest of which is what a search with an end stays below.
    expect(regularModel(mbgCnbdK, log.states)).toBe(mbgCnbd(2));
    const limits = mbgCnbd(1).limits!.map((limit) => fitted(limit, log.states));
    expect(Math.max(...limits)).toBeGreaterThan(-21619.488943);
    expect(Math.max(...limits)).toBeCloseTo(-21619.488943, 1);
    expect(mbgCnbd(3).fit(log.states).logLikelihood).toBeCloseTo(-21414.897889, 5);
    const found = holdout(log, 2, fit);
    expect(found.actual).toBe(4784);
    expect(found.total).toBeCloseTo(3644.011, 2);
    expect(found.mae).toBeCloseTo(0.979798, 5);
    expect(found.rmse).toBeCloseTo(1.568009, 5);
  });
});
