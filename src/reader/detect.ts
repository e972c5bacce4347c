import { isoOf } from '../base/calendar.ts';
import { ClvError, type Place } from '../base/errors.ts';
import { Amounts, type Mark } from './amounts.ts';
import { DateEvidence } from './date-evidence.ts';
import { dateRemedies, pasted } from './date-remedies.ts';
import { DateFormat, ISO } from './dates.ts';
import { MarkEvidence } from './marks.ts';
import type { Shape } from './plain-scan.ts';
import type { GivenFormats } from './read-options.ts';
import { readRecords } from './records.ts';
import { type Formats, placeOf, shown } from './rows.ts';
import type { Located } from './stable-file.ts';

/** A file that is not plain. */
export interface Unplain {
  readonly file: Located;
  readonly shape: Shape;
}

/** What the plain files among the inputs have shown. */
export interface Shown {
  readonly iso: boolean;
  readonly point: boolean;
}

interface Example {
  readonly text: string;
  readonly place: Place;
}

/**
 * The formats of all files that are not plain: those given, else the ones that fit every row. A date format is decided by all
 * rows of all files, a decimal mark by the first that tell. E204, E213, E217.
 */
export async function detectFormats(
  files: readonly Unplain[],
  given: GivenFormats,
  shownBy: Shown,
  signal?: AbortSignal,
): Promise<Formats> {
  const marks = new MarkEvidence<Example>();
  if (shownBy.point) marks.shown('.');
  const fixedDate = given.date ?? (shownBy.iso ? DateFormat.of(ISO) : null);
  const dates = fixedDate === null ? new DateEvidence<Example>(given.candidates) : null;
  await gather(files, dates, given.mark === null ? marks : null, signal);
  const mark = given.mark ?? markOf(marks);
  return {
    date: fixedDate ?? formatOf(dates!),
    amounts: new Amounts(mark, given.round),
    days: given.days,
    remedies: dateRemedies(dates, given.date),
  };
}

/** Evidence of all dates, for the remedies where a format was given and does not fit. */
export async function evidenceOfDates(
  files: readonly Unplain[],
  given: GivenFormats,
  signal?: AbortSignal,
): Promise<DateEvidence<unknown>> {
  const dates = new DateEvidence<Example>(given.candidates);
  await gather(files, dates, null, signal);
  return dates;
}

/** Shows the evidence every row, or those up to the one that settles it. */
async function gather(
  files: readonly Unplain[],
  dates: DateEvidence<Example> | null,
  marks: MarkEvidence<Example> | null,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const { file, shape } of files) {
    const ofDates = shape.canonical?.date ? null : dates;
    let ofMarks = shape.canonical?.amount || marks?.settled ? null : marks;
    if (ofDates === null && ofMarks === null) continue;
    let first = 1;
    for await (const records of readRecords(file, shape.delimiter, signal)) {
      for (let i = first; i < records.rows.length; i++) {
        const row = records.rows[i]!;
        if (row.length !== shape.fields) continue;
        if (ofDates) look(ofDates, row, shape.date, (column) => placeOf(records, i, column));
        if (ofMarks) look(ofMarks, row, shape.amount, (column) => placeOf(records, i, column));
      }
      if (records.rows.length > 0) first = 0;
      if (ofMarks?.settled) ofMarks = null;
      if (ofDates === null && ofMarks === null) break;
    }
  }
}

interface Evidence {
  see(text: string, example: () => Example): void;
}

function look(evidence: Evidence, row: readonly string[], column: number, place: (column: number) => Place): void {
  const text = row[column]!.trim();
  evidence.see(text, () => ({ text: shown(text), place: place(column) }));
}

function markOf(marks: MarkEvidence<Example>): Mark {
  const { result } = marks;
  if ('mark' in result) return result.mark;
  throw new ClvError('E204', { text: result.ambiguous.text }, result.ambiguous.place);
}

function formatOf(dates: DateEvidence<Example>): DateFormat {
  const { result } = dates;
  if ('format' in result) return DateFormat.of(result.format)!;
  if ('serial' in result) {
    const { text, place } = result.serial;
    const [date, date1904] = ['excel', 'excel-1904'].map((name) =>
      isoOf(Number(DateFormat.of(name)!.read(text, null))),
    );
    throw new ClvError('E217', { text, date: date!, date1904: date1904! }, place);
  }
  const { example, formats } = result;
  const options = formats.map((name) => `--date-format ${pasted(name)}`).join(' or ');
  const values = { text: example.text, count: formats.length, formats: formats.join(', '), options };
  throw new ClvError('E213', values, example.place);
}
