import { type Day, isoOf } from '../../base/calendar.ts';
import type { Calendar } from './calendars.ts';
import { foldedDate } from './date-fold.ts';
import { DATE_FORMATS, DateFormat, ISO } from './dates.ts';
import { formatsLike } from './format-shapes.ts';
import { LONGEST_DATE, type Time, timeOf, timeStart } from './times.ts';
import { Offsets } from './zone-examples.ts';

const KNOWN_LIMIT = 10_000;
/** Serials of 1954 to 2119: what a spreadsheet shows of a date when it is told to show a number. */
const SERIAL = /^(?:[2-7]\d{4})(?:[.,]\d+)?$/;

/**
 * With two digits for the year, 13/01/24 may begin with its day or its year. A format is not that of a column which it would
 * spread over so many years on so few days of the month, when another one fits as well.
 */
const TOO_MANY_YEARS = 28;
const TOO_FEW_DAYS = 10;

/** Dates that the same formats read, and alike: texts that 5/5/2024 stands for and those of 3/4/2024 are two groups. */
interface Group<Example> {
  /** The days that formats read, by their place among the candidates: of the group's first date. */
  readonly days: ReadonlyMap<number, Day>;
  /** Candidates that the date has the shape of, but it does not exist, or the word of its month is two months. */
  readonly shapes: readonly number[];
  readonly example: Example;
  count: number;
}

interface Found<Example> {
  readonly group: Group<Example>;
  readonly day: Day | undefined;
}

/** A text as its date, and its time where it has one. */
interface Parted {
  readonly date: string;
  readonly time: Time | undefined;
}

/** What was found; contested: formats that fit some text equally well, and nothing decides between them. */
export type DateFinding<Example> =
  | { readonly format: string }
  | { readonly example: Example; readonly formats: readonly string[] }
  | { readonly serial: Example };

/**
 * Finds the date format of a column among candidates: the one that fits every text that is a date at all. It is a property of
 * all texts together, whatever their order.
 */
export class DateEvidence<Example> {
  /** Of texts whose day depends on a zone. */
  readonly offsets = new Offsets();
  readonly #candidates: readonly DateFormat[];
  readonly #calendar: Calendar | null;
  readonly #groups = new Map<string, Group<Example>>();
  /** Dates without their time: the same few thousand come again and again. */
  readonly #known = new Map<string, Found<Example>>();
  /** Dates that are read only when their text is folded. */
  readonly #dressed = new Set<string>();
  #serials = 0;
  #others = 0;
  #serialExample: Example | undefined;
  /** True while every text stands in what is known, and has no time that is none. */
  #complete = true;

  /** @param calendar the one of the years; null: each tells its own */
  constructor(candidates: readonly string[] = DATE_FORMATS, calendar: Calendar | null = null) {
    const of = (names: readonly string[]): readonly DateFormat[] =>
      names.flatMap((name) => DateFormat.of(name, calendar) ?? []);
    const asked = of(candidates);
    this.#candidates = asked.length > 0 ? asked : of(DATE_FORMATS);
    this.#calendar = calendar;
  }

  /** Looks at a trimmed text; `example` is asked for once for every group. A blank says nothing. False where no candidate knows its shape. */
  see(text: string, example: () => Example): boolean {
    if (text === '') return false;
    let parted = part(text);
    let found = parted === null ? undefined : this.#known.get(parted.date);
    if (found === undefined || !isRead(found.group)) {
      parted = this.#folded(text, parted);
      if (parted === null) {
        this.#others++;
        this.#complete = false;
        return false;
      }
      found = this.#known.get(parted.date) ?? this.#keep(parted.date, example);
    }
    const { group, day } = found;
    const { time } = parted!;
    group.count++;
    if (time === undefined && group.days.size === 0 && SERIAL.test(text)) {
      this.#serials++;
      this.#serialExample ??= example();
    } else this.#others++;
    if (day !== undefined && time?.ahead !== undefined && time.ahead !== null)
      this.offsets.see(day, time.milliseconds, time.ahead);
    return isRead(group) || SERIAL.test(text);
  }

