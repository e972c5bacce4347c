import { ClvError, type Place } from '../base/errors.ts';
import { Amounts, type Mark } from './amounts.ts';
import { DateEvidence } from './date-evidence.ts';
import { DateFormat, ISO } from './dates.ts';
import { decide, type Reading } from './layouts/bind.ts';
import { columnsOf } from './layouts/expression.ts';
import type { Proven } from './load.ts';
import { MarkEvidence } from './marks.ts';
import type { GivenFormats } from './read-options.ts';
import { readRecords } from './read-records.ts';
import type { Projection } from './records.ts';
import { type Formats, type Plan, placeOf, shown } from './rows.ts';

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
  files: readonly Proven[],
  { reading }: Plan,
  given: GivenFormats,
  shownBy: Shown,
  signal?: AbortSignal,
): Promise<Formats> {
  const marks = new MarkEvidence<Example>();
  const dates = new DateEvidence<Example>();
  if (shownBy.point) marks.shown('.');
  const fixedDate = given.date ?? (shownBy.iso ? DateFormat.of(ISO) : null);
  const money = columnsOf(reading.amount);
  const looked = new Set([...reading.date, ...money, ...reading.rules.map(({ column }) => column)]);
  let openDates = fixedDate === null;
  let openMarks = given.mark === null && !marks.settled;
  for (const { source, delimiter, projection, skip, canonical, proof } of files) {
    let above = skip;
    const [readDates, readMarks] = [!canonical.date, !canonical.amount];
    if (!(openDates && readDates) && !(openMarks && readMarks)) continue;
    const of = { delimiter, projection: only(projection, looked), wellFormed: proof.wellFormed };
    for await (const records of readRecords(source, of, signal)) {
      for (let i = Math.min(above, records.rows.length); i < records.rows.length; i++) {
        const row = records.rows[i]!;
        if (records.widths[i] !== records.fields || !mayCount(row, reading)) continue;
        const place = (column: number): Place => placeOf(records, i, column);
        if (openDates && readDates) for (const column of reading.date) look(dates, row, column, place);
        if (openMarks && readMarks) for (const column of money) look(marks, row, column, place);
      }
      above = Math.max(0, above - records.rows.length);
      openDates &&= !dates.settled;
      openMarks &&= !marks.settled;
      if (!(openDates && readDates) && !(openMarks && readMarks)) break;
    }
  }
  const mark = given.mark ?? markOf(marks);
  return { date: fixedDate ?? formatOf(dates), amounts: new Amounts(mark, given.round), zone: given.zone };
}

/** The same columns, blank but for those that are looked at: texts of others are not made. */
function only({ columns, fields }: Projection, looked: ReadonlySet<number>): Projection {
  return { columns: columns.map((column, i) => (looked.has(i) ? column : -1)), fields };
}

/** Rows that a rule leaves out tell nothing of the others. */
function mayCount(row: readonly string[], { rules }: Reading): boolean {
  return rules.every((rule) => decide(rule, row[rule.column]!) === true);
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
