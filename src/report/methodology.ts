import { type Day, isoOf } from '../base/calendar.ts';
import { Decimal } from '../base/decimal.ts';
import { Exact, type Json } from '../data/report.ts';
import type { SegmentFrom } from '../data/transactions.ts';
import type { SeasonKind } from '../valuation/valuing.ts';

export interface Assumptions {
  readonly asOf: Day;
  /** ISO code, or null where the data do not say. */
  readonly currency: string | null;
  /** Decimals of its minor unit. */
  readonly digits: number;
  /** Exact decimal text of the annual effective rate, 0.1. */
  readonly discountRate: string;
  readonly horizon: string;
  /** In words: what was taken as margin. */
  readonly margin: string;
  readonly spendFrom: 'repeat' | 'all';
  readonly roundedAmounts: number | null;
  /** The calendar of the dates, where it is another than the Gregorian. */
  readonly calendar?: string | null;
  /** Where amounts group or have a comma. */
  readonly decimalMark?: '.' | ',' | null;
  /** What the amounts are and hold, where a layout or an option says it. */
  readonly amounts?: string | null;
  readonly by: readonly string[];
  readonly segmentFrom: SegmentFrom;
  readonly season?: SeasonKind;
  /** Columns that models are fitted by. */
  readonly fitBy: readonly string[];
  /** Customers in the table on a terminal. */
  readonly top: number;
}

/** What a valuation stands on, in the words of the output contract. One without transactions may have no as-of date. */
export function methodology(assumptions: Omit<Assumptions, 'asOf' | 'fitBy' | 'top'> & { readonly asOf: Day | null }): {
  readonly [key: string]: Json;
} {
  const { asOf, currency, discountRate, horizon } = assumptions;
  return {
    as_of: asOf === null ? null : isoOf(asOf),
    currency,
    discount_rate_annual: new Exact(discountRate),
    horizon: horizonText(horizon),
    timing: 'continuous discounting from the as-of date at ln(1 + annual rate) per 365.25 days',
    ...seasonNote(assumptions),
    ...marginNotes(assumptions),
    population: 'customers with a purchase on or before the as-of date',
    ...segmentNote(assumptions),
    definition:
      'customer lifetime value: present value of the expected future margin of an existing customer from the as-of date on, ' +
      'excluding margin already earned and acquisition cost; customer equity: the sum of these, each rounded to the minor unit',
  };
}

/** What the intervals of single customers are. */
export const CUSTOMER_INTERVALS =
  '95% each: clv_interval of the estimate, from the parameters alone by the delta method; prediction_interval of what the ' +
  'customer may bring, by quantiles: from 0 to what is exceeded with 5% where no purchase comes with more than 2.5%, else ' +
  '2.5% at either end; null for customers with a mean margin of zero or less';

/** How the months of the year are in a valuation, where they may be. */
export function seasonNote({ season = 'none' }: Pick<Assumptions, 'season'>): { readonly season?: string } {
  if (season === 'none') return {};
  const words =
    'where the model has factors of the months (season), a day counts as long as the factor of its month says, in what was ' +
    'and in what is to come; a lifetime and whole years are in the mean of the year; intervals hold the factors fixed';
  return { season: words };
}

/** What is taken as margin, and what was done to the amounts, for the methodology. */
export function marginNotes({
  margin,
  spendFrom,
  roundedAmounts,
  amounts,
  calendar,
  decimalMark,
}: Pick<Assumptions, 'margin' | 'spendFrom' | 'roundedAmounts' | 'amounts' | 'calendar' | 'decimalMark'>): {
  readonly [key: string]: Json;
} {
  return {
    ...(calendar ? { calendar: `${calendar}; days are reported in the Gregorian calendar` } : {}),
    margin,
    spend_from: spendFrom === 'all' ? 'all purchases' : 'repeat purchases',
    refunds: 'reduce revenue and margin on their day; a day that nets below zero is not a purchase',
    ...(amounts ? { amount: amounts } : {}),
    amounts: roundedAmounts === null ? 'exact as given' : `rounded half-even to ${roundedAmounts} decimals`,
    ...(decimalMark ? { decimal_mark: decimalMark } : {}),
  };
}

/** A rate as a person reads it: 0.1 → 10%. */
export function percentText(rate: Decimal | string): string {
  return `${new Decimal(rate).times(100).toFixed()}%`;
}

/** A rate of discounting as a person reads it. */
export function annualText(rate: Decimal | string): string {
  return `${percentText(rate)} a year, effective`;
}

export function horizonText(horizon: string): string {
  return horizon === 'lifetime' ? horizon : `truncated at ${horizon}`;
}

/** Which of a customer's segments it counts in, for the methodology; nothing where there are none. */
function segmentNote({ by, segmentFrom }: Segmenting): { readonly segments?: string } {
  if (by.length === 0) return {};
  const day = segmentFrom === 'first' ? 'first transaction' : 'last transaction up to the as-of date';
  return {
    segments: `a customer counts in that of its ${day}; of several on that day, in the greatest in binary order`,
  };
}

type Segmenting = Pick<Assumptions, 'by' | 'segmentFrom'>;

/** The heading over segments; the last transaction is what is taken for granted. */
export function segmentsTitle({ by, segmentFrom }: Segmenting): string {
  return `Segments by ${by.join(', ')}${segmentFrom === 'first' ? ', of the first transaction' : ''}`;
}
