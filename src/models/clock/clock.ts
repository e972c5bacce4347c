import { type Day, dateOf, dayOf, daysInMonth } from '../../base/calendar.ts';

/** What factors were learned from; by month of the year, January first. */
export interface LearnedFrom {
  /** From the first purchase to the last day that was known. */
  readonly days: number;
  readonly repeats: readonly number[];
  /** How often each month was seen from its first day to its last. */
  readonly whole: readonly number[];
}

/** Some days of one calendar month, its factor the speed of the clock. */
export interface Span {
  /** Days from the start of all spans to that of this one, and to its end. */
  readonly from: number;
  readonly to: number;
  readonly factor: number;
}

/**
 * A clock that runs faster in the months in which customers buy more: the time change of a Poisson process, the aggregate case
 * of the time-varying covariates of Bachmann, Meierer & Näf 2021. A day of month m is f_m warped days long; over a year the
 * factors have the mean 1, so that a warped year is a year.
 */
export class Clock {
  /** January to December. */
  readonly factors: readonly number[];
  /** Null for factors that were taken from a file. */
  readonly learned: LearnedFrom | null;
  /** Warped days of a year of 365. */
  readonly #year: number;

  constructor(factors: readonly number[], learned: LearnedFrom | null = null) {
    this.factors = factors;
    this.learned = learned;
    this.#year = factors.reduce((sum, factor, month) => sum + factor * daysInMonth(COMMON, month + 1), 0);
  }

  /** Warped days from 1970-01-01 to the end of a day, which need not be whole. */
  at(day: Day): number {
    const [year, month] = monthOf(Math.ceil(day));
    const start = dayOf(year, 1, 1);
    const leaps = start - 365 * (year - 1970);
    let warped = (year - 1970) * this.#year + leaps * this.factors[1]!;
    for (let m = 1; m < month; m++) warped += daysInMonth(year, m) * this.factors[m - 1]!;
    return warped + (day - dayOf(year, month, 1) + 1) * this.factors[month - 1]!;
  }

  /** The months in the `days` after the end of a day. */
  spans(after: Day, days: number): Span[] {
    const spans: Span[] = [];
    for (let from = 0; from < days; ) {
      const [year, month] = monthOf(Math.floor(after + from) + 1);
      const to = Math.min(days, dayOf(year, month, daysInMonth(year, month)) - after);
      spans.push({ from, to, factor: this.factors[month - 1]! });
      from = to;
    }
    return spans;
  }
}

/** A year that is no leap year. */
export const COMMON = 1970;

/** The clock that runs alike all the year. */
export const EVEN = new Clock(Array.from({ length: 12 }, () => 1));

/** Year and month (1 to 12) of a day. */
export function monthOf(day: Day): readonly [number, number] {
  const { year, month } = dateOf(day);
  return [year, month];
}
