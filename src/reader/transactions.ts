import { parseIsoDay } from '../base/calendar.ts';
import { ClvError, type Place, type Warning } from '../base/errors.ts';
import { shellWord } from '../base/shell.ts';
import type { TypedColumn } from '../data/columnar.ts';
import type { IdKind } from '../data/ids.ts';
import type { FileInput, TableSource } from '../data/inputs.ts';
import type { ControlTotals, TransactionSink } from '../data/transactions.ts';
import { checkAbove } from './above.ts';
import type { Mark } from './amounts/amounts.ts';
import { GIVEN_BACK_AT, keyPosition } from './columns.ts';
import type { Calendar } from './dates/calendars.ts';
import { isOfDates } from './dates/date-remedies.ts';
import { YearlessDates } from './dates/yearless.ts';
import { type LeftOut, withFolders } from './files/folder.ts';
import { decodedFrom, explained, openSource, type Source } from './files/source.ts';
import { fill } from './fill.ts';
import { type Head, readHead, type WantedHeader } from './header.ts';
import { NO_SURVEY, Survey, type SurveyPlan, surveyPlanOf, type Tally } from './inspect/survey.ts';
import { isPlain, moved, netsRefunds, positionsIn, type Reading } from './layouts/bind.ts';
import { columnsOf } from './layouts/expression.ts';
import { chosenLayouts } from './layouts/library.ts';
import { fitsHeader } from './layouts/roles.ts';
import { calendarOf, idKindsIn, proveAll, readAgain, remediesOf, withFieldsOfText } from './load.ts';
import { addTallies, NO_TALLY, plainNegatives } from './plain/negatives.ts';
import { RecordHashes } from './plain/repeats.ts';
import type { PlainColumns } from './plain/scan.ts';
import type { Input, Proven, TextFile } from './proven.ts';
import { type GivenFormats, givenFormats, type ReadOptions } from './read-options.ts';
import { type Account, Accounts } from './rows/accounts.ts';
import { folded } from './rows/ids.ts';
import { Orders } from './rows/orders.ts';
import { FaultsError, Rejects, RejectsError, type RejectsSummary } from './rows/rejects.ts';
import type { Accepted, Formats, Memory, Plan } from './rows/rows.ts';
import { addTotals, NO_TOTALS } from './rows/totals.ts';
import { moneyText, Unlisted } from './rows/unlisted.ts';
import {
  type AsIs,
  NOTHING_WATCHED,
  seeksRepeats,
  Watch,
  type WatchPlan,
  watchedColumns,
  watchesNothing,
  watchMoved,
} from './rows/watch.ts';
import { watchPlanOf } from './rows/watched.ts';
import { shown } from './text/places.ts';
import { inColumn } from './text/records.ts';
import { columnarHead, describeColumns, extractColumns } from './typed/columnar.ts';
import { type Described, type RoleNames, understood } from './understood.ts';

export type { ReadOptions } from './read-options.ts';
export type { LeftRecord } from './rows/accounts.ts';
export type { Reject } from './rows/rejects.ts';
export type { Described } from './understood.ts';

export interface LoadResult {
  readonly files: readonly FileInput[];
  /** What was read instead of files. */
  readonly table: TableInput | null;
  readonly totals: ControlTotals;
  /** The kinds of ids that the records may have. */
  readonly idKinds: ReadonlySet<IdKind>;
  /** The format of the dates as --date-format takes it. */
  readonly dateFormat: string;
  /** The format of the dates as it is said: with the years that two digits mean. */
  readonly datesRead: string;
  /** The calendar of the years; null where no date told one. */
  readonly calendar: Calendar | null;
  readonly decimalMark: Mark;
  /** Whether any amount groups, or has a comma, or the mark was given. */
  readonly markMatters: boolean;
  /** The sign or code that amounts carry. */
  readonly currency: string | null;
  readonly rejects: RejectsSummary;
  /** Records that are no transactions though nothing is wrong with them. */
  readonly accounts: readonly Account[];
  /** Cells of further terms of the amount that were blank and counted as nothing, by column. */
  readonly blanks: ReadonlyMap<string, number>;
  readonly warnings: readonly Warning[];
  /** What stands in the folders and workbooks that were read and is none of their files and sheets. */
  readonly leftOut: readonly LeftOut[];
  /** A time zone that was named and had nothing to decide. */
  readonly idleZone: string | null;
  /** Decimals to which amounts were rounded; null: as given. */
  readonly roundedAmounts: number | null;
  /** Whether all this was found when the files were added to a book. */
  readonly inBook: boolean;
}

