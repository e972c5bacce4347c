import { type Day, dateOf, daysInMonth } from '../../../base/calendar.ts';
import type { Fraction } from '../../../base/fractions.ts';
import { LENGTHS, type Length, lengthInDays, lengthInMonths } from '../../../data/subscriptions/lengths.ts';
import type { ServiceLine } from '../../../data/subscriptions/lines.ts';
import { dueDay } from '../lengths.ts';
import { type Monthly, monthsOf } from '../monthly-value.ts';

/** Days of service that are paid for at once, and the months that they are. */
export interface BillingPeriod {
  readonly days: number;
  readonly months: Fraction;
}

type Weeks = Pick<Monthly, 'weeksAYear'>;

/** The length of a line whose plan has none. */
export const MONTH = LENGTHS.find(({ text }) => text === '1m')!;

/** The period of a line of whole multiples of its plan's length; without a plan, of whole calendar months. Null of any other. */
export function wholePeriod({ start, end, length }: ServiceLine, weeks: Weeks): BillingPeriod | null {
  const days = end - start;
  if (length !== null && length.months === 0) {
    if (days % length.days !== 0) return null;
    const { n, d } = monthsOf(length, weeks);
    return { days, months: { n: n * BigInt(days / length.days), d } };
  }
  const months = wholeMonths(start, end);
  if (months === null || months % (length?.months ?? 1) !== 0) return null;
  return { days, months: { n: BigInt(months), d: 1n } };
}

/** The length that a line pays for, be it one of its plan or several; null of a shorter one. */
export function lengthOfLine(line: ServiceLine): Length | null {
  const whole = wholePeriod(line, { weeksAYear: null });
  if (whole === null) return null;
  const { length } = line;
  if (length !== null && length.months === 0) return length.days === whole.days ? length : lengthInDays(whole.days);
  const months = Number(whole.months.n);
  return length?.months === months ? length : lengthInMonths(months);
}

/** Calendar months from a day to another; null where they are not whole. A day that a month does not have is its last. */
function wholeMonths(start: Day, end: Day): number | null {
  const [first, last] = [dateOf(start), dateOf(end)];
  const months = (last.year - first.year) * 12 + last.month - first.month;
  const isLast = ({ year, month, date }: typeof first): boolean => date === daysInMonth(year, month);
  const falls = first.date === last.date || isLast(last.date < first.date ? last : first);
  return months > 0 && falls ? months : null;
}

/** A line and its own period, null where it is shorter than one. */
export interface Measured {
  readonly line: ServiceLine;
  readonly whole: BillingPeriod | null;
}

/**
 * The billing period of a shorter line: the whole line that covers it, of its own plan before others, then the shortest. Else
 * it ends where the line ends; or starts where it starts, if another line ends there and none meets its end.
 */
export function periodAround(line: ServiceLine, all: readonly Measured[], weeks: Weeks): BillingPeriod {
  let best: Measured | null = null;
  for (const one of all) {
    const covers = one.whole !== null && one.line.start <= line.start && one.line.end >= line.end;
    if (covers && (best === null || isCloser(one, best, line.plan))) best = one;
  }
  if (best) return best.whole!;
  const others = all.filter((one) => one.line !== line);
  const follows = others.some((one) => one.line.end === line.start);
  const goesOn = others.some((one) => one.line.start === line.end);
  const length = line.length ?? MONTH;
  const days = follows && !goesOn ? daysFrom(line.start, length) : daysUpTo(line.end, length);
  return { days, months: monthsOf(length, weeks) };
}

function isCloser(one: Measured, other: Measured, plan: string): boolean {
  const [mine, theirs] = [one.line.plan === plan, other.line.plan === plan];
  return mine === theirs ? one.whole!.days < other.whole!.days : mine;
}

const daysFrom = (start: Day, length: Length): number => dueDay(start, 1, length) - start;
const daysUpTo = (end: Day, length: Length): number => end - dueDay(end, -1, length);
