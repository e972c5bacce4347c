import { type Day, dayExists, dayOf, isoOf } from '../../base/calendar.ts';
import type { DateProblem, DayReader } from './dates.ts';

/** Dates of a day and a month, DDMM, perhaps without the first zero: of the business year that begins on a day. */
export class YearlessDates implements DayReader {
  readonly name = 'DDMM';
  readonly described: string;
  readonly #first: Day | null;

  /** @param first null where each file says it */
  constructor(first: Day | null) {
    this.#first = first;
    this.described = first === null ? this.name : `DDMM of the year from ${isoOf(first)}`;
  }

  read(text: string): Day | DateProblem {
    const match = /^(\d{1,2})(\d{2})$/.exec(text);
    if (!match || this.#first === null) return 'E211';
    const [day, month] = [Number(match[1]), Number(match[2])];
    const year = Number(isoOf(this.#first).slice(0, 4));
    for (const one of [year, year + 1]) {
      if (!dayExists(one, month, day)) continue;
      const found = dayOf(one, month, day);
      if (found >= this.#first) return found;
    }
    return 'E212';
  }
}
