import { Decimal } from './decimal.ts';

/** Days in a year, everywhere: never calendar lengths (definitions: Time value). */
export const DAYS_PER_YEAR = 365.25;
export const DAYS_PER_MONTH = DAYS_PER_YEAR / 12;

/** A span of time in days, and the text the user wrote. `days` is null for a lifetime. */
export interface Horizon {
  readonly text: string;
  readonly days: number | null;
  /** Of a lifetime that was not asked for: the span in its place where customers never stop. */
  readonly otherwise?: Horizon;
}

const LIFETIME: Horizon = { text: 'lifetime', days: null };

/** The horizon where none is asked for. */
export const DEFAULT_HORIZON: Horizon = { ...LIFETIME, otherwise: { text: '3y', days: 3 * DAYS_PER_YEAR } };

/** Beyond so many years a part of one is nothing. */
const FAR = 100;

/** Whether a span of days is a whole number of years. */
export function isWholeYears(days: number): boolean {
  const years = Math.round(days / DAYS_PER_YEAR);
  return years > FAR || (years > 0 && Math.abs(days - years * DAYS_PER_YEAR) < 1e-3);
}

const UNIT_DAYS: Readonly<Record<string, string>> = { y: '365.25', q: '91.3125', m: '30.4375', w: '7', d: '1' };

/** Reads `36m`, `3y`, `90d`, `12w`, `4q` or `lifetime`; null when it is none of them. */
export function parseHorizon(text: string): Horizon | null {
  const word = text.trim().toLowerCase();
  if (word === LIFETIME.text) return LIFETIME;
  const match = /^(\d{1,6}(?:\.\d{1,6})?)([yqmwd])$/.exec(word);
  if (!match) return null;
  const days = new Decimal(match[1]!).times(UNIT_DAYS[match[2]!]!);
  return days.greaterThan(0) ? { text: word, days: days.toNumber() } : null;
}
