import { isoOf } from '../base/calendar.ts';
import { ClvError, type Place } from '../base/errors.ts';
import { type AmountReading, Amounts } from './amounts.ts';
import { DateEvidence } from './date-evidence.ts';
import { dateRemedies, pasted } from './date-remedies.ts';
import { DateFormat, ISO } from './dates.ts';
import { decide, holds, type Reading } from './layouts/bind.ts';
import { columnsOf } from './layouts/expression.ts';
import type { TextFile } from './load.ts';
import { MarkEvidence, type PlainMarks } from './marks.ts';
import type { GivenFormats } from './read-options.ts';
import { readRecords } from './records.ts';
import { type Formats, type MarkSaid, type Plan, placeOf, shown } from './rows.ts';

/** What the plain files among the inputs have shown. */
export interface Shown {
  readonly iso: boolean;
  readonly marks: readonly PlainMarks[];
  /** The files that have shown them. */
  readonly files: readonly TextFile[];
}

interface Example {
  readonly text: string;
  readonly place: Place;
}

/**
 * The formats of all files that are not plain: those given, else the ones that fit every row. Both are decided by all rows of
 * all files. E204, E213, E217.
 */
export async function detectFormats(
  files: readonly TextFile[],
  plan: Plan,
  given: GivenFormats,
  shownBy: Shown,
  signal?: AbortSignal,
): Promise<Formats> {
  const marks = new MarkEvidence<Example>(given.round);
  for (const one of shownBy.marks) marks.shown(one);
  const fixedDate = given.date ?? (shownBy.iso ? DateFormat.of(ISO) : null);
  const dates = fixedDate === null ? new DateEvidence<Example>(given.candidates) : null;
  await gather(files, plan, dates, given.mark === null ? marks : null, signal);
  const lacking = given.mark === null && !('mark' in marks.result) && marks.lacksExample;
  if (lacking) await gather(shownBy.files, plan, null, marks, signal);
  const { amounts, mark } = given.mark === null ? markOf(marks) : { amounts: { mark: given.mark }, mark: NOT_SOUGHT };
  return {
    date: fixedDate ?? formatOf(dates!),
    amounts: new Amounts({ ...amounts, round: given.round }),
    mark,
    days: given.days,
    remedies: dateRemedies(dates, given.date),
  };
}

const NOT_SOUGHT: MarkSaid = { otherFits: null, matters: true, unsettled: null };

/** Evidence of all dates, for the remedies where a format was given and does not fit. */
export async function evidenceOfDates(
  files: readonly TextFile[],
  plan: Plan,
  given: GivenFormats,
  signal?: AbortSignal,
): Promise<DateEvidence<unknown>> {
  const dates = new DateEvidence<Example>(given.candidates);
  await gather(files, plan, dates, null, signal);
  return dates;
}

/** Shows the evidence every row. */
async function gather(
  files: readonly TextFile[],
  { reading, currencies }: Plan,
  dates: DateEvidence<Example> | null,
  marks: MarkEvidence<Example> | null,
  signal: AbortSignal | undefined,
): Promise<void> {
  const money = columnsOf(reading.amount);
  for (const { source, delimiter, projection, skip, canonical } of files) {
    const { backslash = null } = source;
    const ofDates = canonical.date ? null : dates;
    const ofMarks = canonical.amount ? null : marks;
    if (ofDates === null && ofMarks === null) continue;
    let above = skip;
    for await (const records of readRecords(source, delimiter, projection, signal)) {
      for (let i = Math.min(above, records.rows.length); i < records.rows.length; i++) {
        const row = records.rows[i]!;
        if (records.widths[i] !== records.fields || !mayCount(row, reading)) continue;
        const place = (column: number): Place => placeOf(records, i, column);
        if (ofDates) for (const column of reading.date) look(ofDates, row, column, place);
        if (ofMarks === null || isOtherCurrency(row, reading)) continue;
        for (const column of money)
          ofMarks.see(
            row[column]!.trim(),
            () => ({ text: shown(row[column]!.trim()), place: place(column) }),
            backslash,
          );
        for (const columns of currencies) ofMarks.seeCurrency(firstFilled(row, columns));
      }
      above = Math.max(0, above - records.rows.length);
    }
  }
}

/** Rows that a rule leaves out tell nothing of the others. */
function mayCount(row: readonly string[], { rules }: Reading): boolean {
  return rules.every((rule) => (rule.when && !holds(rule.when, row)) || decide(rule, row[rule.column]!) === true);
}

/** The currency that the first of some columns names that is not blank; '' where none does. */
function firstFilled(row: readonly string[], columns: readonly number[]): string {
  const column = columns.find((one) => row[one]!.trim() !== '');
  return column === undefined ? '' : row[column]!.trim();
}

function isOtherCurrency(row: readonly string[], { onlyCurrency, currency }: Reading): boolean {
  return onlyCurrency !== null && firstFilled(row, currency).toUpperCase() !== onlyCurrency;
}

function look(
  evidence: DateEvidence<Example>,
  row: readonly string[],
  column: number,
  place: (column: number) => Place,
): void {
  const text = row[column]!.trim();
  evidence.see(text, () => ({ text: shown(text), place: place(column) }));
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
