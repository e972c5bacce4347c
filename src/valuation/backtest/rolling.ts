import type { Day } from '../../base/calendar.ts';

/** The days after one, up to another, that are held out. */
export interface HeldOut {
  readonly asOf: Day;
  readonly until: Day;
}

/** The data, first day to last. */
export interface Dates {
  readonly first: Day;
  readonly until: Day;
}

/** A quarter of the data is held out where nothing else is asked for, and stands before the first of several origins. */
const SHARE = 4;
/** Days between two origins, or one holdout where that is shorter: nearer ones tell the same. */
const LEAST_STEP = 7;

/** Whole days of the holdout where none is asked for. */
export function usualHoldout({ first, until }: Dates): number {
  return Math.max(1, Math.floor((until - first) / SHARE));
}

/**
 * Origins with holdouts of one length, the earliest first; the last holdout ends with the data. Days between two:
 * min(holdout, ⌊(data − holdout − ¼ data) / (origins − 1)⌋), so that a quarter of the data stands before the first.
 * @returns null where the days between two are too few
 */
export function rollingOrigins(
  dates: Dates,
  days: number,
  count: number,
): { readonly step: number; readonly origins: readonly HeldOut[] } | null {
  const step = Math.min(days, Math.floor(roomOf(dates, days) / (count - 1)));
  if (step < leastStep(days)) return null;
  const origins = Array.from({ length: count }, (_, i) => {
    const until = dates.until - (count - 1 - i) * step;
    return { asOf: until - days, until };
  });
  return { step, origins };
}

/** The most origins that find room with holdouts of that length; fewer than 2 where there is none. */
export function mostOrigins(dates: Dates, days: number): number {
  return 1 + Math.floor(roomOf(dates, days) / leastStep(days));
}

/** The longest holdout with which so many origins find room; 0 where the data are too short. */
export function longestHoldout(dates: Dates, count: number): number {
  const room = roomOf(dates, 0);
  return Math.max(0, room - LEAST_STEP * (count - 1), Math.min(LEAST_STEP, Math.floor(room / count)));
}

/** Tries something at every origin, one after the other: what is rolled up for one is there until the next. */
export async function atOrigins<T>(
  origins: readonly HeldOut[],
  tried: (heldOut: HeldOut, index: number) => Promise<T>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (const [i, heldOut] of origins.entries()) found.push(await tried(heldOut, i));
  return found;
}

/** Days by which the first origin may be before the last. */
function roomOf({ first, until }: Dates, days: number): number {
  const span = until - first;
  return span - Math.ceil(span / SHARE) - days;
}

function leastStep(days: number): number {
  return Math.min(LEAST_STEP, days);
}