/** A table that was read where it stands; the checksum is of the columns that were read. */
export interface TableInput {
  readonly name: string;
  readonly rows: number;
  readonly checksum: string;
}

/** Files of transactions whose header is understood. */
export interface Transactions {
  readonly header: readonly string[];
  readonly mapping: RoleNames;
  /** How the export is read. */
  readonly description: Described;
  /** An id of another file as those of the transactions are compared. */
  customerId(text: string): string;
  /** Whether a row may be worth nothing since all of it was given back, so that GIVEN_BACK tells something. */
  readonly netsRefunds: boolean;
  /** Small tables that decide how the transactions are read. */
  readonly tables: readonly TableSource[];
  /**
   * Reads everything into a sink. `keys` are header names wanted besides the three, in the order the sink expects.
   * @throws ClvError E103, E105, E204, E205, E213, E217, E228, E229, E232, E234–E238, E240, E242, E243, E246, E282, E283, E286–E288, E290–E295,
   * E299, E421, E422, E431, E501, and RejectsError (E241)
   */
  load(keys: readonly string[], sink: TransactionSink): Promise<LoadResult>;
  /** Reads the transactions once more, in the order of the files: after `load`. */
  eachAccepted(see: (transaction: Accepted) => void): Promise<void>;
  /** E431 unless every file is still what was read: call it after a sink has read files by itself. */
  verifyUnchanged(): Promise<void>;
}

/** A known export has formats of its own, and the days of its shop. */
function inThatLayout(given: GivenFormats, { layout, description }: Described): GivenFormats {
  if (layout === null) return given;
  const date = given.date ?? (description.date?.year ? new YearlessDates(null) : null);
  const candidates = description.date?.formats ?? given.candidates;
  return { ...given, date, candidates, days: given.days ?? 'as written' };
}

/** Finds the files and reads their header. @throws ClvError E101–E108, E133–E136, E222–E226, E231, E234–E239, E242–E245, E289, E296, E401, E403–E405, E422 */
export async function openTransactions(typed: readonly string[], options: ReadOptions): Promise<Transactions> {
  return understoodInputs(await openInputs(typed, options, []), options);
}

/** Files whose header is read, and not yet understood. */
export interface OpenInputs {
  readonly inputs: readonly Input[];
  readonly given: GivenFormats;
  readonly leftOut: readonly LeftOut[];
}

/** Finds the files and reads their header. @param inputs takes each as soon as it is read, so that those before a fault are known */
export async function openInputs(typed: readonly string[], options: ReadOptions, inputs: Input[]): Promise<OpenInputs> {
  const given = givenFormats(options);
  const layouts = await chosenLayouts(options.layout);
  const { files, leftOut } = withFolders(typed);
  const sources: Source[] = [];
  for (const [index, name] of files.entries()) sources.push(...(await openSource(name, index, options)));
  checkSheet(sources, options);
  const columnar = await describeColumns(sources, options.columnar);
  const fits = (header: readonly string[]): boolean => fitsHeader(header, options);
  for (const found of sources) {
    const table = columnar.get(found) ?? null;
    const wanted = { delimiter: found.delimiter ?? options.delimiter, layouts, fits };
    const { source, head } = table
      ? { source: found, head: columnarHead(table, layouts) }
      : await headOf(found, wanted, options);
    const first = inputs[0];
    if (first && !sameColumns(first.head, head)) throw new ClvError('E239', { first: first.source.name }, head.place);
    inputs.push({ source, head, columnar: table });
  }
  return { inputs, given, leftOut: [...leftOut, ...sheetsLeft(sources)] };
}

