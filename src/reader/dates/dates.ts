import { type Day, dayExists, dayOf } from '../../base/calendar.ts';
import {
  type Calendar,
  dayIn,
  type Era,
  eraOf,
  isAskedYear,
  isInEra,
  JAPANESE_YEAR,
  japaneseYear,
  yearsOf,
} from './calendars.ts';
import { foldedDate } from './date-fold.ts';
import { LONGEST_DATE, timeOf, timeStart } from './times.ts';
import { monthOf, PERSIAN_MONTHS, SEVERAL } from './words/month-words.ts';
import type { Zone } from './zones.ts';

export const ISO = 'YYYY-MM-DD';

/** The formats that are looked for; the first wins where nothing else decides. */
export const DATE_FORMATS = [
  ISO,
  'YYYY/MM/DD',
  'YYYYMMDD',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'DD.MM.YYYY',
  'DD-MM-YYYY',
  'MM-DD-YYYY',
  'DD/MM/YY',
  'MM/DD/YY',
  'YY/MM/DD',
  'DD.MM.YY',
  'YY.MM.DD',
  'DD-MM-YY',
  'MM-DD-YY',
  'YY-MM-DD',
  'MMM DD, YYYY',
  'MMM DD YYYY',
  'MMM-DD-YYYY',
  'DD MMM YYYY',
  'DD. MMM YYYY',
  'DD-MMM-YYYY',
  'DD/MMM/YYYY',
  'DD.MMM.YYYY',
  'YYYY-MMM-DD',
  'MMM DD, YY',
  'MMM-DD-YY',
  'DD MMM YY',
  'DD. MMM YY',
  'DD-MMM-YY',
  'DD/MMM/YY',
  'YYYY.MM.DD',
  'YYYY. MM. DD',
  'DD. MM. YYYY',
  'YY. MM. DD',
  'DD. MM. YY',
  'YYYY年MM月DD日',
  'YYYY년 MM월 DD일',
  'DD MMM, YYYY',
  'YYYY MMM DD',
  'YYYY. MMM DD',
  'YYY/MM/DD',
  'YYY-MM-DD',
  'YYY.MM.DD',
  'YYYMMDD',
  'YYY年MM月DD日',
  'GYY/MM/DD',
  'GYY.MM.DD',
  'GYY-MM-DD',
  'GYY年MM月DD日',
] as const;

/** The days that count: those of a zone, those that are written, or not said: then a time with an offset is a problem. */
export type Days = Zone | 'as written' | null;

/** Why a text is not a day: codes of messages. */
export type DateProblem = DayProblem | 'E214' | 'E216';
export type DayProblem = 'E211' | 'E212' | 'E227' | 'E229' | 'E230';

/** A field of a format. */
interface Field {
  readonly is: 'year' | 'month' | 'day';
  readonly pattern: string;
  /** Where nothing parts it from its neighbours. */
  readonly fixed?: string;
  /** The calendar that alone has it; of others, any that is counted in numbers. */
  readonly calendar?: Calendar;
  /** NaN when the text is none. */
  readonly value: (text: string) => number;
}

/** The last year of the window of two-digit years is 2079: the clock has no part in it. */
const WINDOW = 80;
/** From here on to the window's end, two digits may be the Buddhist years of 2000 to 2036: they need a word. */
const DOUBTFUL = 43;

