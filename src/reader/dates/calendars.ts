import { type Day, dayExists, dayOf } from '../../base/calendar.ts';

/** Calendars whose days have a Gregorian one by arithmetic. */
export const CALENDARS = ['gregorian', 'buddhist', 'persian', 'minguo', 'japanese'] as const;
export type Calendar = (typeof CALENDARS)[number];

/** How a year was counted: by a calendar, or by the lunar Hijri one, or as none that is known. */
export type Era = Calendar | 'hijri' | 'unknown';

/** How an era is said. */
export const ERA_NAMES: Readonly<Record<Era, string>> = {
  gregorian: 'Gregorian',
  buddhist: 'Buddhist',
  persian: 'Persian (Solar Hijri)',
  minguo: 'Minguo',
  japanese: 'Japanese',
  hijri: 'lunar Hijri',
  unknown: 'unknown',
};

/**
 * What years of four digits are, from the first to the last of each kind. The ranges of data since 2000 do not touch: Persian
 * 1378 on, lunar Hijri 1420 on. Bikram Sambat (2057–2083 for 2000–2026) looks Gregorian: no year tells it.
 */
const TOLD: readonly { readonly era: Era; readonly first: number; readonly last: number }[] = [
  { era: 'gregorian', first: 1900, last: 2199 },
  { era: 'buddhist', first: 2400, last: 2699 },
  { era: 'persian', first: 1300, last: 1419 },
  { era: 'hijri', first: 1420, last: 1499 },
];

/** The years that each calendar is asked for with: beyond them there is a mistake, but the Gregorian takes all. */
const ASKED: Readonly<Record<Calendar, readonly [first: number, last: number]>> = {
  gregorian: [1, 9999],
  buddhist: [2400, 2699],
  persian: [1300, 1499],
  minguo: [1, 199],
  japanese: [1868, 2199],
};

/** What a year of four digits is taken for. */
export function eraOf(year: number): Era {
  return TOLD.find(({ first, last }) => year >= first && year <= last)?.era ?? 'unknown';
}

export function isAskedYear(calendar: Calendar, year: number): boolean {
  const [first, last] = ASKED[calendar];
  return year >= first && year <= last;
}

/** The years of a calendar in words, for the message about others. */
export function yearsOf(calendar: Calendar | null): string {
  if (calendar === null) return '1900–2199 and tells no other calendar';
  return `${ASKED[calendar].join('–')}, those of --calendar ${calendar}`;
}

/** The day of a date by the count of a calendar; null where there is none. Japanese years are Gregorian ones already. */
export function dayIn(calendar: Calendar, year: number, month: number, day: number): Day | null {
  if (calendar === 'persian') return persianDay(year, month, day);
  const gregorian = year + GREGORIAN_YEARS[calendar];
  return dayExists(gregorian, month, day) ? dayOf(gregorian, month, day) : null;
}

const GREGORIAN_YEARS = { gregorian: 0, buddhist: -543, minguo: 1911, japanese: 0 } as const;

/** Solar Hijri: 31 days in months 1 to 6, 30 in 7 to 11, 29 or 30 in the last; a leap year by the rule of 33 years. */
function persianDay(year: number, month: number, day: number): Day | null {
  const first = PERSIAN_YEARS.get(year);
  if (first === undefined || month < 1 || month > 12 || day < 1) return null;
  const last = month <= 6 ? 31 : month <= 11 ? 30 : isPersianLeap(year) ? 30 : 29;
  if (day > last) return null;
  return first + (month - 1) * 30 + Math.min(month - 1, 6) + day - 1;
}

function isPersianLeap(year: number): boolean {
  return (25 * year + 11) % 33 < 8;
}

/** 1 Farvardin of every Persian year, counted from that of 1403: 2024-03-20. */
const PERSIAN_YEARS: ReadonlyMap<number, Day> = (() => {
  const [first, last] = ASKED.persian;
  const days = new Map([[1403, dayOf(2024, 3, 20)]]);
  for (let year = 1403; year < last; year++) days.set(year + 1, days.get(year)! + (isPersianLeap(year) ? 366 : 365));
  for (let year = 1402; year >= first; year--) days.set(year, days.get(year + 1)! - (isPersianLeap(year) ? 366 : 365));
  return days;
})();

/** Eras of Japan: the marks that a year has, the Gregorian year before its first, its first and its last day. */
const JAPANESE: readonly {
  readonly marks: string;
  readonly before: number;
  readonly first: Day;
  readonly last: Day;
}[] = [
  { marks: 'R 令和', before: 2018, first: dayOf(2019, 5, 1), last: Number.POSITIVE_INFINITY },
  { marks: 'H 平成', before: 1988, first: dayOf(1989, 1, 8), last: dayOf(2019, 4, 30) },
  { marks: 'S 昭和', before: 1925, first: dayOf(1926, 12, 25), last: dayOf(1989, 1, 7) },
  { marks: 'T 大正', before: 1911, first: dayOf(1912, 7, 30), last: dayOf(1926, 12, 24) },
  { marks: 'M 明治', before: 1867, first: dayOf(1873, 1, 1), last: dayOf(1912, 7, 29) },
];

const MARKS = JAPANESE.flatMap(({ marks }) => marks.split(' '));
/** A Japanese year with its era, for a regular expression. */
export const JAPANESE_YEAR = `(?:${MARKS.join('|')}) ?(?:\\d{1,2}|元)`;

/** The Gregorian year of a text that JAPANESE_YEAR matches. */
export function japaneseYear(text: string): number {
  const { before } = japaneseEra(text);
  const number = /\d+$/.exec(text)?.[0] ?? '1';
  return before + Number(number);
}

/** Whether a day is one of the era that its year names: H31 ends with April. */
export function isInEra(text: string, day: Day): boolean {
  const { first, last } = japaneseEra(text);
  return day >= first && day <= last;
}

function japaneseEra(text: string) {
  const mark = text.toUpperCase();
  return JAPANESE.find(({ marks }) => marks.split(' ').some((one) => mark.startsWith(one)))!;
}
