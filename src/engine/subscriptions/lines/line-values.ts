import { type Fraction, times } from '../../../base/fractions.ts';
import type { ServiceLine } from '../../../data/subscriptions/lines.ts';
import { exactValue, type Monthly } from '../monthly-value.ts';
import { type BillingPeriod, type Measured, periodAround, wholePeriod } from './periods.ts';
import type { Prices } from './prices.ts';

/** A line with what it is worth a month while it covers a day, exact, in its own currency. */
export interface ValuedLine {
  readonly line: ServiceLine;
  readonly value: Fraction;
  /** What the rounding of its amount may be off by: 0 of whole lines and of those taken at a price of the plan. */
  readonly slack: Fraction;
}

const A_MONTH = { months: 1 } as const;
const NOTHING: Fraction = { n: 0n, d: 1n };

/** Lines of a subscription, each with its own period. */
export function measured(lines: readonly ServiceLine[], monthly: Pick<Monthly, 'weeksAYear'>): readonly Measured[] {
  return lines.map((line) => ({ line, whole: wholePeriod(line, monthly) }));
}

/** Takes the monthly values of whole lines as prices of their plans. */
export function addPrices(prices: Prices, all: readonly Measured[]): void {
  for (const { line, whole } of all)
    if (whole) prices.add(line.plan, line.currency, exactValue(line.amount, whole.months, A_MONTH));
}

/**
 * What lines are worth: a whole one its amount ÷ its months; a shorter one amount × days of its billing period ÷ its own days ÷
 * months of that period, or the one price of its plan that is within the rounding of a minor unit.
 */
export function valuedLines(all: readonly Measured[], prices: Prices, monthly: Monthly): readonly ValuedLine[] {
  return all.map(({ line, whole }) => {
    if (whole) return { line, value: exactValue(line.amount, whole.months, A_MONTH), slack: NOTHING };
    return shorter(line, periodAround(line, all, monthly), prices, monthly);
  });
}

function shorter(line: ServiceLine, { days, months }: BillingPeriod, prices: Prices, { digits }: Monthly): ValuedLine {
  const ratio = { n: BigInt(days), d: BigInt(line.end - line.start) };
  const value = times(exactValue(line.amount, months, A_MONTH), ratio);
  const slack = times({ n: ratio.n * months.d, d: ratio.d * months.n }, { n: 1n, d: 2n * 10n ** BigInt(digits) });
  const sign = value.n < 0n ? -1n : 1n;
  const price = prices.near(line.plan, line.currency, { n: sign * value.n, d: value.d }, slack);
  return price ? { line, value: { n: sign * price.n, d: price.d }, slack: NOTHING } : { line, value, slack };
}
