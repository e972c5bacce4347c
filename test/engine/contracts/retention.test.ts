import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal, ONE } from '../../../src/base/decimal.ts';
import { ClvError } from '../../../src/base/errors.ts';
import { cashFlows, minorUnits, presentValue, type Stream } from '../../../src/engine/contracts/retention.ts';
import {
  ratePerPeriod,
  retentionPerPeriod,
  TIMINGS,
  type Timing,
  timingNamed,
} from '../../../src/engine/contracts/timing.ts';
import { mustFill } from '../../reader/helpers.ts';

const NAMES = Object.keys(TIMINGS) as Timing[];

function stream(given: {
  m?: string;
  r?: string;
  d?: string;
  g?: string;
  periods?: number | null;
  timing?: Timing;
}): Stream {
  const { m = '100', r = '.8', d = '.1', g = '0', periods = null, timing = 'existing-end' } = given;
  const rates = { discount: new Decimal(d), growth: new Decimal(g) };
  return { payment: new Decimal(m), retention: new Decimal(r), rates, periods, timing };
}

const value = (given: Parameters<typeof stream>[0]): string => presentValue(stream(given)).toFixed(4);

describe('constant retention, m = 100, r = .8, d = .1 (formulas: Constant retention)', () => {
  it.each([
    ['prospect-start', '366.6667'],
    ['existing-end', '266.6667'],
    ['prospect-end', '333.3333'],
    ['existing-start', '293.3333'],
    ['mid-period', '349.6029'],
  ] as const)('%s: %s', (timing, expected) => {
    expect(value({ timing })).toBe(expected);
    expect(timingNamed(timing)).toBe(timing);
  });

  it('the first five payments', () => {
    expect(value({ timing: 'prospect-start', periods: 5 })).toBe('292.0634');
    expect(value({ timing: 'existing-end', periods: 5 })).toBe('212.4097');
    expect(value({ periods: 0 })).toBe('0.0000');
  });

  it('growth: the first payment is not yet grown', () => {
    expect(value({ g: '.05' })).toBe(new Decimal(80).div('.26').toFixed(4));
    expect(value({ g: '.05', periods: 2 })).toBe(
      new Decimal(80).div('1.1').plus(new Decimal('67.2').div('1.21')).toFixed(4),
    );
  });

  it('no name but these', () => {
    expect(timingNamed('existing')).toBeUndefined();
    expect(timingNamed('toString')).toBeUndefined();
  });
});

describe('published figures', () => {
  it('Gupta, Lehmann & Stuart 2004: m = 100, r = .8, i = .12', () => {
    expect(value({ d: '.12' })).toBe('250.0000');
  });

  it('Net-4-You', () => {
    const m = new Decimal('19.95').minus('.5').minus('.5');
    expect(presentValue(stream({ m: m.toFixed(), r: '.788', d: '.01' })).toFixed(5)).toBe('67.26396');
  });

  it('Berger & Nasr, case 1: promotion is a stream of its own, in the middle of the years', () => {
    const margin = presentValue(stream({ m: '260', r: '.75', d: '.2', periods: 11, timing: 'prospect-start' }));
    const promotion = presentValue(stream({ m: '50', r: '.75', d: '.2', periods: 10, timing: 'mid-period' }));
    expect(margin.minus(promotion).toFixed(4)).toBe('568.7831');
  });

  it('one constant rate of .833 gives 343.18 at every tenure (existing-start)', () => {
    expect(value({ r: '.833', timing: 'existing-start' }).slice(0, 6)).toBe('343.18');
  });

  it('one rate for a mixed base: 4,945,049 against 7,940,943', () => {
    const alive = [10_000, 6334, 4367, 3264, 2604];
    const due = alive.slice(0, -1).reduce((a, b) => a + b);
    const rate = new Decimal(alive.slice(1).reduce((a, b) => a + b)).div(due);
    expect(rate.toFixed(6)).toBe('0.691383');
    const customers = alive.reduce((a, b) => a + b);
    const one = (r: Decimal): Decimal => presentValue(stream({ r: r.toFixed(), timing: 'existing-start' }));
    expect(one(rate).times(customers).toFixed(0)).toBe('4945049');
    const loyal = new Decimal('.9');
    const fickle = new Decimal('.5');
    const mixed = [0, 1, 2, 3, 4].reduce((sum, t) => {
      const [stay, leave] = [loyal.pow(t).times(10_000).div(3), fickle.pow(t).times(20_000).div(3)];
      return sum.plus(stay.times(one(loyal))).plus(leave.times(one(fickle)));
    }, new Decimal(0));
    expect(mixed.toFixed(0)).toBe('7940943');
  });
});