  /** The parts of the folded text, where that is a date and the text itself is none; else those of the text. */
  #folded(text: string, parted: Parted | null): Parted | null {
    const dressed = parted !== null && this.#dressed.has(parted.date);
    if (parted !== null && !dressed && this.#isRead(parted.date)) return parted;
    const folded = foldedDate(text);
    const other = folded === text ? null : part(folded);
    if (other === null || !this.#isRead(other.date)) return parted;
    if (parted !== null && this.#dressed.size < KNOWN_LIMIT) this.#dressed.add(parted.date);
    return other;
  }

  /** Whether a date is one for some candidate. */
  #isRead(date: string): boolean {
    const known = this.#known.get(date);
    if (known) return isRead(known.group);
    return this.#candidates.some((candidate) => candidate.dated(date) !== 'E211');
  }

  #keep(date: string, example: () => Example): Found<Example> {
    const days = new Map<number, Day>();
    const shapes: number[] = [];
    for (const [i, candidate] of this.#candidates.entries()) {
      const dated = candidate.dated(date);
      if (typeof dated === 'object') days.set(i, dated.day);
      else if (dated !== 'E211') shapes.push(i);
    }
    const read = [...days.values()];
    const alike = [...days].map(([i, day]) => `${i}=${read.indexOf(day)}`);
    const key = days.size > 0 ? alike.join(' ') : `${shapes.join(' ')}!`;
    let group = this.#groups.get(key);
    if (!group) {
      group = { days, shapes, example: example(), count: 0 };
      this.#groups.set(key, group);
    }
    const found = { group, day: read[0] };
    if (this.#known.size < KNOWN_LIMIT) this.#known.set(date, found);
    else this.#complete = false;
    return found;
  }

  get result(): DateFinding<Example> {
    const counts = this.#candidates.map((_, i) => this.#count(({ days }) => days.has(i)));
    const most = Math.max(...counts);
    if (most === 0) {
      if (this.#serials > 0 && this.#others === 0) return { serial: this.#serialExample! };
      return { format: this.#likelyShape() };
    }
    const best = counts.flatMap((count, i) => (count === most ? i : []));
    const winner = best.find((i) => best.length === 1 || !this.#spreads(i)) ?? best[0]!;
    for (const { days, example } of this.#groups.values()) {
      const day = days.get(winner);
      if (day === undefined) continue;
      const rivals = [...days.keys()].filter((i) => days.get(i) !== day && this.#rivals(winner, i));
      if (rivals.length > 0) {
        const formats = [winner, ...rivals].sort((a, b) => a - b).map((i) => this.#candidates[i]!.name);
        return { example, formats };
      }
    }
    return { format: this.#candidates[winner]!.name };
  }

  /** Formats, of the candidates and of the shape of the first text, that read every text. None when it is not known. */
  get fitting(): readonly string[] {
    const [first] = this.#known.keys();
    if (first === undefined || !this.#complete) return [];
    if (this.#serials > 0 && this.#others === 0) return ['excel', 'excel-1904'];
    const names = new Set([...this.#candidates.map(({ name }) => name), ...formatsLike(first)]);
    return [...names].filter((name) => {
      const format = DateFormat.of(name, this.#calendar);
      return format !== null && [...this.#known.keys()].every((date) => typeof format.dated(date) === 'object');
    });
  }

  #count(wanted: (group: Group<Example>) => boolean): number {
    let count = 0;
    for (const group of this.#groups.values()) if (wanted(group)) count += group.count;
    return count;
  }

  /** Another format is a rival unless texts speak for the winner and none for it alone. */
  #rivals(winner: number, other: number): boolean {
    const forOther = this.#count(({ days }) => days.has(other) && !days.has(winner)) > 0;
    const forWinner = this.#count(({ days }) => days.has(winner) && !days.has(other)) > 0;
    return forOther || (!forWinner && !this.#spreads(other));
  }

  /** See TOO_MANY_YEARS. */
  #spreads(candidate: number): boolean {
    const format = this.#candidates[candidate]!;
    if (!/(?<!Y)YY(?!Y)/.test(format.name)) return false;
    const [years, monthDays] = [new Set<string>(), new Set<string>()];
    for (const date of this.#known.keys()) {
      const dated = format.dated(date);
      if (typeof dated === 'string') continue;
      const [year, , monthDay] = isoOf(dated.day).split('-');
      years.add(year!);
      monthDays.add(monthDay!);
    }
    return years.size >= TOO_MANY_YEARS && monthDays.size <= TOO_FEW_DAYS;
  }

  #likelyShape(): string {
    const counts = this.#candidates.map((_, i) => this.#count(({ shapes }) => shapes.includes(i)));
    const most = Math.max(...counts);
    return this.#candidates[most === 0 ? 0 : counts.indexOf(most)]?.name ?? ISO;
  }
}

/** Null where the time is none. */
function part(text: string): Parted | null {
  if (text.length > LONGEST_DATE) return null;
  const start = timeStart(text);
  if (start === text.length) return { date: text, time: undefined };
  const time = timeOf(text, start);
  return time === null ? null : { date: text.slice(0, start), time };
}

function isRead({ days, shapes }: Group<unknown>): boolean {
  return days.size + shapes.length > 0;
}
