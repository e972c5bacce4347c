import { type Day, dayOf } from '../../base/calendar.ts';
import type { DayRun, ZoneDays } from '../../data/columnar.ts';

const QUARTER = 900_000;
const DAY = 86_400_000;

/** Calendar days in a time zone, from the zone rules that come with Node. */
export class Zone implements ZoneDays {
  readonly #format: Intl.DateTimeFormat;
  /** Where year, month and day stand among the numbers of a formatted instant. */
  readonly #order: readonly [number, number, number];
  /** Days by quarter of an hour, in which no zone changes its rules. */
  readonly #days = new Map<number, Day | null>();
  #asked = false;

  private constructor(format: Intl.DateTimeFormat) {
    this.#format = format;
    const numbers = format
      .formatToParts(0)
      .map(({ type }) => type)
      .filter((type) => type === 'year' || type === 'month' || type === 'day');
    this.#order = [numbers.indexOf('year'), numbers.indexOf('month'), numbers.indexOf('day')];
  }

  /** Null when there is no zone of that name. */
  static named(name: string): Zone | null {
    try {
      const options = { timeZone: name, year: 'numeric', month: 'numeric', day: 'numeric', era: 'narrow' } as const;
      return new Zone(new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', options));
    } catch {
      return null;
    }
  }

  /** Whether there was any instant whose day it had to decide. */
  get asked(): boolean {
    return this.#asked;
  }

  /** The day on which an instant falls; milliseconds since 1970-01-01 UTC. */
  dayOf(instant: number): Day {
    this.#asked = true;
    const quarter = Math.floor(instant / QUARTER);
    let day = this.#days.get(quarter);
    if (day === undefined) {
      const [first, last] = [this.#ask(quarter * QUARTER), this.#ask((quarter + 1) * QUARTER - 1)];
      day = first === last ? first : null;
      this.#days.set(quarter, day);
    }
    return day ?? this.#ask(instant);
  }

  /** See ZoneDays. */
  runs(utc: readonly Day[]): readonly DayRun[] {
    const days = [...new Set(utc.flatMap((day) => [day - 1, day, day + 1]))].sort((a, b) => a - b);
    const runs: { first: Day; last: Day; start: number }[] = [];
    /** The last day, when the one after it begins, and whether it has 24 hours. */
    let before = { day: Number.NaN, end: 0, whole: false };
    for (const day of days) {
      const start = before.day === day - 1 ? before.end : this.#startOf(day);
      const end = this.#startOf(day + 1);
      if (before.day === day - 1 && before.whole) runs.at(-1)!.last = day;
      else runs.push({ first: day, last: day, start });
      before = { day, end, whole: end - start === DAY };
    }
    return runs;
  }

  /** The first instant of a day, or of the next one where a zone leaves it out. */
  #startOf(day: Day): number {
    let [low, high] = [(day - 2) * DAY, (day + 2) * DAY];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.dayOf(middle) < day) low = middle;
      else high = middle;
    }
    return high;
  }

  /** The text is taken apart here: the parts of a formatter's own making take five times as long. */
  #ask(instant: number): Day {
    const text = this.#format.format(instant);
    const numbers = text.match(/\d+/g)!;
    const [year, month, day] = this.#order.map((at) => Number(numbers[at]));
    return dayOf(text.includes('B') ? 1 - year! : year!, month!, day!);
  }
}
