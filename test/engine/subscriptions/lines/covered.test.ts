import { describe, expect, it } from 'vitest';
import type { ServiceLine } from '../../../../src/data/subscriptions/lines.ts';
import { type Covered, coveredBy, coveredFx } from '../../../../src/engine/subscriptions/lines/covered.ts';
import type { ValuedLine } from '../../../../src/engine/subscriptions/lines/line-values.ts';
import type { Monthly } from '../../../../src/engine/subscriptions/monthly-value.ts';

/** A euro is 1.10 on day 1 and 1.20 on day 2. */
const MONTHLY: Monthly = {
  months: 1,
  weeksAYear: null,
  digits: 2,
  rateOn: (currency, day) => (currency === 'EUR' ? { n: 10n + BigInt(day), d: 10n } : { n: 1n, d: 1n }),
};

const line = (value: number, { day = 1, currency = 'EUR', segment = 'a', isPause = false, slack = 0 } = {}) =>
  ({
    line: { day, currency, segment, isPause } as ServiceLine,
    value: { n: BigInt(Math.round(value * 100)), d: 100n },
    slack: { n: BigInt(Math.round(slack * 100)), d: 100n },
  }) satisfies ValuedLine;

const covered = (...lines: readonly ValuedLine[]): Covered => coveredBy(lines, MONTHLY) as Covered;

describe('lines that cover a day', () => {
  it('are worth their sum, converted each by the rate of its day, and named by the one worth most', () => {
    const found = covered(line(10), line(30, { day: 2, segment: 'b' }));
    expect(found).toMatchObject({ kind: 'paid', value: 4700n, segment: 'b', own: { currency: 'EUR' } });
    expect(covered(line(10), line(30, { currency: 'USD' })).own).toBeNull();
  });

  it('of equal worth are named by the last of their segments, and the first of equal ones', () => {
    const [a, b] = [line(10, { segment: 'a' }), line(10, { segment: 'b' })];
    expect([covered(a, b).segment, covered(b, a).segment]).toEqual(['b', 'b']);
    const [one, other] = [line(10), line(10)];
    expect(covered(one, other).most).toBe(one);
    expect(covered(line(9, { segment: 'z' }), b).segment).toBe('b');
  });

  it('end by credits of as much, but for what is rounded, and credits of more are no service', () => {
    expect(covered(line(10), line(-10))).toMatchObject({ kind: 'ended', value: 0n });
    expect(covered(line(10), line(-9.99)).kind).toBe('ended');
    expect(covered(line(10), line(-9.5)).kind).toBe('paid');
    expect(covered(line(10), line(-9.5, { slack: 0.6 })).kind).toBe('ended');
    expect(coveredBy([line(10), line(-10.5)], MONTHLY)).toBe('below');
    expect(covered(line(10), line(-10.5, { slack: 0.6 })).kind).toBe('ended');
  });

  it('of 0.00 are free, or a pause where all of them are', () => {
    expect(covered(line(0)).kind).toBe('free');
    expect(covered(line(0, { isPause: true })).kind).toBe('paused');
    expect(covered(line(0, { isPause: true }), line(0)).kind).toBe('free');
  });
});

describe('what of a change comes from rates', () => {
  it('is all but the change of price at the rate before', () => {
    // 11.00 to 18.00, of which 5.50 is the price.
    expect(coveredFx(covered(line(10)), covered(line(15, { day: 2 })), MONTHLY)).toBe(150n);
    expect(coveredFx(covered(line(10)), covered(line(10, { day: 2 })), MONTHLY)).toBe(100n);
  });

  it('is nothing at one rate, in another currency or several, and where nothing was paid before or after', () => {
    const paid = covered(line(10));
    expect(coveredFx(paid, covered(line(15)), MONTHLY)).toBe(0n);
    expect(coveredFx(paid, covered(line(15, { currency: 'USD' })), MONTHLY)).toBe(0n);
    const several = covered(line(5), line(5, { currency: 'USD' }));
    expect([coveredFx(several, paid, MONTHLY), coveredFx(paid, several, MONTHLY)]).toEqual([0n, 0n]);
    const free = covered(line(0, { day: 2 }));
    expect([coveredFx(free, paid, MONTHLY), coveredFx(paid, free, MONTHLY)]).toEqual([0n, 0n]);
  });
});