/** What the header of the files means. @throws ClvError as openTransactions does */
export async function understoodInputs(
  { inputs, given, leftOut }: OpenInputs,
  options: ReadOptions,
): Promise<OpenTransactions> {
  const { reading, described: said, tables } = await understood(inputs[0]!.head, options);
  const watch = watchPlanOf(reading.reading, {
    header: inputs[0]!.head.columns,
    files: inputs.length,
    amountGiven: options.amount !== undefined,
    amount: reading.names.amount,
    asIs: options.asIs ?? new Set(),
  });
  for (const { head } of inputs) checkAbove(head, reading.reading);
  const formats = inThatLayout(given, said);
  return new OpenTransactions({
    inputs,
    options,
    given: formats,
    leftOut,
    ...reading,
    described: said,
    tables,
    watch,
  });
}

/** The head of a text, which is decoded where a layout knows the encoding of its system, and no option names another. */
async function headOf(
  source: Source,
  wanted: WantedHeader,
  options: ReadOptions,
): Promise<{ readonly source: Source; readonly head: Head }> {
  const head = await explained(source, () => readHead(source, wanted));
  const encoding = head.layout?.encoding;
  if (encoding === undefined || options.encoding !== undefined) return { source, head };
  const decoded = await decodedFrom(source, encoding, options);
  return { source: decoded, head: decoded === source ? head : await readHead(decoded, wanted) };
}

/** E112. */
function checkSheet(sources: readonly Source[], { sheet }: ReadOptions): void {
  if (sheet !== undefined && !sources.some(({ otherSheets }) => otherSheets))
    throw new ClvError('E112', { option: '--sheet', other: 'a workbook (.xlsx)' });
}

function sheetsLeft(sources: readonly Source[]): readonly LeftOut[] {
  return sources.flatMap(({ name, otherSheets = [] }) =>
    otherSheets.length > 0 ? [{ kind: 'workbook' as const, folder: name, names: otherSheets }] : [],
  );
}

function sameColumns({ columns }: Head, other: Head): boolean {
  return columns.length === other.columns.length && columns.every((name, i) => name === other.columns[i]);
}

interface Opened {
  readonly inputs: readonly Input[];
  readonly options: ReadOptions;
  readonly given: GivenFormats;
  readonly leftOut: readonly LeftOut[];
  readonly reading: Reading;
  readonly names: RoleNames;
  readonly described: Described;
  readonly tables: readonly TableSource[];
  readonly watch: WatchPlan;
}

/** What was read, and what would refuse it. */
interface Read {
  readonly result: LoadResult;
  /** More rejects than allowed. */
  readonly excess: RejectsError | null;
  /** E204, where texts that are no amounts hid it. */
  readonly unsettled: ClvError | null;
  readonly faults: readonly ClvError[];
  readonly survey: Survey | null;
  /** Records below zero that were read one by one or stand in plain files. */
  readonly negative: Tally;
  /** The header's name of each column of the survey, and of the texts. */
  readonly names: readonly string[];
  /** What was read, as text: of files of typed columns those that were wanted. */
  readonly texts: readonly TextFile[];
}

/** What an inspection looks at, and what is told of faults that would end a reading. */
interface Inspection {
  readonly plan: SurveyPlan;
  readonly onFault: (fault: ClvError) => void;
}

/** What an inspection finds in the rows. */
export interface Surveyed extends Read {
  readonly survey: Survey;
}

/** Transactions of files that all have the same columns, so that those of the first speak for all. */
export class OpenTransactions implements Transactions {
  readonly header: readonly string[];
  readonly mapping: Transactions['mapping'];
  readonly description: Described;
  readonly tables: readonly TableSource[];
  readonly #opened: Opened;
  #loaded: { readonly proven: readonly Proven[]; readonly plan: Plan; readonly formats: Formats } | null = null;

  constructor(opened: Opened) {
    this.header = opened.inputs[0]!.head.columns;
    this.mapping = opened.names;
    this.description = opened.described;
    this.tables = opened.tables;
    this.#opened = opened;
  }