/** What may stand in a format. A longer word goes before the one that it begins with. */
const FIELDS: Readonly<Record<string, Field>> = {
  YYYY: { is: 'year', pattern: '\\d{4}', value: Number },
  GYY: { is: 'year', pattern: JAPANESE_YEAR, calendar: 'japanese', value: japaneseYear },
  YYY: { is: 'year', pattern: '\\d{3}', calendar: 'minguo', value: Number },
  YY: { is: 'year', pattern: '\\d{2}', value: Number },
  MMM: {
    is: 'month',
    pattern: '\\p{L}[\\p{L}\\p{M}׳]*(?:\\.\\p{L}[\\p{L}\\p{M}]*)*\\.?',
    value: (text) => monthOf(text) ?? Number.NaN,
  },
  MM: { is: 'month', pattern: '\\d{1,2}', fixed: '\\d{2}', value: Number },
  DD: { is: 'day', pattern: '\\d{1,2}', fixed: '\\d{2}', value: Number },
};
/** Fields, and what stands between them as it is: anything but digits and the letters of fields. */
const PARTS = new RegExp(`${Object.keys(FIELDS).join('|')}|[^YMD\\p{N}]`, 'gu');
/** Letters of the words of other programs for a time, which is found without a word. */
const TIME_WORDS = /hh|mm|ss|[Hh]:|T[Hh]/i;

/** The serial of 1970-01-01 in the systems of spreadsheets that count days. */
const SERIALS: Readonly<Record<string, { readonly epoch: number; readonly first: number }>> = {
  // Its day 60 is a 29 February that never was: what is before is not read.
  excel: { epoch: 25_569, first: 61 },
  'excel-1904': { epoch: 24_107, first: 0 },
};
const LAST_DAY = dayOf(9999, 12, 31);

/** A date: its day, and how its year was counted. */
interface Dated {
  readonly day: Day;
  readonly era: Era;
}

/** Reads the date in a text, without its time. */
type Reader = (date: string) => Dated | DayProblem;

/** What reads the dates of a column. */
export type DayReader = Pick<DateFormat, 'name' | 'described' | 'read'> & Partial<Pick<DateFormat, 'eras' | 'years'>>;

const HOUR = 3_600_000;
const KNOWN_LIMIT = 10_000;

/**
 * Dates of one format, with or without a time of day. A day is taken as it is written, unless the time has an offset or a
 * zone: then it is that of the zone of the books. Without a calendar, each year of four digits tells its own: whether all of a
 * column tell the same is for others to ask (`eras`).
 */
export class DateFormat {
  /** The format as --date-format takes it. */
  readonly name: string;
  /** The name, and the years that two digits mean. */
  readonly described: string;
  /** The years that are read, in words. */
  readonly years: string;
  /** How the years were counted that were read so far. */
  readonly eras = new Set<Era>();
  readonly #reader: Reader;
  /** Years of ISO dates that need no second look. */
  readonly #plainYears: readonly [first: number, last: number] | null;
  #plainSeen = false;
  /** Dates that were read: the same few thousand come again and again. */
  readonly #known = new Map<string, Day | DayProblem>();

  private constructor(name: string, described: string, reader: Reader, calendar: Calendar | null) {
    this.name = name;
    this.described = described;
    this.years = yearsOf(calendar);
    this.#reader = reader;
    const plain = calendar === null ? ([1900, 2199] as const) : ([1, 9999] as const);
    this.#plainYears = name === ISO && (calendar === null || calendar === 'gregorian') ? plain : null;
  }

  /**
   * A format of a year (YYYY, YY; YYY of the Minguo, GYY with its era of Japan), a month (MM, or MMM for a word) and a day
   * (DD), with anything between them but digits and these letters; or `excel`, `excel-1904` for serial days. Null for any other
   * text, and where the calendar has no such years.
   */
  static of(name: string, calendar: Calendar | null = null): DateFormat | null {
    if (Object.hasOwn(SERIALS, name))
      return calendar === null || calendar === 'gregorian'
        ? new DateFormat(name, name, serialReader(name), null)
        : null;
    const parts: readonly string[] = name.match(PARTS) ?? [];
    const fields = parts.flatMap((part) => FIELDS[part] ?? []);
    const kinds = new Set(fields.map(({ is }) => is));
    if (parts.join('') !== name || name.trim() !== name || fields.length !== 3 || kinds.size !== 3) return null;
    const words = parts.filter((part) => !FIELDS[part]).join('');
    if (TIME_WORDS.test(words) || !hasYears(fields, calendar)) return null;
    return new DateFormat(
      name,
      describe(name, parts, calendar),
      patternReader(name, parts, fields, calendar),
      calendar,
    );
  }

