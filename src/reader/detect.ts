import { isoOf } from '../base/calendar.ts';
import { ClvError, type Place } from '../base/errors.ts';
import { Amounts, type Mark } from './amounts.ts';
import { DateEvidence } from './date-evidence.ts';
import { dateRemedies, pasted } from './date-remedies.ts';
import { DateFormat, ISO } from './dates.ts';
import { decide, holds, type Reading } from './layouts/bind.ts';
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
 * The formats of all files that are not plain: those given, else the ones that fit every row. A date format is decided by all
 * rows of all files, a decimal mark by the first that tell. E204, E213, E217.
 */
export async function detectFormats(
  files: readonly Proven[],
  plan: Plan,
  given: GivenFormats,
  shownBy: Shown,
  signal?: AbortSignal,
): Promise<Formats> {
  const marks = new MarkEvidence<Example>();
  if (shownBy.point) marks.shown('.');
  const fixedDate = given.date ?? (shownBy.iso ? DateFormat.of(ISO) : null);
  const dates = fixedDate === null ? new DateEvidence<Example>(given.candidates) : null;
  await gather(files, plan, dates, given.mark === null ? marks : null, signal);
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
  files: readonly Proven[],
  plan: Plan,
  given: GivenFormats,
  signal?: AbortSignal,
): Promise<DateEvidence<unknown>> {
  const dates = new DateEvidence<Example>(given.candidates);
  await gather(files, plan, dates, null, signal);
  return dates;
}

/** Shows the evidence every row, or those up to the one that settles it. */
async function gather(
  files: readonly Proven[],
  { reading }: Plan,
  dates: DateEvidence<Example> | null,
  marks: MarkEvidence<Example> | null,
  signal: AbortSignal | undefined,
): Promise<void> {
  const money = columnsOf(reading.amount);
  const rules = reading.rules.flatMap(({ column, when }) => [column, ...(when ?? []).map((one) => one.column)]);
  const looked = new Set([...reading.date, ...money, ...rules]);
  for (const { source, delimiter, projection, skip, canonical, proof } of files) {
    const ofDates = canonical.date ? null : dates;
    let ofMarks = canonical.amount || marks?.settled ? null : marks;
    if (ofDates === null && ofMarks === null) continue;
    let above = skip;
    const of = { delimiter, projection: only(projection, looked), wellFormed: proof.wellFormed };
    for await (const records of readRecords(source, of, signal)) {
      for (let i = Math.min(above, records.rows.length); i < records.rows.length; i++) {
        const row = records.rows[i]!;
        if (records.widths[i] !== records.fields || !mayCount(row, reading)) continue;
        const place = (column: number): Place => placeOf(records, i, column);
        if (ofDates) for (const column of reading.date) look(ofDates, row, column, place);
        if (ofMarks) for (const column of money) look(ofMarks, row, column, place);
      }
      above = Math.max(0, above - records.rows.length);
      if (ofMarks?.settled) ofMarks = null;
      if (ofDates === null && ofMarks === null) break;
    }
  }
}

/** The same columns, blank but for those that are looked at: texts of others are not made. */
function only({ columns, fields }: Projection, looked: ReadonlySet<number>): Projection {
  return { columns: columns.map((column, i) => (looked.has(i) ? column : -1)), fields };
}

/** Rows that a rule leaves out tell nothing of the others. */
function mayCount(row: readonly string[], { rules }: Reading): boolean {
  return rules.every((rule) => (rule.when && !holds(rule.when, row)) || decide(rule, row[rule.column]!) === true);
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
