import { ClvError, type Place } from '../base/errors.ts';
import { Amounts, type Mark } from './amounts.ts';
import { DateEvidence } from './date-evidence.ts';
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
 * The formats of all files that are not plain: those given, else the ones that fit every row. Reads only until one date
 * format and one decimal mark remain. E204, E213.
 */
export async function detectFormats(
  files: readonly Unplain[],
  given: GivenFormats,
  shownBy: Shown,
  signal?: AbortSignal,
): Promise<Formats> {
  const marks = new MarkEvidence<Example>();
  const dates = new DateEvidence<Example>();
  if (shownBy.point) marks.shown('.');
  const fixedDate = given.date ?? (shownBy.iso ? DateFormat.of(ISO) : null);
  let openDates = fixedDate === null;
  let openMarks = given.mark === null && !marks.settled;
  for (const { file, shape } of files) {
    let first = 1;
    const [readDates, readMarks] = [!shape.canonical?.date, !shape.canonical?.amount];
    if (!(openDates && readDates) && !(openMarks && readMarks)) continue;
    for await (const records of readRecords(file, shape.delimiter, signal)) {
      for (let i = first; i < records.rows.length; i++) {
        const row = records.rows[i]!;
        if (row.length !== shape.fields) continue;
        if (openDates && readDates) look(dates, row, shape.date, (column) => placeOf(records, i, column));
        if (openMarks && readMarks) look(marks, row, shape.amount, (column) => placeOf(records, i, column));
      }
      if (records.rows.length > 0) first = 0;
      openDates &&= !dates.settled;
      openMarks &&= !marks.settled;
      if (!(openDates && readDates) && !(openMarks && readMarks)) break;
    }
  }
  const mark = given.mark ?? markOf(marks);
  return { date: fixedDate ?? formatOf(dates), amounts: new Amounts(mark, given.round), zone: given.zone };
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
  const { example, formats } = result;
  const options = formats.map((name) => `--date-format ${name}`).join(' or ');
  const values = { text: example.text, count: formats.length, formats: formats.join(', '), options };
  throw new ClvError('E213', values, example.place);
}
