import { type Day, monthsAfter, sameDayAfter } from '../../base/calendar.ts';
import type { Length } from '../../data/subscriptions/lengths.ts';

/** Days of grace at most, where none are given. */
const MOST_GRACE = 30;

/** Half a length in whole days: so much before its due day a payment may come. */
export function halfOf({ days }: Length): number {
  return Math.floor(days / 2);
}

/** The grace where none is given: half a length, or 30 days where that is less. */
export function defaultGrace(length: Length): number {
  return Math.min(halfOf(length), MOST_GRACE);
}

/** The due day so many lengths after the first day of a schedule: one on the last day of its month falls due on last days. */
export function dueDay(first: Day, lengths: number, { months, days }: Length): Day {
  return months > 0 ? monthsAfter(first, lengths * months) : first + lengths * days;
}

/** One length after a payment itself. */
export function oneLengthAfter(day: Day, { months, days }: Length): Day {
  return months > 0 ? sameDayAfter(day, months) : day + days;
}
