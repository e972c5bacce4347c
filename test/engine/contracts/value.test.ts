import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import { contractInterval } from '../../../src/engine/contracts/interval.ts';
import { residualFactors } from '../../../src/engine/contracts/residual.ts';
import { presentValue } from '../../../src/engine/contracts/retention.ts';
import { TIMINGS, type Timing } from '../../../src/engine/contracts/timing.ts';
import { contractValues, type Terms } from '../../../src/engine/contracts/value.ts';
import { constantRetention } from '../../../src/models/contracts/constant-retention.ts';
import { sbg } from '../../../src/models/contracts/sbg.ts';

const RATES = { discount: new Decimal('.1'), growth: new Decimal(0) };
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
const CASES = Object.keys(TIMINGS) as Timing[];

describe('values of contracts', () => {
  it('with one rate are the published formulas, by timing case (m = 100, r = .8, d = .1)', () => {
    const value = (timing: Timing): bigint => contractValues({ ...ONE, timing }, 0).value(new Decimal(100), 0);
    expect(CASES.map(value)).toEqual([29333n, 26667n, 36667n, 33333n, 34960n]);
    expect(contractValues(ONE, 0).prospect(new Decimal(100))).toBe(36667n);
  });

  it('with one rate keep a tie a tie: half to even', () => {
    // Factor 44/15: 0.01875 × 44/15 = 0.055 and 0.05625 × 44/15 = 0.165, exactly.
    const { value } = contractValues(ONE, 0);
    expect([value(new Decimal('.01875'), 3), value(new Decimal('.05625'), 3)]).toEqual([6n, 16n]);
  });

  it('by a model are 288.22, 393.94, 568.25 after 1, 2, 5 periods (Fader & Hardie 2010)', () => {
    const { value } = contractValues(MIXED, 4);
    expect([0, 1, 4].map((made) => value(new Decimal(100), made))).toEqual([28822n, 39394n, 56825n]);
  });

  it('prospect-start less existing-end is one payment, whoever it is and whatever was renewed', () => {
    for (const terms of [ONE, MIXED]) {
      const [start, end] = (['prospect-start', 'existing-end'] as const).map((timing) =>
        contractValues({ ...terms, timing }, 5),
      );
      for (const made of [0, 2, 5]) {
        expect(start!.factor(made).minus(end!.factor(made)).toNumber()).toBeCloseTo(1, 12);
      }
    }
  });

  it('by a model whose customers are alike are those of one rate, for every timing and horizon', () => {
    const alike: Terms = { ...ONE, model: sbg, parameters: [2e8, 8e8], rate: null };
    fc.assert(
      fc.property(fc.constantFrom(...CASES), fc.option(fc.integer({ min: 1, max: 30 })), (timing, periods) => {
        const one = presentValue({
          payment: new Decimal(1),
          retention: new Decimal('.8'),
          rates: RATES,
          periods,
          timing,
        });
        expect(residualFactors({ ...alike, periods }, 2, timing)[2]).toBeCloseTo(one.toNumber(), 6);
      }),
    );
  });
});

describe('interval', () => {
  it('of one rate is its derivative: m·r(1+d)/(1+d−r) by r is m(1+d)²/(1+d−r)²', () => {
    const [low, high] = contractInterval(ONE, Float64Array.of(300, 700), [[0.0004]])!;
    expect((low + high) / 2).toBeCloseTo(1000 * (44 / 15), 9);
    expect(high - low).toBeCloseTo(2 * 1.959963984540054 * 0.02 * 1000 * (1.1 / 0.3) ** 2, 6);
    const losses = contractInterval(ONE, Float64Array.of(-1000), [[0.0004]])!;
    expect(losses[1] - losses[0]).toBeCloseTo(high - low, 6);
  });

  it('is unknown of a rate that is given, and that of the parameters by a model', () => {
    expect(contractInterval(ONE, Float64Array.of(1), null)).toBeNull();
    const [low, high] = contractInterval(MIXED, Float64Array.of(0, 100), [
      [0.01, 0],
      [0, 0.01],
    ])!;
    expect((low + high) / 2).toBeCloseTo(393.94, 2);
  });
});

describe('the cost of keeping a customer', () => {
  const cost = (amount: string, timing: Terms['timing']) => ({ amount: new Decimal(amount), timing });

  it('at the time of the margin is so much less margin, for one rate and for a fitted model', () => {
    for (const terms of [ONE, MIXED]) {
      const less = contractValues({ ...terms, cost: cost('12.5', terms.timing) }, 3);
      const plain = contractValues(terms, 3);
      for (const made of [0, 1, 3]) {
        expect(less.value(new Decimal(100), made)).toBe(plain.value(new Decimal('87.5'), made));
      }
    }
  });

  it('earlier costs more, and a growing margin does not make it grow', () => {
    const value = (terms: Terms) => contractValues(terms, 0).value(new Decimal(100), 0);
    const late = value({ ...ONE, timing: 'existing-end', cost: cost('10', 'existing-end') });
    const early = value({ ...ONE, timing: 'existing-end', cost: cost('10', 'existing-start') });
    expect(early < late).toBe(true);
    const growing = { ...ONE, rates: { ...ONE.rates, growth: new Decimal('0.02') } };
    const kept = (terms: Terms) => value(terms) - value({ ...terms, cost: cost('10', 'existing-end') });
    expect(Math.abs(Number(kept(growing) - kept(ONE)))).toBeLessThanOrEqual(1);
  });
});
