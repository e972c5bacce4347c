import { isoOf } from '../base/calendar.ts';
import { ClvError, type Place } from '../base/errors.ts';
import { type AmountReading, Amounts, isAmount } from './amounts.ts';
import type { Era } from './calendars.ts';
import { DateEvidence } from './date-evidence.ts';
import { dateRemedies, pasted } from './date-remedies.ts';
import { DateFormat, ISO } from './dates.ts';
import { firstFilled } from './filled-cells.ts';
import { CustomerIds } from './ids.ts';
import { decide, holds, type Reading, rolePositions } from './layouts/bind.ts';
import { columnsOf } from './layouts/expression.ts';
import type { Proven } from './load.ts';
import { MarkEvidence, type PlainMarks } from './marks.ts';
import type { GivenFormats } from './read-options.ts';
import { readRecords } from './read-records.ts';
import type { Projection } from './records.ts';
import { type Formats, type MarkSaid, type Plan, placeOf, shown } from './rows.ts';
import type { Backslash } from './written-amount.ts';

/** What the plain files among the inputs have shown. */
export interface Shown {
  readonly iso: boolean;
  readonly marks: readonly PlainMarks[];
  /** The files that have shown them. */
  readonly files: readonly Proven[];
}

interface Example {
  readonly text: string;
  readonly place: Place;
}

/** A date that tells a calendar. */
export type EraExample = Example;

/**
 * The formats of all files that are not plain: those given, else the ones that fit every row. Both are decided by all rows of
 * all files. E204, E213, E217.
 */
export async function detectFormats(
  files: readonly Proven[],
  plan: Plan,
  given: GivenFormats,
  shownBy: Shown,
  signal?: AbortSignal,
): Promise<Formats> {
  const marks = new MarkEvidence<Example>(given.round);
  for (const one of shownBy.marks) marks.shown(one);
  const fixedDate = given.date ?? (shownBy.iso ? DateFormat.of(ISO, given.calendar) : null);
  const found = fixedDate === null ? new ColumnDates(given) : null;
  await gather(files, plan, found, given.mark === null ? marks : null, signal);
  const dates = found?.evidence ?? null;
  const lacking = given.mark === null && !('mark' in marks.result) && marks.lacksExample;
  if (lacking) await gather(shownBy.files, plan, null, marks, signal);
  const { amounts, mark } = given.mark === null ? markOf(marks) : { amounts: { mark: given.mark }, mark: NOT_SOUGHT };
  return {
    date: fixedDate ?? formatOf(dates!, given),
    amounts: new Amounts({ ...amounts, round: given.round }),
    mark,
    days: given.days,
    remedies: dateRemedies(dates, given.date),
  };
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
  await gather(files, plan, dates, null, signal);
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
  const see = (text: string, example: () => Example): void => {
    const known = format.eras.size;
    format.read(text, 'as written');
    if (format.eras.size > known) found.set([...format.eras].at(-1)!, example());
  };
  await gather(files, plan, { of: () => ({ see }) }, null, signal);
  return found;
}

/** Where the dates of rows are shown: those of rows that are rejected anyway may stand apart. */
interface Dates {
  of(rejected: boolean): Evidence;
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

/** Shows the evidence every row. */
async function gather(
  files: readonly Proven[],
  { reading, currencies }: Plan,
  dates: Dates | null,
  marks: MarkEvidence<Example> | null,
  signal: AbortSignal | undefined,
): Promise<void> {
  const money = columnsOf(reading.amount);
  const ids = new CustomerIds(reading);
  const rules = reading.rules.flatMap(({ column, when }) => [column, ...(when ?? []).map((one) => one.column)]);
  const asked = (reading.unless?.when ?? []).map(({ column }) => column);
  const roles = Object.values(rolePositions(reading)).flat();
  const looked = new Set([...roles, ...asked, ...rules, ...reading.currency, ...currencies.flat()]);
  for (const { source, delimiter, projection, skip, canonical, proof } of files) {
    const { backslash = null } = source;
    const ofDates = canonical.date ? null : dates;
    const ofMarks = canonical.amount ? null : marks;
    if (ofDates === null && ofMarks === null) continue;
    const ofMoney: Evidence = { see: (text, example) => ofMarks?.see(text, example, backslash) };
    let above = skip;
    const of = { delimiter, projection: only(projection, looked), wellFormed: proof.wellFormed };
    for await (const records of readRecords(source, of, signal)) {
      for (let i = Math.min(above, records.rows.length); i < records.rows.length; i++) {
        const row = records.rows[i]!;
        if (records.widths[i] !== records.fields || !mayCount(row, reading)) continue;
        const place = (column: number): Place => placeOf(records, i, column);
        if (ofDates) {
          const evidence = ofDates.of(isRejected(row, reading, ids, backslash));
          for (const column of reading.date) look(evidence, row, column, place);
        }
        if (ofMarks === null || isOtherCurrency(row, reading)) continue;
        for (const column of money) look(ofMoney, row, column, place);
        for (const columns of currencies) ofMarks.seeCurrency(firstFilled(row, columns));
      }
      above = Math.max(0, above - records.rows.length);
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

/** No blank of ASCII is greater. */
const SPACE = 0x20;
const PLAIN_AMOUNT = /^-?\d+(?:[.,]\d+)?$/;

/** Whether a row has no id, or an amount that is none under either mark. A row that others complete is not. */
function isRejected(row: readonly string[], reading: Reading, ids: CustomerIds, backslash: Backslash): boolean {
  const { customer, nobody, guests, fillDown, order, amount } = reading;
  if (fillDown !== null || order !== null) return false;
  const somebody = guests || (!nobody && row[customer[0]!]!.charCodeAt(0) > SPACE);
  if (!somebody && ids.of(row) === '') return true;
  if (amount.kind !== 'column' || PLAIN_AMOUNT.test(row[amount.column]!)) return false;
  return !isAmount(row[amount.column]!.trim(), backslash);
}

interface Evidence {
  see(text: string, example: () => Example): void;
}

/** The currency that the first of some columns names that is not blank; '' where none does. */
function isOtherCurrency(row: readonly string[], { onlyCurrency, currency }: Reading): boolean {
  return onlyCurrency !== null && firstFilled(row, currency).toUpperCase() !== onlyCurrency;
}

function look(evidence: Evidence, row: readonly string[], column: number, place: (column: number) => Place): void {
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
  const options = formats.map((name) => `--date-format ${pasted(name)}`).join(' or ');
  const values = { text: example.text, count: formats.length, formats: formats.join(', '), options };
  throw new ClvError('E213', values, example.place);
}
