import { type Day, dateOf } from '../base/calendar.ts';

/** A purchase occasion of BG/BB: a calendar year, quarter or month. */
export interface Opportunity {
  readonly text: '1y' | '1q' | '1m';
  readonly months: 12 | 3 | 1;
  /** The length on average in days, never that of the calendar (definitions: Time value). */
  readonly days: number;
}

const MONTH: Opportunity = { text: '1m', months: 1, days: 30.4375 };
const QUARTER: Opportunity = { text: '1q', months: 3, days: 91.3125 };
const YEAR: Opportunity = { text: '1y', months: 12, days: 365.25 };

export const OPPORTUNITIES: readonly Opportunity[] = [MONTH, QUARTER, YEAR];

/** The number of the calendar period that holds a day; consecutive periods have consecutive numbers. */
export function periodOf(day: Day, { months }: Opportunity): number {
  const { year, month } = dateOf(day);
  return Math.floor((year * 12 + month - 1) / months);
}

/** The last period that is over at the end of a day. What was bought after it says nothing yet of its period. */
export function lastComplete(day: Day, opportunity: Opportunity): number {
  return periodOf(day + 1, opportunity) - 1;
}

/** A calendar period as it is written: 2024, 2024-Q3 or 2024-07; null: it is none of these. */
export function parsePeriod(text: string): { readonly every: Opportunity; readonly period: number } | null {
  const match = /^(\d{4})(?:-(Q?)(\d{1,2}))?$/.exec(text);
  if (!match) return null;
  const [year, quarter, part] = [Number(match[1]), match[2], match[3]];
  const every = part === undefined ? YEAR : quarter === 'Q' ? QUARTER : MONTH;
  const perYear = 12 / every.months;
  const place = part === undefined ? 1 : Number(part);
  if (part !== undefined && part.length !== (every === QUARTER ? 1 : 2)) return null;
  return place >= 1 && place <= perYear ? { every, period: year * perYear + place - 1 } : null;
}
