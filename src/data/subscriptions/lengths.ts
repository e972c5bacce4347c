import { DAYS_PER_MONTH, DAYS_PER_YEAR } from '../../base/units.ts';

/** What a payment pays for: whole months of the calendar, or days. */
export interface Length {
  readonly text: string;
  /** Months of the calendar; 0 for a length in days. */
  readonly months: number;
  /** Days; of months on average, never those of the calendar (definitions: Time value). */
  readonly days: number;
}

const inMonths = (text: string, months: number): Length => ({ text, months, days: months * DAYS_PER_MONTH });
const inDays = (text: string, days: number): Length => ({ text, months: 0, days });

/** How many of a length make a year. */
export function periodsAYear({ months, days }: Length): number {
  return months > 0 ? 12 / months : DAYS_PER_YEAR / days;
}

/** Every length that a plan may have, the shortest first. */
export const LENGTHS: readonly Length[] = [
  inDays('1w', 7),
  inDays('2w', 14),
  inDays('4w', 28),
  inDays('28d', 28),
  inDays('30d', 30),
  inMonths('1m', 1),
  inMonths('2m', 2),
  inMonths('1q', 3),
  inMonths('6m', 6),
  inMonths('1y', 12),
  inMonths('2y', 24),
];

/** Lengths that no plan has, each made once. */
const OTHERS = new Map<string, Length>();

/** The length of so many months, be it one that a plan may have or not. */
export function lengthInMonths(months: number): Length {
  return LENGTHS.find((length) => length.months === months) ?? other(inMonths(`${months}m`, months));
}

/** The length of so many days. */
export function lengthInDays(days: number): Length {
  return LENGTHS.find((length) => length.months === 0 && length.days === days) ?? other(inDays(`${days}d`, days));
}

function other(length: Length): Length {
  const known = OTHERS.get(length.text) ?? length;
  OTHERS.set(length.text, known);
  return known;
}
