import type { Day } from '../../base/calendar.ts';
import { compare, type Fraction, minus, times, unitsOf } from '../../base/fractions.ts';
import { AMOUNT_SCALE } from '../../base/money.ts';
import type { Length } from '../../data/subscriptions/lengths.ts';
import type { Term } from '../../data/subscriptions/terms.ts';

/** How recurring money becomes a figure a month. */
export interface Monthly {
  /** Months of the figure: 1, or 12 for a year. */
  readonly months: 1 | 12;
  /** Weeks of a year, where lengths in weeks go by them; null: 365.25 days make a year. */
  readonly weeksAYear: 52 | null;
  /** Decimals of the minor unit. */
  readonly digits: number;
  /** What a unit of a currency is worth on a day; 1 where nothing is converted. @throws ClvError E321 */
  readonly rateOn: (currency: string, day: Day) => Fraction;
}

/** The months of a length, exact: one in days has 12 / 365.25 of its days, or those of its weeks of a year. */
export function monthsOf({ months, days }: Length, { weeksAYear }: Pick<Monthly, 'weeksAYear'>): Fraction {
  if (months > 0) return { n: BigInt(months), d: 1n };
  if (weeksAYear !== null && days % 7 === 0) return { n: 12n * BigInt(days), d: BigInt(weeksAYear) * 7n };
  return { n: 16n * BigInt(days), d: 487n };
}

/** Exact value a month (or a year) of an amount, 10^-4, that pays for so many months. */
export function exactValue(amount: bigint, { n, d }: Fraction, { months }: Pick<Monthly, 'months'>): Fraction {
  return { n: amount * d * BigInt(months), d: n * 10n ** BigInt(AMOUNT_SCALE) };
}

/** What a term is worth, in minor units: rounded once, half to even. */
export function termValue({ amount, length, currency, paid }: Term, monthly: Monthly): bigint {
  if (amount === 0n) return 0n;
  return unitsOf(
    times(exactValue(amount, monthsOf(length, monthly), monthly), monthly.rateOn(currency, paid)),
    monthly.digits,
  );
}

/** What of a change of value comes from rates: all but the change of price at the rate of the payment before. */
export function fxOf(before: Term, after: Term, monthly: Monthly): bigint {
  if (before.kind !== 'paid' || after.kind !== 'paid' || before.currency !== after.currency) return 0n;
  const rates = [before, after].map(({ currency, paid }) => monthly.rateOn(currency, paid));
  if (compare(rates[0]!, rates[1]!) === 0) return 0n;
  const [old, now] = [before, after].map(({ amount, length }) =>
    exactValue(amount, monthsOf(length, monthly), monthly),
  );
  const price = unitsOf(times(minus(now!, old!), monthly.rateOn(before.currency, before.paid)), monthly.digits);
  return termValue(after, monthly) - termValue(before, monthly) - price;
}
