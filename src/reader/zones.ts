import { type Day, dayOf } from '../base/calendar.ts';

const QUARTER = 900_000;

/** Calendar days in a time zone, from the zone rules that come with Node. */
export class Zone {
  readonly #format: Intl.DateTimeFormat;
  /** Days by quarter of an hour, in which no zone changes its rules. */
  readonly #days = new Map<number, Day | null>();

  private constructor(format: Intl.DateTimeFormat) {
    this.#format = format;
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

  /** The day on which an instant falls; milliseconds since 1970-01-01 UTC. */
  dayOf(instant: number): Day {
    const quarter = Math.floor(instant / QUARTER);
    let day = this.#days.get(quarter);
    if (day === undefined) {
      const [first, last] = [this.#ask(quarter * QUARTER), this.#ask((quarter + 1) * QUARTER - 1)];
      day = first === last ? first : null;
      this.#days.set(quarter, day);
    }
    return day ?? this.#ask(instant);
  }

  #ask(instant: number): Day {
    const parts = new Map(this.#format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const [year, month, day] = ['year', 'month', 'day'].map((part) => Number(parts.get(part as 'year')));
    return dayOf(parts.get('era') === 'B' ? 1 - year! : year!, month!, day!);
  }
}