  /** Whether the user knows of a kind of what is looked for. */
  knows(what: AsIs): boolean {
    return this.#opened.options.asIs?.has(what) === true;
  }

  /** How the records are read. */
  get reading(): Reading {
    return this.#opened.reading;
  }

  get netsRefunds(): boolean {
    return netsRefunds(this.#opened.reading);
  }

  /** What is looked at in the rows. */
  get watched(): WatchPlan {
    return this.#opened.watch;
  }

  /** Types of the columns, where the file has any. */
  get typed(): readonly TypedColumn[] | null {
    return this.#opened.inputs[0]!.columnar?.columns ?? null;
  }

  /** Decimals to which amounts are rounded; null: none. */
  get round(): number | null {
    return this.#opened.given.round ?? null;
  }

  customerId(text: string): string {
    return folded(text, this.#opened.reading);
  }

  async load(keys: readonly string[], sink: TransactionSink): Promise<LoadResult> {
    const { result, excess, unsettled, faults } = await this.#read(keys, sink, null);
    if (excess) throw excess;
    if (unsettled) throw unsettled;
    FaultsError.check(faults);
    return result;
  }

  /** Reads the rows without keys, to tell what is in the files: faults of the rows are told, and more of the columns. */
  async survey(sink: TransactionSink): Promise<Surveyed> {
    const ended: ClvError[] = [];
    const plan = surveyPlanOf(this.#opened.reading, this.header);
    const onFault = (fault: ClvError): void => {
      if (!ended.some(({ code }) => code === fault.code)) ended.push(fault);
    };
    const read = await this.#read([], sink, { plan, onFault });
    const unsettled = read.unsettled ? [read.unsettled] : [];
    return { ...read, faults: [...ended, ...unsettled, ...read.faults], survey: read.survey! };
  }

  async #read(keys: readonly string[], sink: TransactionSink, inspected: Inspection | null): Promise<Read> {
    try {
      return await this.#readAll(keys, sink, inspected);
    } catch (error) {
      throw inColumn(error, this.header);
    }
  }

  async #readAll(keys: readonly string[], sink: TransactionSink, inspected: Inspection | null): Promise<Read> {
    const { inputs, given, options, watch, reading, leftOut } = this.#opened;
    const { signal, maxRejects, onReject, onLeft, timezone = null, asIs = new Set() } = options;
    const positions = keys.map((name) => keyPosition(this.header, name, inputs[0]!.head.place));
    const looks = inspected?.plan ?? NO_SURVEY;
    const looked = [...watchedColumns(watch), ...looks.values, ...looks.refunds];
    const columns = positions.filter((position) => position !== GIVEN_BACK_AT);
    const wanted = [...new Set([...positionsIn(reading), ...columns, ...looked])].sort((a, b) => a - b);
    const at = (column: number): number => wanted.indexOf(column);
    const names = wanted.map((column) => this.header[column]!);
    const currencies = watch.currency.map((columns) => columns.map(at));
    const plan: Plan = { reading: moved(reading, at), keys: positions.map(at), currencies, names };
    const direct = isPlain(reading) && watchesNothing(watch) && looks.values.length + looks.refunds.length === 0;
    const hashes = seeksRepeats(watch) ? new RecordHashes() : null;
    const read = await proveAll(await this.#texts(wanted, columns, direct), given, hashes, signal);
    const found = await withFieldsOfText(read, options.scratch, signal);
    const moving = { values: looks.values.map(at), refunds: looks.refunds.map(at) };
    const memoryOf = ({ amounts }: Formats, onTrust: boolean): Memory => {
      const seen = onTrust && hashes ? hashes.copy() : hashes;
      const survey = inspected && new Survey(moving, amounts);
      return {
        ...emptyMemory(new Watch(watchMoved(watch, at), names, amounts, seen)),
        rejects: new Rejects(onReject),
        accounts: new Accounts(onLeft),
        inspection: survey && { survey, onFault: inspected!.onFault },
      };
    };
    const filled = await fill(found, { plan, given, sink, mayTrust: onLeft === undefined, memoryOf, signal });
    const { files: proven, formats, memory } = filled;
    this.#loaded = { proven, plan, formats };
    const files: FileInput[] = [];
    const blanks = new Map<string, number>();
    let totals = NO_TOTALS;
    for (const loaded of filled.loaded) {
      files.push(loaded.input);
      totals = addTotals(totals, loaded.totals);
      for (const [column, count] of loaded.blanks)
        blanks.set(names[column]!, (blanks.get(names[column]!) ?? 0) + count);
    }
    checkEmpty(files, asIs);
    const calendar = await calendarOf(proven, plan, given, formats, signal);
    const { rejects, accounts, unlisted, inspection } = memory;
    const survey = inspection?.survey ?? null;
    const hopeless = files.some((file) => file.records > 0 && file.rejected === file.records);
    const records = totals.records + accounts.records + unlisted.records + rejects.total;
    let excess: RejectsError | null = null;
    if (rejects.exceed(records, hopeless ? undefined : maxRejects)) {
      if (given.date && [...rejects.summary.counts.keys()].some(isOfDates))
        rejects.amend(isOfDates, { ...(await remediesOf(proven, plan, given, signal)) });
      excess = new RejectsError(records, rejects.summary, rejects.remedy);
    }
    const { date, amounts, days } = formats;
    const written = days === 'as written' ? ' as written' : '';
    const result: LoadResult = {
      files,
      table: null,
      totals,
      idKinds: idKindsIn(proven),
      dateFormat: date.name + written,
      datesRead: date.described + written,
      calendar,
      decimalMark: amounts.mark,
      markMatters: formats.mark.matters,
      currency: amounts.currency,
      rejects: rejects.summary,
      accounts: accounts.result,
      blanks,
      warnings: [
        ...memory.watch.warnings(asIs),
        ...belowNothing(totals, this.header[reading.date[0]!]!),
        ...markWarnings(formats),
      ],
      leftOut,
      idleZone: given.zone?.asked ? null : timezone,
      roundedAmounts: given.round ?? null,
      inBook: false,
    };
    const none = totals.records === 0 && excess === null && unlisted.records === 0;
    const faults = [
      ...unlisted.faults,
      ...openOrders(memory.openOrders, reading, this.header),
      ...memory.watch.faults(asIs),
      ...(none ? [nothingLeft(records, accounts.result, files[0]!.name)] : []),
    ];
    const negative = inspected ? addTallies(survey!.negative, await plainNegatives(proven, signal)) : null;
    const { unsettled } = formats.mark;
    return { result, excess, unsettled, faults, survey, negative: negative ?? NO_TALLY, names, texts: proven };
  }

  async eachAccepted(see: (transaction: Accepted) => void): Promise<void> {
    if (this.#loaded === null) throw new TypeError('nothing is loaded yet');
    const { proven, plan, formats } = this.#loaded;
    const { signal } = this.#opened.options;
    const memory = { ...emptyMemory(new Watch(NOTHING_WATCHED, plan.names, formats.amounts, null)), accepted: see };
    for (const [number, file] of proven.entries()) await readAgain(file, number, plan, formats, memory, signal);
  }

  /** Every file as text, with the columns that are wanted of it. */
  async #texts(wanted: readonly number[], keys: readonly number[], direct: boolean): Promise<readonly TextFile[]> {
    const { inputs, options, given, reading, described } = this.#opened;
    const { columnar, signal } = options;
    const extracted = await extractColumns(inputs, wanted, reading, keys, columnar, given.zone, signal);
    return inputs.map(({ source, head }): TextFile => {
      const text = extracted.get(source);
      const { skip, delimiter } = head;
      if (text) {
        const columns = [...wanted.keys()];
        const at = (column: number): number => wanted.indexOf(column);
        const shape = direct ? shapeOf(moved(reading, at), keys.map(at), ',', wanted.length) : null;
        return {
          ...text,
          delimiter: ',',
          skip: 1,
          year: null,
          projection: { columns, fields: wanted.length },
          direct: shape,
        };
      }
      const fields = head.columns.length;
      const shape = direct && skip === 1 ? shapeOf(reading, keys, delimiter, fields) : null;
      const canonical = { date: false, amount: false };
      const year = options.dateFormat === undefined ? yearOf(head, described) : null;
      return { source, delimiter, skip, canonical, year, projection: { columns: wanted, fields }, direct: shape };
    });
  }

  async verifyUnchanged(): Promise<void> {
    for (const { source } of this.#opened.inputs) await source.verify();
  }
}

/** The dates of a file that leave out the year, where the layout says which line above the header tells it. E226. */
function yearOf({ notes, place }: Head, { description }: Described): YearlessDates | null {
  const year = description.date?.year;
  if (!year) return null;
  const text = notes[year.line - 1]?.[year.field - 1] ?? '';
  const first = parseIsoDay(text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
  if (first === null) throw new ClvError('E226', { line: year.line, field: year.field, text: shown(text) }, place);
  return new YearlessDates(first);
}

/** E232 for a file without a record: each of them, but where empty ones beside others are asked for. */
function checkEmpty(files: readonly FileInput[], asIs: ReadonlySet<AsIs>): void {
  const empty = files.find(({ records }) => records === 0);
  if (!empty) return;
  const others = files.some(({ records }) => records > 0);
  if (others && asIs.has('empty')) return;
  const skip = others ? '; or if nothing was to be in it: --as-is empty' : '';
  throw new ClvError('E232', { skip }, { file: empty.name });
}

/** W365. @param date a column that no transaction leaves blank */
export function belowNothing({ amount }: ControlTotals, date: string): readonly Warning[] {
  if (amount >= 0n) return [];
  return [{ code: 'W365', values: { amount: moneyText(amount), option: shellWord(`${date}=*`) } }];
}

/** E281: every record is something else. */
function nothingLeft(records: number, accounts: readonly Account[], file: string): ClvError {
  const found = new Map<string, number>();
  for (const { kind, column, value, reason, records: some } of accounts) {
    const what = column === null ? kind.replaceAll('_', ' ') : `left out by ${column} "${value}" (${reason})`;
    found.set(what, (found.get(what) ?? 0) + some);
  }
  const texts = [...found].sort(([, a], [, b]) => b - a).map(([what, some]) => `${some} ${what}`);
  return new ClvError('E281', { records, apart: texts.join(', ') || 'all are rejected' }, { file });
}

/** W371 where all amounts fit the other mark too, W372 where one was read with decimals that its currency does not have. */
function markWarnings({ amounts, mark: { otherFits } }: Formats): readonly Warning[] {
  const other = amounts.mark === '.' ? ',' : '.';
  const { odd } = amounts;
  return [
    ...(otherFits === null
      ? []
      : [{ code: 'W371', values: { text: otherFits, mark: amounts.mark, other } } satisfies Warning]),
    ...(odd === null
      ? []
      : [{ code: 'W372', values: { text: shown(odd.text), currency: odd.currency, other } } satisfies Warning]),
  ];
}

/** E207: orders none of whose lines has an amount. */
function openOrders(
  open: ReadonlyMap<string, Place>,
  { order, amount }: Reading,
  header: readonly string[],
): readonly ClvError[] {
  const [first] = open;
  if (first === undefined) return [];
  const column = header[columnsOf(amount)[0]!]!;
  const values = { count: open.size, column: header[order!.column]!, order: shown(first[0]), amount: column };
  return [new ClvError('E207', { ...values, where: shellWord(`${column}!=`) }, first[1])];
}

/** Nothing is known yet of any file. */
function emptyMemory(watch: Watch): Memory {
  return {
    rejects: new Rejects(undefined),
    accounts: new Accounts(undefined),
    orders: new Orders(),
    openOrders: new Map(),
    once: new Orders(),
    lines: new Orders(),
    unlisted: new Unlisted(),
    watch,
  };
}

function shapeOf(
  { customer, date, amount }: Reading,
  keys: readonly number[],
  delimiter: string,
  fields: number,
): PlainColumns | null {
  if (amount.kind !== 'column') return null;
  return { delimiter, fields, customer: customer[0]!, date: date[0]!, amount: amount.column, keys };
}
