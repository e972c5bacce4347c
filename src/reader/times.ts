import { minutesAhead } from './zone-words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A time of day. */
export interface Time {
  /** Since midnight. */
  readonly milliseconds: number;
  /** Milliseconds ahead of UTC; undefined without an offset or zone, null where the zone's word does not say. */
  readonly ahead: number | null | undefined;
}

/** Behind a date: T, or blanks after an optional comma; a clock; AM or PM; an offset or the word of a zone. */
const TIME =
  /^(?:[Tt]|,?\s+)(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?(?:\s*([AaPp])(?:[Mm]|\.\s?[Mm]\.?))?(?:\s*([Zz]|[A-Za-z]{2,5}|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?|(?:UTC|GMT)[+-]\d))?$/;
/** An hour alone is a time only with AM or PM. */
const HOUR_ONLY = /(?:[Tt]|,?\s+)\d{1,2}\s*[AaPp](?:[Mm]|\.\s?[Mm]\.?)(?:\s.*)?$/;
/** A longer text is no date. */
export const LONGEST_DATE = 80;
const KNOWN_LIMIT = 20_000;
/** Times of day come again and again. */
const known = new Map<string, Time | null>();

/** Where in a text its time begins, with what parts it from the date; the length of the text when there is none. */
export function timeStart(text: string): number {
  if (text.length > LONGEST_DATE) return text.length;
  const colon = text.indexOf(':');
  if (colon < 0) {
    const at = text.search(HOUR_ONLY);
    return at < 0 ? text.length : at;
  }
  let at = colon;
  while (at > 0 && isDigit(text.charCodeAt(at - 1))) at--;
  const mark = text[at - 1];
  if (mark === 'T' || mark === 't') return at - 1;
  const digits = at;
  while (at > 0 && isBlank(text.charCodeAt(at - 1))) at--;
  if (at === digits) return text.length;
  return text[at - 1] === ',' ? at - 1 : at;
}

/** The time of what stands behind a date; null when it is none. */
export function timeOf(text: string): Time | null {
  let time = known.get(text);
  if (time === undefined) {
    time = parse(text);
    if (known.size < KNOWN_LIMIT) known.set(text, time);
  }
  return time;
}

function parse(text: string): Time | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const [, hour, minute, second, half, zone] = match;
  if (minute === undefined && half === undefined) return null;
  const milliseconds = clock(Number(hour), Number(minute ?? 0), Number(second ?? 0), half);
  if (milliseconds === null) return null;
  if (zone === undefined) return { milliseconds, ahead: undefined };
  const signed = /[+-].*$/.exec(zone);
  if (!signed) {
    const minutes = minutesAhead(zone);
    return { milliseconds, ahead: minutes === null ? null : minutes * MINUTE };
  }
  const ahead = offset(signed[0]);
  return ahead === null ? null : { milliseconds, ahead };
}

function clock(hour: number, minute: number, second: number, half: string | undefined): number | null {
  if (minute > 59 || second > 59 || hour > 23) return null;
  if (half !== undefined && (hour < 1 || hour > 12)) return null;
  const hours = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return hours * HOUR + minute * MINUTE + second * 1_000;
}

/** Milliseconds of a signed offset; null beyond 18 hours. */
function offset(text: string): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(text)!;
  if (Number(hours) > 18 || Number(minutes ?? 0) > 59) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes ?? 0) * MINUTE);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** A space, a tab, or one of the spaces that do not break. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0xa0 || code === 0x202f;
}
