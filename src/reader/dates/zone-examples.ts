import type { Day } from '../../base/calendar.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Of each offset one instant is kept in so many days. */
const SPAN = 28;
/** In minutes: more than any two offsets are apart. */
const TWO_DAYS = 2_880;

/** Zones that a message may name, each if it fits. */
const ZONES = [
  'UTC',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Helsinki',
  'Europe/Moscow',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
] as const;

/** The offsets of a column and when they were in force. */
export class Offsets {
  readonly #seen = new Map<number, { readonly instant: number; readonly minutes: number }>();

  /** A time of a day, both as written, and milliseconds ahead of UTC. */
  see(day: Day, milliseconds: number, ahead: number): void {
    const minutes = ahead / MINUTE;
    const key = Math.floor(day / SPAN) * TWO_DAYS + minutes;
    if (!this.#seen.has(key)) this.#seen.set(key, { instant: day * DAY + milliseconds - ahead, minutes });
  }

  /** A well-known zone that had every offset when it was in force; undefined when none is known. */
  get zone(): string | undefined {
    if (this.#seen.size === 0) return undefined;
    return ZONES.find((zone) => {
      const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
      return [...this.#seen.values()].every(({ instant, minutes }) => aheadIn(format, instant) === minutes);
    });
  }
}

/** Minutes ahead of UTC. */
function aheadIn(format: Intl.DateTimeFormat, instant: number): number {
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')!.value;
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name)!;
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
