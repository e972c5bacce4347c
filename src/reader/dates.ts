import { type Day, dayExists, dayOf } from '../base/calendar.ts';
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
] as const;

/** Why a text is not a day: codes of messages. */
export type DateProblem = 'E211' | 'E212' | 'E214';

const TIME = String.raw`(?:[Tt ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?([AaPp])[Mm])?(?: ?(Z|z|UTC|[+-]\d{2}(?::?\d{2})?))?)?`;
const PART = { YYYY: String.raw`(?<year>\d{4})`, MM: 'month', DD: 'day' } as const;
const HOUR = 3_600_000;

/**
 * Dates of one format, with or without a time of day. A day is taken as it is written, unless the time has an offset: then
 * it is that of the zone of the books. Two-digit years are refused.
 */
export class DateFormat {
  readonly name: string;
  readonly #pattern: RegExp;

  private constructor(name: string, pattern: RegExp) {
    this.name = name;
    this.#pattern = pattern;
  }

  /** A format of YYYY, MM and DD, each once, with any separators but letters and digits; null for any other text. */
  static of(name: string): DateFormat | null {
    const parts = name.match(/YYYY|MM|DD|[^\p{L}\p{N}]/gu) ?? [];
    const fields = parts.filter((part) => part in PART);
    if (parts.join('') !== name || fields.length !== 3 || new Set(fields).size !== 3) return null;
    const padded = name === ISO || fields.length === parts.length;
    const digits = padded ? '\\d{2}' : '\\d{1,2}';
    const source = parts.map((part) => {
      if (part === 'YYYY') return PART.YYYY;
      return part === 'MM' || part === 'DD'
        ? `(?<${PART[part]}>${digits})`
        : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    });
    return new DateFormat(name, new RegExp(`^${source.join('')}${TIME}$`, 'u'));
  }

  /** The day of a trimmed text. E214: it has an offset and no zone is named. */
  read(text: string, zone: Zone | null): Day | DateProblem {
    if (this.name === ISO && text.length === 10) {
      const day = isoDay(text);
      if (day !== undefined) return day;
    }
    const match = this.#pattern.exec(text);
    if (!match) return 'E211';
    const { year, month, day } = match.groups as { year: string; month: string; day: string };
    if (!dayExists(Number(year), Number(month), Number(day))) return 'E212';
    const written = dayOf(Number(year), Number(month), Number(day));
    const [hour, minute, second, half, offset] = match.slice(4);
    if (hour === undefined) return written;
    const time = millisecondsOf(Number(hour), Number(minute), Number(second ?? 0), half);
    if (time === null) return 'E211';
    if (offset === undefined) return written;
    const ahead = offsetOf(offset);
    if (ahead === null) return 'E211';
    return zone === null ? 'E214' : zone.dayOf(written * 24 * HOUR + time - ahead);
  }
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

function millisecondsOf(hour: number, minute: number, second: number, half: string | undefined): number | null {
  if (minute > 59 || second > 59 || hour > 23) return null;
  if (half === undefined) return hour * HOUR + minute * 60_000 + second * 1_000;
  if (hour < 1 || hour > 12) return null;
  const clock = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return clock * HOUR + minute * 60_000 + second * 1_000;
}

/** Milliseconds that local time is ahead of UTC. */
function offsetOf(text: string): number | null {
  if (/^[zZ]|UTC$/.test(text)) return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(3).replace(':', '') || 0)];
  if (hours > 18 || minutes > 59) return null;
  return (text.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * 60_000);
}
