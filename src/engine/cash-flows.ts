import { DAYS_PER_MONTH, DAYS_PER_YEAR, isWholeYears } from '../base/units.ts';
import type { States } from '../data/states.ts';
import type { BuyingModel, OneState } from '../models/model.ts';

/** How long a row of a cash-flow table is, and how many there are before "thereafter" when the horizon is a lifetime. */
export interface RowPeriod {
  readonly name: 'month' | 'quarter' | 'year';
  readonly days: number;
  readonly rows: number;
}

export const ROW_PERIODS: Readonly<Record<'1m' | '1q' | '1y', RowPeriod>> = {
  '1m': { name: 'month', days: DAYS_PER_MONTH, rows: 36 },
  '1q': { name: 'quarter', days: DAYS_PER_YEAR / 4, rows: 20 },
  '1y': { name: 'year', days: DAYS_PER_YEAR, rows: 10 },
};

/** The rows of a table: how long one is, and where each ends, in days from the as-of date. */
export interface CashRows {
  readonly period: RowPeriod;
  readonly ends: readonly (number | null)[];
}

/** Whole periods up to the end of the horizon, which may cut the last one; null, "thereafter", ends a lifetime. */
export function cashRows(period: RowPeriod, horizonDays: number | null): CashRows {
  const whole = horizonDays === null ? period.rows : Math.ceil(horizonDays / period.days) - 1;
  return { period, ends: [...Array.from({ length: whole }, (_, k) => (k + 1) * period.days), horizonDays] };
}

/** What a customer is expected to buy from the as-of date until so many days later (null: for ever). */
export interface Expectation {
  readonly days: number | null;
  /** Infinity where it has no bound. */
  readonly purchases: number;
  /** Each purchase weighted by e^(−delta·day). */
  readonly discounted: number;
}

/**
 * Expected purchases up to the end of each row. The rows of a table are differences of these, so that they add up to the
 * whole whatever their length.
 * @param delta continuous rate a day
 */
export function expectations(
  { state, pAlive }: { readonly state: OneState; readonly pAlive: number },
  model: BuyingModel,
  parameters: readonly number[],
  delta: number,
  ends: readonly (number | null)[],
): Expectation[] {
  const states = onlyState(state);
  const alive = Float64Array.of(pAlive);
  const last = ends.at(-1) ?? null;
  // All rows go at the pace of the whole, or their differences would be of two paces.
  const yearly = last === null || isWholeYears(last);
  const until = (rate: number, days: number | null): number =>
    model.purchases(states, parameters, alive, { delta: rate, days, yearly })[0]!;
  return ends.map((days) => ({ days, purchases: until(0, days), discounted: until(delta, days) }));
}

/** One customer as the only state. */
export function onlyState({ x, recency, age }: OneState): States {
  return {
    length: 1,
    x: Int32Array.of(x),
    recency: Int32Array.of(recency),
    age: Int32Array.of(age),
    count: Float64Array.of(1),
  };
}
