/**
 * Calendar days as integers: days since 1970-01-01, proleptic Gregorian, no zone and no clock.
 * Algorithm: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
export type Day = number;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The last day of a month (1 to 12). */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** True for a day that exists, year 1 to 9999. */
export function dayExists(year: number, month: number, day: number): boolean {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The day number of a date that exists. */
export function dayOf(year: number, month: number, day: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return era * 146097 + doe - 719468;
}

/** Year, month (1 to 12) and day of the month. */
export function dateOf(day: Day): { readonly year: number; readonly month: number; readonly date: number } {
  const z = day + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp + (mp < 10 ? 3 : -9);
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, date: doy - Math.floor((153 * mp + 2) / 5) + 1 };
}

/** ISO text, e.g. 2024-02-29. */
export function isoOf(day: Day): string {
  const { year, month, date } = dateOf(day);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** The day of strict ISO text, or null. */
export function parseIsoDay(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [y, m, d] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return dayExists(y, m, d) ? dayOf(y, m, d) : null;
}

/** The day so many months later (or earlier): month ends stay month ends, and a day that a month does not have is its last. */
export function monthsAfter(day: Day, months: number): Day {
  return inLaterMonth(day, months, true);
}

/** The day of the same number so many months later, or the last of a month that does not have it: 28 February → 28 March. */
export function sameDayAfter(day: Day, months: number): Day {
  return inLaterMonth(day, months, false);
}

function inLaterMonth(day: Day, months: number, keepsEnd: boolean): Day {
  const { year, month, date } = dateOf(day);
  const all = year * 12 + month - 1 + months;
  const later = Math.floor(all / 12);
  const last = daysInMonth(later, all - later * 12 + 1);
  const isEnd = keepsEnd && date === daysInMonth(year, month);
  return dayOf(later, all - later * 12 + 1, isEnd ? last : Math.min(date, last));
}

/** The months of a year, as they are named in what is written. */
export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

/** Values of the months, January first, by their names. */
export function byMonth<T>(values: readonly T[]): { readonly [month: string]: T } {
  return Object.fromEntries(MONTHS.map((month, i) => [month, values[i]!]));
}
