import { describe, expect, it } from 'vitest';
import type { Term } from '../../../src/data/subscriptions/terms.ts';
import {
  exactValue,
  fxOf,
  type Monthly,
  monthsOf,
  termValue,
} from '../../../src/engine/subscriptions/monthly-value.ts';
import { day, lengthNamed } from './payments.ts';

/** A euro is 1.10 before February and 1.20 from then on; all else is worth itself. */
const monthly = (others: Partial<Monthly> = {}): Monthly => ({
  ...{ months: 1, weeksAYear: null, digits: 2 },
  rateOn: (currency, on) => ({ n: currency === 'EUR' ? (on < day('2024-02-01') ? 11n : 12n) : 10n, d: 10n }),
  ...others,
});

const term = (amount: string, length: string, paid = '2024-01-15', others: Partial<Term> = {}): Term =>
  ({
    ...{ kind: 'paid', amount: BigInt(Math.round(Number(amount) * 10_000)), length: lengthNamed(length) },
    ...{ paid: day(paid), currency: 'USD', ...others },
  }) as Term;

describe('what a term is worth a month', () => {
  it.each([
    ['the price of a month', term('9.90', '1m'), {}, 990n],
    ['a twelfth of the price of a year', term('100', '1y'), {}, 833n],
    ['twelve of them as a year', term('100', '1y'), { months: 12 as const }, 10_000n],
    ['a third of a quarter, in whole yen', term('1000', '1q'), { digits: 0 }, 333n],
    ['of a week 365.25 / 84 prices', term('10', '1w'), {}, 4348n],
    ['or 52 / 12, where 52 weeks make a year', term('10', '1w'), { weeksAYear: 52 as const }, 4333n],
    ['and of 30 days 365.25 / 360, weeks or not', term('10', '30d'), { weeksAYear: 52 as const }, 1015n],
    ['half a cent to the even one', term('0.03', '2m'), {}, 2n],
    ['and down to it', term('0.01', '2m'), {}, 0n],
    ['nothing where nothing was paid', term('0', '1m'), {}, 0n],
    ['at the rate of its day', term('10', '1m', '2024-02-01', { currency: 'EUR' }), {}, 1200n],
  ])('%s', (_, one, how, expected) => expect(termValue(one, monthly(how))).toBe(expected));

  it('is exact before it is rounded', () => {
    expect(monthsOf(lengthNamed('2w'), { weeksAYear: 52 })).toEqual({ n: 168n, d: 364n });
    const { n, d } = exactValue(100_000n, { n: 12n, d: 1n }, { months: 1 });
    expect(n * 6n).toBe(d * 5n);
  });
});

describe('what of a change comes from rates', () => {
  const euros = (amount: string, paid: string, others: Partial<Term> = {}): Term =>
    term(amount, '1m', paid, { currency: 'EUR', ...others });

  it('is all but the change of price at the rate before', () => {
    // 10 at 1.1 become 15 at 1.2: 18.00 − 11.00 − 5.50.
    expect(fxOf(euros('10', '2024-01-15'), euros('15', '2024-02-15'), monthly())).toBe(150n);
    expect(fxOf(euros('10', '2024-02-15'), euros('10', '2024-01-15'), monthly())).toBe(-100n);
  });

  it('is nothing where the rate is the same, another currency is paid, or a term is not paid', () => {
    expect(fxOf(euros('10', '2024-01-15'), euros('15', '2024-01-16'), monthly())).toBe(0n);
    expect(fxOf(euros('10', '2024-01-15'), term('10', '1m', '2024-02-15'), monthly())).toBe(0n);
    for (const [before, after] of [['free', 'paid'] as const, ['paid', 'paused'] as const]) {
      const [one, other] = [euros('10', '2024-01-15', { kind: before }), euros('10', '2024-02-15', { kind: after })];
      expect(fxOf(one, other, monthly())).toBe(0n);
    }
  });
});
