import { minutesAhead } from './words/zone-words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A time of day. */
export interface Time {
  /** Since midnight. */
  readonly milliseconds: number;
  /** Milliseconds ahead of UTC; undefined without an offset or zone, null where the zone's word does not say. */
  readonly ahead: number | null | undefined;
}

/** What stands behind the digits of a clock. */
interface Rest {
  /** Hours that AM or PM add to midnight or noon; undefined when the clock has 24 hours. */
  readonly half: 0 | 12 | undefined;
  readonly ahead: Time['ahead'];
}

/** A longer text is no date. */
export const LONGEST_DATE = 80;

const HALF = String.raw`([AaPp])(?:[Mm]|\.\s?[Mm]\.?)`;
/** AM or PM, then an offset or the word of a zone. */
const REST = new RegExp(
  String.raw`^(?:\s*${HALF})?(?:\s*([Zz]|[A-Za-z]{2,5}|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?|(?:UTC|GMT)[+-]\d))?$`,
);
/** An hour alone is a time only with AM or PM. */
const HOUR_ONLY = new RegExp(String.raw`(?:[Tt]|,?\s+)\d{1,2}\s*${HALF}(?:\s.*)?$`);
const KNOWN_LIMIT = 1_000;
/** What stands behind times is nearly always the same. */
const known = new Map<string, Rest | null>([['', { half: undefined, ahead: undefined }]]);

/** The position in a text at which its time begins, with what parts it from the date; the length of the text when there is none. */
export function timeStart(text: string): number {
  if (text.length > LONGEST_DATE) return text.length;
  const colon = text.indexOf(':');
  if (colon < 0) {
    const at = text.search(HOUR_ONLY);
    return at < 0 ? text.length : at;
  }
  let at = colon;
  while (digitAt(text, at - 1) >= 0) at--;
  if (isT(text.charCodeAt(at - 1))) return at - 1;
  const digits = at;
  while (isBlank(text.charCodeAt(at - 1))) at--;
  if (at === digits) return text.length;
  return text[at - 1] === ',' ? at - 1 : at;
}

/** The time in a text from where it starts (see timeStart); null when it is none. */
export function timeOf(text: string, start: number): Time | null {
  let at = text[start] === ',' ? start + 1 : start;
  if (isT(text.charCodeAt(at))) at++;
  else while (isBlank(text.charCodeAt(at))) at++;
  const width = digitAt(text, at + 1) < 0 ? 1 : 2;
  const hour = width === 1 ? digitAt(text, at) : twoDigits(text, at);
  at += width;
  const [minute, afterMinute] = pastColon(text, at);
  const [second, afterSecond] = afterMinute === at ? [0, at] : pastColon(text, afterMinute);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return null;
  const end = afterSecond === afterMinute ? afterSecond : pastFraction(text, afterSecond);
  const rest = restOf(text.slice(end));
  if (rest === null || (afterMinute === at && rest.half === undefined)) return null;
  if (rest.half !== undefined && (hour < 1 || hour > 12)) return null;
  const hours = rest.half === undefined ? hour : (hour % 12) + rest.half;
  return { milliseconds: hours * HOUR + minute * MINUTE + second * 1_000, ahead: rest.ahead };
}

/** Two digits behind a colon, and the place behind them; 0 and the same place without a colon; below 0 for no digits. */
function pastColon(text: string, at: number): readonly [number, number] {
  return text[at] === ':' ? [twoDigits(text, at + 1), at + 3] : [0, at];
}

/** The place behind a fraction of a second of up to nine digits. */
function pastFraction(text: string, at: number): number {
  if ((text[at] !== '.' && text[at] !== ',') || digitAt(text, at + 1) < 0) return at;
  let end = at + 1;
  while (end <= at + 9 && digitAt(text, end) >= 0) end++;
  return end;
}

function restOf(text: string): Rest | null {
  let rest = known.get(text);
  if (rest === undefined) {
    rest = parseRest(text);
    if (known.size < KNOWN_LIMIT) known.set(text, rest);
  }
  return rest;
}

function parseRest(text: string): Rest | null {
  const match = REST.exec(text);
  if (!match) return null;
  const [, letter, zone] = match;
  const half = letter === undefined ? undefined : letter.toLowerCase() === 'p' ? 12 : 0;
  if (zone === undefined) return { half, ahead: undefined };
  const signed = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (!signed) {
    const minutes = minutesAhead(zone);
    return { half, ahead: minutes === null ? null : minutes * MINUTE };
  }
  const [hours, minutes] = [Number(signed[2]), Number(signed[3] ?? 0)];
  if (hours > 18 || minutes > 59) return null;
  return { half, ahead: (signed[1] === '-' ? -1 : 1) * (hours * HOUR + minutes * MINUTE) };
}

/** Below 0 when they are not two digits. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [digitAt(text, at), digitAt(text, at + 1)];
  return tens < 0 || ones < 0 ? -1 : tens * 10 + ones;
}

/** Below 0 when there is no digit. */
function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 0x30;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

function isT(code: number): boolean {
  return code === 0x54 || code === 0x74;
}

/** A space, a tab, or one of the spaces that do not break. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0xa0 || code === 0x202f;
}