  /**
   * The day of a trimmed text. E214: it has an offset or a zone, and whose days count is not said. E216: the word of its zone
   * does not tell the offset. E227: its year is of no calendar. E229: it is of one that cannot be converted. E230: the word of
   * its month is two months.
   */
  read(text: string, days: Days): Day | DateProblem {
    if (this.#plainYears !== null && text.length === 10) {
      const day = isoDay(text, this.#plainYears);
      if (day !== undefined) {
        if (typeof day === 'number' && !this.#plainSeen) {
          this.#plainSeen = true;
          this.eras.add('gregorian');
        }
        return day;
      }
    }
    const day = this.#readAsIs(text, days);
    if (day !== 'E211' && day !== 'E216') return day;
    const folded = foldedDate(text);
    return folded === text ? day : this.#readAsIs(folded, days);
  }

  #readAsIs(text: string, days: Days): Day | DateProblem {
    const start = timeStart(text);
    if (start === text.length) return this.#dayOfKnown(text);
    const written = this.#dayOfKnown(text.slice(0, start));
    if (typeof written === 'string') return written;
    const time = timeOf(text, start);
    if (time === null || Object.hasOwn(SERIALS, this.name)) return 'E211';
    if (time.ahead === undefined || days === 'as written') return written;
    if (time.ahead === null) return 'E216';
    return days === null ? 'E214' : days.dayOf(written * 24 * HOUR + time.milliseconds - time.ahead);
  }

  /** A date without a time, whatever its year. */
  dated(date: string): Dated | DayProblem {
    return date.length > LONGEST_DATE ? 'E211' : this.#reader(date);
  }

  #dayOfKnown(date: string): Day | DayProblem {
    let day = this.#known.get(date);
    if (day === undefined) {
      day = this.#dayOf(date);
      if (this.#known.size < KNOWN_LIMIT && date.length <= LONGEST_DATE) this.#known.set(date, day);
    }
    return day;
  }

  #dayOf(date: string): Day | DayProblem {
    const dated = this.dated(date);
    if (typeof dated === 'string') return dated;
    if (dated.era === 'unknown') return 'E227';
    this.eras.add(dated.era);
    return dated.era === 'hijri' ? 'E229' : dated.day;
  }
}

/** Whether a calendar has the years of a format. */
function hasYears(fields: readonly Field[], calendar: Calendar | null): boolean {
  if (calendar === null) return true;
  const own = fields.find(({ is }) => is === 'year')!.calendar;
  return own === undefined ? calendar !== 'japanese' : own === calendar;
}

function describe(name: string, parts: readonly string[], calendar: Calendar | null): string {
  if (!parts.includes('YY') || calendar === 'minguo') return name;
  const [first, last] =
    calendar === 'buddhist' ? [2500, 2599] : calendar === 'persian' ? [1300 + WINDOW, 1399 + WINDOW] : [1900 + WINDOW];
  return `${name}, years ${first}–${last ?? (calendar === null ? 1999 + DOUBTFUL : 1999 + WINDOW)}`;
}

