import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import { contractExpectations } from '../../../src/engine/contracts/cash-flows.ts';
import { cashFlows } from '../../../src/engine/contracts/retention.ts';
import { TIMINGS, type Timing } from '../../../src/engine/contracts/timing.ts';
import { contractValues, type Terms } from '../../../src/engine/contracts/value.ts';
import { constantRetention } from '../../../src/models/contracts/constant-retention.ts';
import { sbg } from '../../../src/models/contracts/sbg.ts';
import { runs } from '../../runs.ts';

const RATES = { discount: new Decimal('.1'), growth: new Decimal('.02') };
const ONE: Terms = {
  model: constantRetention,
  parameters: [0.8],
  rates: RATES,
  periods: null,
  timing: 'existing-start',
  rate: new Decimal('.8'),
  digits: 2,
  cost: null,
};
const MIXED: Terms = { ...ONE, model: sbg, parameters: [0.764, 1.296], rate: null };

const CASE = fc.record({
  terms: fc.constantFrom(ONE, MIXED),
  timing: fc.constantFrom(...(Object.keys(TIMINGS) as Timing[])),
  made: fc.nat(12),
  margin: fc.integer({ min: -500, max: 90_000 }),
  cost: fc.option(fc.integer({ min: 1, max: 2_000 })),
});

describe('the cash flows of a subscriber', () => {
  it('end with the value of the lifetime, whatever the rows before', () => {
    fc.assert(
      fc.property(CASE, ({ terms, timing, made, margin, cost }) => {
        const kept = cost === null ? null : { amount: new Decimal(cost).div(100), timing };
        const full = { ...terms, timing, cost: kept };
        const amount = new Decimal(margin).div(100);
        const until = contractExpectations(full, made, amount, [4, 8, 12, null]);
        expect(until.at(-1)!.value).toBe(contractValues(full, made).value(amount, made));
        const quarters = contractExpectations(full, made, amount, [1, 2, 3, 4]);
        expect([quarters[3]!.value, quarters[3]!.margin]).toEqual([until[0]!.value, until[0]!.margin]);
      }),
      { numRuns: runs(200) },
    );
  });

  it('with one rate are the payments one by one', () => {
    const rows = [1, 2, 3, 4, 5];
    for (const timing of Object.keys(TIMINGS) as Timing[]) {
      const until = contractExpectations({ ...ONE, timing }, 3, new Decimal(1), rows);
      const payments = cashFlows(
        { payment: new Decimal(1), retention: new Decimal('.8'), rates: RATES, periods: 5, timing },
        5,
      );
      for (const [k, { payments: expected, factor }] of until.entries()) {
        const sum = (of: (flow: (typeof payments)[number]) => Decimal): number =>
          Decimal.sum(...payments.slice(0, k + 1).map(of)).toNumber();
        expect(expected).toBeCloseTo(
          sum(({ share }) => share),
          12,
        );
        expect(factor.discounted).toBeCloseTo(
          sum(({ presentValue }) => presentValue),
          12,
        );
        expect(factor.undiscounted).toBeCloseTo(
          sum(({ share, payment }) => share.times(payment)),
          12,
        );
      }
    }
  });

  it('have no bound where customers stay for ever long, and then say so', () => {
    const [whole] = contractExpectations(MIXED, 2, new Decimal(10), [null]);
    expect([whole!.payments, whole!.margin, whole!.factor.undiscounted]).toEqual([null, null, null]);
    expect(whole!.value).toBeGreaterThan(0n);
  });
});
