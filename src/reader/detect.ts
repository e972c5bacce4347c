import { isoOf } from '../base/calendar.ts';
import { choicesOf } from '../base/choices.ts';
import { ClvError } from '../base/errors.ts';
import { type AmountReading, Amounts } from './amounts/amounts.ts';
import { MarkEvidence, type PlainMarks } from './amounts/marks.ts';
import type { Era } from './dates/calendars.ts';
import { DateEvidence } from './dates/date-evidence.ts';
import { dateRemedies } from './dates/date-remedies.ts';
import { DateFormat, type DayReader, ISO } from './dates/dates.ts';
import type { Proven } from './proven.ts';
import type { GivenFormats } from './read-options.ts';
import { type Dates, type Evidence, type Example, RowEvidence, readFor } from './row-evidence.ts';
import type { Formats, MarkSaid, Plan } from './rows/rows.ts';
import type { DataLot } from './text/read-records.ts';

/** What the plain files among the inputs have shown. */
export interface Shown {
  readonly iso: boolean;
  readonly marks: readonly PlainMarks[];
  /** The files that have shown them. */
  readonly files: readonly Proven[];
}

export const NOTHING_SHOWN: Shown = { iso: false, marks: [], files: [] };

/**
 * Finds the formats of files that are not plain: those given, else the ones that fit every row. Both are decided by all rows of
 * all files, which it is shown once, in any lots.
 */
export class FormatEvidence {
  readonly #plan: Plan;
  readonly #given: GivenFormats;
  readonly #shownBy: Shown;
  readonly #date: DayReader | null;
  readonly #marks: MarkEvidence<Example>;
  readonly #found: ColumnDates | null;
  readonly #rows: RowEvidence;

  constructor(plan: Plan, given: GivenFormats, shownBy: Shown) {
    this.#plan = plan;
    this.#given = given;
    this.#shownBy = shownBy;
    this.#marks = new MarkEvidence(given.round);
    for (const one of shownBy.marks) this.#marks.shown(one);
    this.#date = given.date ?? (shownBy.iso ? DateFormat.of(ISO, given.calendar) : null);
    this.#found = this.#date === null ? new ColumnDates(given) : null;
    const format = this.#date instanceof DateFormat ? DateFormat.of(this.#date.name, given.calendar) : null;
    this.#rows = new RowEvidence(plan, this.#found, given.mark === null ? this.#marks : null, format);
  }

  /** Whether all was given, so that no row has anything to tell. */
  get isGiven(): boolean {
    return this.#found === null && this.#given.mark !== null;
  }

  /** Looks at the rows of a lot of a file. */
  see(file: Proven, lot: DataLot): void {
    this.#rows.see(file, lot);
  }

  /** Reads files for their rows. */
  async seeAll(files: readonly Proven[], signal?: AbortSignal): Promise<void> {
    await readFor(this.#rows, files, signal);
  }

  /** Whether what was seen shows one format. */
  get isSettled(): boolean {
    const dates = this.#found?.evidence.result;
    return (dates === undefined || 'format' in dates) && (this.#given.mark !== null || 'mark' in this.#marks.result);
  }

  /** What all that was seen shows. E204, E213, E217. */
  async formats(signal?: AbortSignal): Promise<Formats> {
    const { round, date, mark, days } = this.#given;
    const marks = this.#marks;
    const dates = this.#found?.evidence ?? null;
    if (mark === null && !('mark' in marks.result) && marks.lacksExample)
      await readFor(new RowEvidence(this.#plan, null, marks), this.#shownBy.files, signal);
    const found = mark === null ? markOf(marks) : { amounts: { mark }, mark: NOT_SOUGHT };
    return {
      date: this.#date ?? formatOf(dates!, this.#given),
      amounts: new Amounts({ ...found.amounts, round }),
      mark: found.mark,
      days,
      remedies: dateRemedies(dates, date),
    };
  }
}

const NOT_SOUGHT: MarkSaid = { otherFits: null, matters: true, unsettled: null };

/** Evidence of all dates, for the remedies where a format was given and does not fit. */
export async function evidenceOfDates(
  files: readonly Proven[],
  plan: Plan,
  given: GivenFormats,
  signal?: AbortSignal,
): Promise<DateEvidence<unknown>> {
  const dates = new ColumnDates(given);
  await readFor(new RowEvidence(plan, dates, null), files, signal);
  return dates.evidence;
}

/** The first date of every era that a format finds in the column. */
export async function eraExamples(
  files: readonly Proven[],
  plan: Plan,
  format: DateFormat,
  signal?: AbortSignal,
): Promise<ReadonlyMap<Era, Example>> {
  const found = new Map<Era, Example>();
  const see = (text: string, example: () => Example): boolean => {
    const known = format.eras.size;
    const day = format.read(text, 'as written');
    if (format.eras.size > known) found.set([...format.eras].at(-1)!, example());
    return typeof day !== 'string';
  };
  await readFor(new RowEvidence(plan, { of: () => ({ see }) }, null), files, signal);
  return found;
}

/** The evidence of the rows that are not rejected for their id or amount; where there is no such row, that of all others. */
class ColumnDates implements Dates {
  readonly #accepted: DateEvidence<Example>;
  readonly #rejected: DateEvidence<Example>;
  #any = false;

  constructor({ candidates, calendar }: GivenFormats) {
    this.#accepted = new DateEvidence(candidates, calendar);
    this.#rejected = new DateEvidence(candidates, calendar);
  }

  of(rejected: boolean): Evidence {
    this.#any ||= !rejected;
    return rejected ? this.#rejected : this.#accepted;
  }

  get evidence(): DateEvidence<Example> {
    return this.#any ? this.#accepted : this.#rejected;
  }
}

/** E204, unless there are texts that are to be corrected first. */
function markOf(marks: MarkEvidence<Example>): { readonly amounts: AmountReading; readonly mark: MarkSaid } {
  const { result } = marks;
  if ('mark' in result) {
    const { mark, whole, otherFits, matters } = result;
    return { amounts: { mark, whole }, mark: { otherFits: otherFits?.text ?? null, matters, unsettled: null } };
  }
  const { text, place } = result.ambiguous!;
  const unsettled = new ClvError('E204', { text }, place);
  if (!marks.hasOthersFirst) throw unsettled;
  return { amounts: { mark: '.' }, mark: { otherFits: null, matters: true, unsettled } };
}

function formatOf(dates: DateEvidence<Example>, { calendar }: GivenFormats): DateFormat {
  const { result } = dates;
  if ('format' in result) return DateFormat.of(result.format, calendar)!;
  if ('serial' in result) {
    const { text, place } = result.serial;
    const [date, date1904] = ['excel', 'excel-1904'].map((name) =>
      isoOf(Number(DateFormat.of(name)!.read(text, null))),
    );
    throw new ClvError('E217', { text, date: date!, date1904: date1904! }, place);
  }
  const { example, formats } = result;
  const options = choicesOf('--date-format', formats);
  const values = { text: example.text, count: formats.length, formats: formats.join(', '), options };
  throw new ClvError('E213', values, example.place);
}