describe('rates of a part of a year', () => {
  it('are effective', () => {
    expect(ratePerPeriod(new Decimal('.15'), 2).toFixed(7)).toBe('0.0723805');
    expect(ratePerPeriod(new Decimal('.1'), 12).toFixed(8)).toBe('0.00797414');
    expect(ratePerPeriod(new Decimal('.1'), 1).toFixed()).toBe('0.1');
    expect(ratePerPeriod(new Decimal(0), 12).toFixed()).toBe('0');
  });

  it('compound to the year, retention too', () => {
    const monthly = retentionPerPeriod(new Decimal('.8'), 12);
    expect(monthly.pow(12).toSignificantDigits(50).toFixed()).toBe('0.8');
    expect(ratePerPeriod(new Decimal('.1'), 4).plus(1).pow(4).toSignificantDigits(50).toFixed()).toBe('1.1');
    expect(retentionPerPeriod(new Decimal('.8'), 1).toFixed()).toBe('0.8');
    expect(retentionPerPeriod(new Decimal(0), 12).toFixed()).toBe('0');
  });
});

describe('a lifetime without a finite value', () => {
  it.each([
    { r: '1', d: '0' },
    { r: '.8', d: '.1', g: '.375' },
    { r: '.99', d: '.1', g: '.2' },
  ])('E121: %j', (given) => {
    const error = (() => {
      try {
        return presentValue(stream(given));
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(ClvError);
    expect((error as ClvError).code).toBe('E121');
    mustFill((error as ClvError).code, (error as ClvError).values);
    expect(presentValue(stream({ ...given, periods: 24 })).isFinite()).toBe(true);
  });

  it('is seen through the roots of monthly rates', () => {
    const [discount, growth] = ['.1', '.375'].map((rate) => ratePerPeriod(new Decimal(rate), 12)) as [Decimal, Decimal];
    const monthly = {
      ...stream({}),
      retention: retentionPerPeriod(new Decimal('.8'), 12),
      rates: { discount, growth },
    };
    expect(() => presentValue(monthly)).toThrow(/E121/);
    // Then every payment is worth the same.
    const kept = presentValue({ ...monthly, periods: 7, timing: 'prospect-start' });
    expect(kept.minus(700).abs().lt('1e-30')).toBe(true);
  });
});

describe('laws', () => {
  const rate = (high: number) => fc.integer({ min: 0, max: high }).map((units) => new Decimal(units).div(1_000_000));
  const arbitrary = fc.record({
    payment: fc.integer({ min: 1, max: 10_000_000 }).map((cents) => new Decimal(cents).div(100)),
    retention: rate(990_000),
    rates: fc.record({ discount: rate(500_000), growth: fc.constant(new Decimal(0)) }),
    timing: fc.constantFrom(...NAMES),
    periods: fc.constant(null),
  });
  const periods = fc.integer({ min: 0, max: 40 });
  const same = (a: Decimal, b: Decimal): void =>
    expect(a.minus(b).abs().lte(a.abs().plus(1).times('1e-40')), `${a.toFixed(50)} for ${b.toFixed(50)}`).toBe(true);

  it('prospect-start − existing-end = m without growth', () => {
    fc.assert(
      fc.property(arbitrary, (given) => {
        const [first, later] = (['prospect-start', 'existing-end'] as const).map((timing) =>
          presentValue({ ...given, timing }),
        ) as [Decimal, Decimal];
        same(first.minus(later), given.payment);
      }),
    );
  });

  it('horizons add up, and the payments one by one add up to them', () => {
    fc.assert(
      fc.property(arbitrary, rate(300_000), periods, periods, (given, growth, near, far) => {
        const grown = { ...given, rates: { ...given.rates, growth } };
        const first = presentValue({ ...grown, periods: near });
        const carried = grown.retention.times(growth.plus(1)).div(grown.rates.discount.plus(1)).pow(near);
        const then = presentValue({ ...grown, periods: far }).times(carried);
        same(presentValue({ ...grown, periods: near + far }), first.plus(then));
        const flows = cashFlows(grown, near);
        same(
          flows.reduce((sum, flow) => sum.plus(flow.presentValue), new Decimal(0)),
          first,
        );
      }),
    );
  });

  it('a long horizon is a lifetime', () => {
    fc.assert(
      fc.property(arbitrary, (given) => {
        const q = given.retention.div(given.rates.discount.plus(1));
        fc.pre(q.lt('.9'));
        same(presentValue({ ...given, periods: 2000 }), presentValue(given));
      }),
    );
  });

  it('without discounting a finite horizon is the expected margin; retention 1 is an annuity', () => {
    fc.assert(
      fc.property(arbitrary, periods, (given, n) => {
        const undiscounted = { ...given, rates: { ...given.rates, discount: new Decimal(0) }, periods: n };
        const shares = cashFlows(undiscounted, n).reduce((sum, { share }) => sum.plus(share), new Decimal(0));
        same(presentValue(undiscounted), shares.times(given.payment));
        const tiny = { ...given, rates: { ...given.rates, discount: new Decimal('1e-30') }, periods: n };
        expect(presentValue(tiny).minus(presentValue(undiscounted)).abs().lt('1e-18')).toBe(true);
        same(presentValue({ ...undiscounted, retention: ONE }), given.payment.times(n));
        const d = given.rates.discount.plus('.01');
        const annuity = ONE.minus(d.plus(1).pow(-n)).div(d).times(given.payment);
        same(
          presentValue({
            ...given,
            retention: ONE,
            rates: { ...given.rates, discount: d },
            periods: n,
            timing: 'prospect-end',
          }),
          annuity,
        );
      }),
    );
  });

  it('scaling money scales the value', () => {
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: -50, max: 50 }), (given, factor) => {
        same(presentValue({ ...given, payment: given.payment.times(factor) }), presentValue(given).times(factor));
      }),
    );
  });

  it('equity by cohort = equity by calendar period', () => {
    const acquired = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(arbitrary, acquired, fc.integer({ min: 1, max: 12 }), (given, cohorts, horizon) => {
        const discount = (time: number): Decimal => given.rates.discount.plus(1).pow(-time);
        const byCohort = cohorts.reduce(
          (sum, customers, start) =>
            sum.plus(
              presentValue({ ...given, periods: horizon })
                .times(customers)
                .times(discount(start)),
            ),
          new Decimal(0),
        );
        const flows = cashFlows(given, horizon);
        let byPeriod = new Decimal(0);
        for (let calendar = 0; calendar < cohorts.length + horizon - 1; calendar++) {
          const inPeriod = cohorts.reduce((sum, customers, start) => {
            const flow = flows[calendar - start];
            return flow ? sum.plus(flow.payment.times(flow.share).times(customers)) : sum;
          }, new Decimal(0));
          byPeriod = byPeriod.plus(inPeriod.times(discount(calendar)));
        }
        const delay = given.rates.discount.plus(1).pow(TIMINGS[given.timing].delay.negated());
        same(byCohort, byPeriod.times(delay));
      }),
    );
  });

  it('value does not depend on the length of the period, but for when payments fall', () => {
    // A payment a year seen as one of every twelfth month: the same flows, discounted by the month.
    const monthly = ratePerPeriod(new Decimal('.1'), 12);
    const kept = retentionPerPeriod(new Decimal('.8'), 12);
    const flows = cashFlows(stream({ timing: 'existing-end' }), 200);
    const asMonths = flows.reduce(
      (sum, { payment }, j) => sum.plus(payment.times(kept.pow(12 * (j + 1))).div(monthly.plus(1).pow(12 * (j + 1)))),
      new Decimal(0),
    );
    expect(asMonths.toFixed(20)).toBe(presentValue(stream({ periods: 200 })).toFixed(20));
  });
});

describe('minor units', () => {
  it('ties go to even, also those that a division left a little off', () => {
    expect(
      ['0.125', '0.135', '-0.125', '2.005', '2.0050000001'].map((text) => minorUnits(new Decimal(text), 2)),
    ).toEqual([12n, 14n, -12n, 200n, 201n]);
    // m r/(1+d−r) = 0.125 exactly, through q = .5/1.5.
    const tie = presentValue(stream({ m: '0.25', r: '.5', d: '.5' }));
    expect(minorUnits(tie, 2)).toBe(12n);
    expect(minorUnits(new Decimal('1234.5'), 0)).toBe(1234n);
    expect(minorUnits(new Decimal(1).div(3).times(3).times('0.125'), 2)).toBe(12n);
  });
});
