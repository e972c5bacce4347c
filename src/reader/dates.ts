import { type Day, dayExists, dayOf } from '../base/calendar.ts';
import { monthOf } from './month-words.ts';
import { LONGEST_DATE, timeOf, timeStart } from './times.ts';
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
] as const;

/** Whose days count: a zone's, those that are written, or not said: then a time with an offset is a problem. */
export type Days = Zone | 'as written' | null;

/** Why a text is not a day: codes of messages. */
export type DateProblem = 'E211' | 'E212' | 'E214' | 'E216';

/** A field of a format. */
interface Field {
  readonly is: 'year' | 'month' | 'day';
  readonly pattern: string;
  /** Where nothing parts it from its neighbours. */
  readonly fixed?: string;
  /** NaN when the text is none. */
  readonly value: (text: string) => number;
}

/** The last year of the window of two-digit years is 2079: the clock has no part in it. */
const WINDOW = 80;

/** What may stand in a format. A longer word goes before the one that it begins with. */
const FIELDS: Readonly<Record<string, Field>> = {
  YYYY: { is: 'year', pattern: '\\d{4}', value: Number },
  YY: { is: 'year', pattern: '\\d{2}', value: (text) => Number(text) + (Number(text) < WINDOW ? 2000 : 1900) },
  MMM: { is: 'month', pattern: '\\p{L}[\\p{L}\\p{M}]*\\.?', value: (text) => monthOf(text) ?? Number.NaN },
  MM: { is: 'month', pattern: '\\d{1,2}', fixed: '\\d{2}', value: Number },
  DD: { is: 'day', pattern: '\\d{1,2}', fixed: '\\d{2}', value: Number },
};
const PARTS = new RegExp(`${Object.keys(FIELDS).join('|')}|[^\\p{L}\\p{N}]`, 'gu');

/** The serial of 1970-01-01 in the systems of spreadsheets that count days. */
const SERIALS: Readonly<Record<string, { readonly epoch: number; readonly first: number }>> = {
  // Its day 60 is a 29 February that never was: what is before is not read.
  excel: { epoch: 25_569, first: 61 },
  'excel-1904': { epoch: 24_107, first: 0 },
};
const LAST_DAY = dayOf(9999, 12, 31);

/** The day of the date in a text, without its time. */
type Reader = (date: string) => Day | 'E211' | 'E212';

/** What reads the dates of a column. */
export type DayReader = Pick<DateFormat, 'name' | 'described' | 'read'>;

const HOUR = 3_600_000;
const KNOWN_LIMIT = 10_000;

/**
 * Dates of one format, with or without a time of day. A day is taken as it is written, unless the time has an offset or a
 * zone: then it is that of the zone of the books.
 */
export class DateFormat {
  /** As --date-format takes it. */
  readonly name: string;
  /** The name, and the years that two digits mean. */
  readonly described: string;
  readonly #reader: Reader;
  /** Dates that were read: the same few thousand come again and again. */
  readonly #known = new Map<string, Day | 'E211' | 'E212'>();

  private constructor(name: string, described: string, reader: Reader) {
    this.name = name;
    this.described = described;
    this.#reader = reader;
  }

  /**
   * A format of a year (YYYY, YY), a month (MM, or MMM for a word) and a day (DD), with any separators but letters and
   * digits; or `excel`, `excel-1904` for serial days. Null for any other text.
   */
  static of(name: string): DateFormat | null {
    if (Object.hasOwn(SERIALS, name)) return new DateFormat(name, name, serialReader(name));
    const parts: readonly string[] = name.match(PARTS) ?? [];
    const fields = parts.flatMap((part) => FIELDS[part] ?? []);
    const kinds = new Set(fields.map(({ is }) => is));
    if (parts.join('') !== name || name.trim() !== name || fields.length !== 3 || kinds.size !== 3) return null;
    const described = parts.includes('YY') ? `${name}, years ${1900 + WINDOW}–${1999 + WINDOW}` : name;
    return new DateFormat(name, described, patternReader(name, parts, fields));
  }

  /**
   * The day of a trimmed text. E214: it has an offset or a zone, and whose days count is not said. E216: the word of its zone
   * does not tell the offset.
   */
  read(text: string, days: Days): Day | DateProblem {
    if (this.name === ISO && text.length === 10) {
      const day = isoDay(text);
      if (day !== undefined) return day;
    }
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

  /** The day of a date without a time. */
  dayOf(date: string): Day | 'E211' | 'E212' {
    return date.length > LONGEST_DATE ? 'E211' : this.#reader(date);
  }

  #dayOfKnown(date: string): Day | 'E211' | 'E212' {
    let day = this.#known.get(date);
    if (day === undefined) {
      day = this.dayOf(date);
      if (this.#known.size < KNOWN_LIMIT && date.length <= LONGEST_DATE) this.#known.set(date, day);
    }
    return day;
  }
}

function patternReader(name: string, parts: readonly string[], fields: readonly Field[]): Reader {
  const fixed = name === ISO || fields.length === parts.length;
  const source = parts.map((part) => {
    const field = FIELDS[part];
    if (field) return `(?<${field.is}>${(fixed && field.fixed) || field.pattern})`;
    return part === ' ' ? '\\s+' : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  const pattern = new RegExp(`^${source.join('')}$`, 'u');
  return (date) => {
    const match = pattern.exec(date);
    if (!match) return 'E211';
    const of = Object.fromEntries(fields.map(({ is, value }) => [is, value(match.groups![is]!)]));
    const { year, month, day } = of as Record<Field['is'], number>;
    if (Number.isNaN(month)) return 'E211';
    return dayExists(year, month, day) ? dayOf(year, month, day) : 'E212';
  };
}

/** Whole days since the system's beginning; the time is a fraction, and part of its day. */
function serialReader(name: string): Reader {
  const { epoch, first } = SERIALS[name]!;
  return (text) => {
    const match = /^(\d{1,7})(?:[.,]\d+)?$/.exec(text);
    if (!match) return 'E211';
    const day = Number(match[1]) - epoch;
    return Number(match[1]) >= first && day <= LAST_DAY ? day : 'E212';
  };
}

/** Strict ISO without a regular expression; undefined when the text is not digits and hyphens. */
function isoDay(text: string): Day | 'E212' | undefined {
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return undefined;
  let code = 0;
  for (let at = 0; at < 10; at++) {
    if (at === 4 || at === 7) continue;
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    code = code * 10 + digit;
  }
  const [year, month, day] = [Math.floor(code / 10_000), Math.floor(code / 100) % 100, code % 100];
  return dayExists(year, month, day) ? dayOf(year, month, day) : 'E212';
}
