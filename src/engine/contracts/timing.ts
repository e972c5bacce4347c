import { Decimal, ONE } from '../../base/decimal.ts';

/**
 * When the first payment of a contract falls, by name: the five cases between which published formulas differ, most of them
 * without saying so (Gupta & Lehmann 2003; Fader & Hardie 2012, "Reconciling and clarifying CLV formulas").
 */
export type Timing = 'existing-start' | 'existing-end' | 'prospect-start' | 'prospect-end' | 'mid-period';

export interface TimingCase {
  /** Renewals that must be made before the first payment: 1 for an existing customer, 0 for one just acquired. */
  readonly renewals: 0 | 1;
  /** Periods from now to the first payment. */
  readonly delay: Decimal;
  readonly words: string;
}

const HALF = new Decimal('0.5');
const NOW = new Decimal(0);

export const TIMINGS: Readonly<Record<Timing, TimingCase>> = {
  'existing-start': {
    renewals: 1,
    delay: NOW,
    words: 'an existing customer just before the next renewal, paid at once if it is made',
  },
  'existing-end': {
    renewals: 1,
    delay: ONE,
    words: 'an existing customer whose period is booked, the next paid at its end if kept',
  },
  'prospect-start': { renewals: 0, delay: NOW, words: 'a customer to be acquired, first payment now' },
  'prospect-end': { renewals: 0, delay: ONE, words: 'a customer to be acquired, first payment after one period' },
  'mid-period': { renewals: 0, delay: HALF, words: 'a customer to be acquired, payments in the middle of periods' },
};

/** The name if it is a timing case. */
export function timingNamed(name: string): Timing | undefined {
  return Object.hasOwn(TIMINGS, name) ? (name as Timing) : undefined;
}

/** What a period does to money. */
export interface PeriodRates {
  /** Effective rate a period. */
  readonly discount: Decimal;
  /** Of the payments, a period; the first is not yet grown. */
  readonly growth: Decimal;
}

/** The effective rate of 1/k year: (1+d)^(1/k) − 1, for discount and growth. */
export function ratePerPeriod(annual: Decimal, periodsPerYear: number): Decimal {
  if (periodsPerYear === 1) return annual;
  return annual.plus(1).pow(ONE.div(periodsPerYear)).minus(1);
}

/** Retention of 1/k year: r^(1/k). */
export function retentionPerPeriod(annual: Decimal, periodsPerYear: number): Decimal {
  return periodsPerYear === 1 ? annual : annual.pow(ONE.div(periodsPerYear));
}

/** How much a period takes off a payment that grows meanwhile: (1+g)/(1+d). */
export function periodFactor({ discount, growth }: PeriodRates): Decimal {
  return growth.plus(1).div(discount.plus(1));
}