function patternReader(
  name: string,
  parts: readonly string[],
  fields: readonly Field[],
  calendar: Calendar | null,
): Reader {
  const fixed = name === ISO || fields.length === parts.length;
  const source = parts.map((part) => {
    const field = FIELDS[part];
    if (part === 'YYY' && calendar === 'minguo') return '(?<year>\\d{2,3})';
    if (field) return `(?<${field.is}>${(fixed && field.fixed) || field.pattern})`;
    return part === ' ' ? '\\s+' : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  const lettered = parts.some((part) => part === 'GYY' || (!FIELDS[part] && /\p{L}/u.test(part)));
  const pattern = new RegExp(`^${source.join('')}$`, lettered ? 'iu' : 'u');
  const two = parts.includes('YY');
  const own = fields.find(({ is }) => is === 'year')!.calendar;
  return (date) => {
    const match = pattern.exec(date);
    if (!match) return 'E211';
    const text = match.groups as Record<Field['is'], string>;
    const of = Object.fromEntries(fields.map(({ is, value }) => [is, value(text[is])]));
    const { year, month, day } = of as Record<Field['is'], number>;
    if (Number.isNaN(month)) return 'E211';
    const worded = parts.includes('MMM');
    if (month === SEVERAL && worded) return 'E230';
    const ofPersian = month > PERSIAN_MONTHS && worded;
    const whole = two ? wholeYear(year, calendar) : year;
    const dated = datedIn(own ?? calendar, whole, ofPersian ? month - PERSIAN_MONTHS : month, day);
    const doubtful = calendar === null && two && year >= DOUBTFUL && year < WINDOW;
    if (typeof dated === 'string') {
      const buddhist = doubtful ? dayIn('buddhist', wholeYear(year, 'buddhist'), month, day) : null;
      return buddhist === null ? dated : { day: buddhist, era: 'unknown' };
    }
    // The words of one calendar have no meaning with the years of another.
    if (worded && (ofPersian !== (dated.era === 'persian') || dated.era === 'hijri')) return 'E212';
    if (own === 'japanese') return isInEra(text.year, dated.day) ? dated : 'E212';
    if (doubtful || (calendar === null && own === 'minguo' && (year < 90 || year > 150)))
      return { ...dated, era: 'unknown' };
    return dated;
  };
}

/** The year that two digits mean. */
function wholeYear(digits: number, calendar: Calendar | null): number {
  if (calendar === 'buddhist') return 2500 + digits;
  if (calendar === 'minguo') return digits;
  const [early, late] = calendar === 'persian' ? [1300, 1400] : [1900, 2000];
  return digits + (digits < WINDOW ? late : early);
}

/** A date by the calendar that is given, or else by the one that its year tells. */
function datedIn(calendar: Calendar | null, year: number, month: number, day: number): Dated | 'E212' | 'E227' {
  if (calendar !== null && !isAskedYear(calendar, year)) return calendar === 'gregorian' ? 'E212' : 'E227';
  const era = calendar ?? eraOf(year);
  // No day of the lunar calendar is known: dates are told apart by a number, which counts for nothing else.
  if (era === 'hijri')
    return month >= 1 && month <= 12 && day >= 1 && day <= 30 ? { day: (year * 12 + month) * 30 + day, era } : 'E212';
  const found = dayIn(era === 'unknown' ? 'gregorian' : era, year, month, day);
  if (found === null) return 'E212';
  return { day: found, era };
}

/** Whole days since the system's beginning; the time is a fraction, and part of its day. */
function serialReader(name: string): Reader {
  const { epoch, first } = SERIALS[name]!;
  return (text) => {
    const match = /^(\d{1,7})(?:[.,]\d+)?$/.exec(text);
    if (!match) return 'E211';
    const day = Number(match[1]) - epoch;
    return Number(match[1]) >= first && day <= LAST_DAY ? { day, era: 'gregorian' } : 'E212';
  };
}

/** Strict ISO without a regular expression; undefined when the text is not digits and hyphens, or its year needs a look. */
function isoDay(text: string, [first, last]: readonly [number, number]): Day | 'E212' | undefined {
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return undefined;
  let code = 0;
  for (let at = 0; at < 10; at++) {
    if (at === 4 || at === 7) continue;
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    code = code * 10 + digit;
  }
  const [year, month, day] = [Math.floor(code / 10_000), Math.floor(code / 100) % 100, code % 100];
  if (year < first || year > last) return undefined;
  return dayExists(year, month, day) ? dayOf(year, month, day) : 'E212';
}
