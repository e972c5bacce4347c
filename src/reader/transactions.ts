import { parseIsoDay } from '../base/calendar.ts';
import { ClvError, type Warning } from '../base/errors.ts';
import type { ControlTotals, TransactionSink } from '../base/transactions.ts';
import { type Account, Accounts } from './accounts.ts';
import { type Alias, readAlias } from './alias.ts';
import type { Mark } from './amounts.ts';
import { columnarHead, describeColumns, extractColumns } from './columnar.ts';
import { keyPosition, plainName, type Role } from './columns.ts';
import { isOfDates } from './date-remedies.ts';
import { readRates } from './exchange.ts';
import { type LeftOut, withFolders } from './folder.ts';
import { type Head, readHead, type Wanted } from './header.ts';
import { folded } from './ids.ts';
import { bind, Columns, moved, positionsIn, type Reading } from './layouts/bind.ts';
import { type Description, described } from './layouts/description.ts';
import type { Layout } from './layouts/layout.ts';
import { chosenLayouts } from './layouts/library.ts';
import { fitsHeader, rolesOf } from './layouts/roles.ts';
import {
  type FileInput,
  formatsOf,
  type Input,
  loadFile,
  type Proven,
  plainUnder,
  proveAll,
  readAgain,
  remediesOf,
  type TextFile,
  withFieldsOfText,
} from './load.ts';
import { Orders } from './orders.ts';
import type { Shape } from './plain-scan.ts';
import { type GivenFormats, givenFormats, type ReadOptions } from './read-options.ts';
import { inColumn } from './records.ts';
import { FaultsError, Rejects, RejectsError, type RejectsSummary } from './rejects.ts';
import { type Accepted, type Formats, type Memory, type Plan, shown } from './rows.ts';

import { decodedFrom, explained, openSource, type Source } from './source.ts';
import type { TableSource } from './table.ts';
import { addTotals, NO_TOTALS } from './totals.ts';
import { Unlisted } from './unlisted.ts';
import { NOTHING_WATCHED, Watch, type WatchPlan, watchedColumns, watchesNothing, watchMoved } from './watch.ts';
import { checkUniqueId, watchPlanOf } from './watched.ts';
import { isCurrencyColumn } from './words.ts';
import { YearlessDates } from './yearless.ts';

export type { LeftRecord } from './accounts.ts';
export type { FileInput } from './load.ts';
export type { ReadOptions } from './read-options.ts';
export type { Reject } from './rejects.ts';

export interface LoadResult {
  readonly files: readonly FileInput[];
  /** What was read instead of files. */
  readonly table: TableInput | null;
  readonly totals: ControlTotals;
  /** As --date-format takes it. */
  readonly dateFormat: string;
  /** The same as it is said: with the years that two digits mean. */
  readonly datesRead: string;
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
  /** The columns of the roles, as an option would name them. */
  readonly mapping: Readonly<Record<Role, string>> & { readonly detected: readonly Role[] };
  /** How the export is read; null for a table, whose columns say it. */
  readonly description: Described | null;
  /** An id of another file as those of the transactions are compared. */
  customerId(text: string): string;
  /** Small tables that decide how the transactions are read. */
  readonly tables: readonly TableSource[];
  /**
   * Reads everything into a sink. `keys` are header names wanted besides the three, in the order the sink expects.
   * @throws ClvError E103, E105, E204, E205, E213, E217, E232, E234–E238, E240, E242, E243, E246, E282, E283, E286–E288, E291–E295,
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

/** What a layout, or options, have said of an export. */
export interface Described {
  readonly layout: Layout | null;
  readonly description: Description;
  readonly net: boolean;
  readonly onlyCurrency: string | null;
  readonly rates: string | null;
}

/** Finds the files and reads their header. @throws ClvError E101–E108, E133–E136, E222–E226, E231, E234–E239, E242–E245, E289, E296, E401, E403–E405, E422 */
export async function openTransactions(typed: readonly string[], options: ReadOptions): Promise<Transactions> {
  const given = givenFormats(options);
  const layouts = await chosenLayouts(options.layout);
  const { files, leftOut } = withFolders(typed);
  const sources: Source[] = [];
  for (const [index, name] of files.entries()) sources.push(...(await openSource(name, index, options)));
  checkSheet(sources, options);
  const columnar = await describeColumns(sources, options.columnar);
  const fits = (header: readonly string[]): boolean => fitsHeader(header, options);
  const inputs: Input[] = [];
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
  const { reading, described: said, tables } = await understood(inputs[0]!.head, options);
  const watch = watchPlanOf(reading.reading, {
    header: inputs[0]!.head.columns,
    files: inputs.length,
    amountGiven: options.amount !== undefined,
    amount: reading.names.amount,
    asIs: options.asIs ?? new Set(),
  });
  const formats = inThatLayout(given, said);
  const apart = [...leftOut, ...sheetsLeft(sources)];
  return new OpenTransactions({
    inputs,
    options,
    given: formats,
    leftOut: apart,
    ...reading,
    described: said,
    tables,
    watch,
  });
}

/** The head of a text, which is decoded where a layout knows the encoding of its system, and no option names another. */
async function headOf(
  source: Source,
  wanted: Wanted,
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

/** The reading of an export, and the names of its roles. */
interface Named {
  readonly reading: Reading;
  readonly names: Transactions['mapping'];
}

async function understood(
  head: Head,
  options: ReadOptions,
): Promise<{ reading: Named; described: Described; tables: readonly TableSource[] }> {
  const { layout, place } = head;
  if (layout?.refuse) throw new ClvError('E289', { title: layout.title, ...layout.refuse }, place);
  if (options.net && layout?.net === undefined)
    throw new ClvError(
      'E135',
      { what: layout === null ? 'a file without a layout' : `the layout ${layout.name}` },
      place,
    );
  const columns = new Columns(head.columns, place, layout);
  const description = withCurrency(described(layout, options), options, head);
  const roles = rolesOf(description, columns, place, options);
  if (roles.detected.includes('customer') && !options.asIs?.has('ids'))
    checkUniqueId(head.columns, roles.customer[0]!, place);
  const [alias, rates] = [
    await aliasOf(options),
    options.rates ? await readRates(options.rates.file, options.rates.base) : null,
  ];
  const reading = bind(description, roles, columns, {
    foldIds: options.foldIds === true,
    alias,
    rates,
    onlyCurrency: options.onlyCurrency ?? null,
  });
  const name = (positions: readonly number[]): string => positions.map((one) => head.columns[one]!).join('|');
  const amount = roles.amount.kind === 'column' ? head.columns[roles.amount.column]! : description.amount!;
  return {
    reading: {
      reading,
      names: { customer: name(roles.customer), date: name(roles.date), amount, detected: roles.detected },
    },
    described: {
      layout,
      description,
      net: options.net === true,
      onlyCurrency: options.onlyCurrency ?? null,
      rates: options.rates?.file ?? null,
    },
    tables: [alias?.source, rates?.source].filter((one) => one !== undefined),
  };
}

async function aliasOf({ alias }: ReadOptions): Promise<Alias | null> {
  return alias === undefined ? null : readAlias(alias);
}

/** An option that needs the currency of each row takes the one column that is called so. E136 where there is not one. */
function withCurrency(description: Description, options: ReadOptions, { columns, place }: Head): Description {
  if (description.currency !== null || (options.onlyCurrency === undefined && options.rates === undefined))
    return description;
  const found = columns.filter((name) => isCurrencyColumn(plainName(name)));
  if (found.length === 1) return { ...description, currency: found[0]! };
  const option = options.onlyCurrency === undefined ? '--rates' : '--only-currency';
  throw new ClvError(
    'E136',
    { option, count: found.length || 'no', columns: (found.length > 0 ? found : columns).join(', ') },
    place,
  );
}

interface Opened {
  readonly inputs: readonly Input[];
  readonly options: ReadOptions;
  readonly given: GivenFormats;
  readonly leftOut: readonly LeftOut[];
  readonly reading: Reading;
  readonly names: Transactions['mapping'];
  readonly described: Described;
  readonly tables: readonly TableSource[];
  readonly watch: WatchPlan;
}

/** The same columns in every file, so those of the first speak for all. */
class OpenTransactions implements Transactions {
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

  customerId(text: string): string {
    return folded(text, this.#opened.reading);
  }

  async load(keys: readonly string[], sink: TransactionSink): Promise<LoadResult> {
    try {
      return await this.#load(keys, sink);
    } catch (error) {
      throw inColumn(error, this.header);
    }
  }

  async #load(keys: readonly string[], sink: TransactionSink): Promise<LoadResult> {
    const { inputs, given, options, watch, reading, leftOut } = this.#opened;
    const { signal, maxRejects, onReject, onLeft, timezone = null, asIs = new Set() } = options;
    const positions = keys.map((name) => keyPosition(this.header, name, inputs[0]!.head.place));
    const wanted = [...new Set([...positionsIn(reading), ...positions, ...watchedColumns(watch)])].sort(
      (a, b) => a - b,
    );
    const at = (column: number): number => wanted.indexOf(column);
    const names = wanted.map((column) => this.header[column]!);
    const currencies = watch.currency.map((columns) => columns.map(at));
    const plan: Plan = { reading: moved(reading, at), keys: positions.map(at), currencies, names };
    const found = await withFieldsOfText(
      await proveAll(await this.#texts(wanted, positions), given, signal),
      options.scratch,
      signal,
    );
    const formats = await formatsOf(found, plan, given, signal);
    const proven = plainUnder(found, formats);
    const memory: Memory = {
      ...emptyMemory(new Watch(watchMoved(watch, at), names, formats.amounts)),
      rejects: new Rejects(onReject),
      accounts: new Accounts(onLeft),
    };
    this.#loaded = { proven, plan, formats };
    const files: FileInput[] = [];
    const blanks = new Map<string, number>();
    let totals = NO_TOTALS;
    for (const [number, file] of proven.entries()) {
      const loaded = await loadFile(file, number, plan, formats, memory, sink, signal);
      files.push(loaded.input);
      totals = addTotals(totals, loaded.totals);
      for (const [column, count] of loaded.blanks)
        blanks.set(names[column]!, (blanks.get(names[column]!) ?? 0) + count);
    }
    const { rejects, accounts, unlisted } = memory;
    const hopeless = files.some((file) => file.rejected === file.records);
    const records = totals.records + accounts.records + unlisted.records + rejects.total;
    if (rejects.exceed(records, hopeless ? undefined : maxRejects)) {
      if (given.date && [...rejects.summary.counts.keys()].some(isOfDates))
        rejects.amend(isOfDates, { ...(await remediesOf(proven, plan, given, signal)) });
      throw new RejectsError(records, rejects.summary, rejects.remedy);
    }
    if (formats.mark.unsettled) throw formats.mark.unsettled;
    FaultsError.check([...unlisted.faults, ...memory.watch.faults(asIs)]);
    const { date, amounts, days } = formats;
    const written = days === 'as written' ? ' as written' : '';
    return {
      files,
      table: null,
      totals,
      dateFormat: date.name + written,
      datesRead: date.described + written,
      decimalMark: amounts.mark,
      markMatters: formats.mark.matters,
      currency: amounts.currency,
      rejects: rejects.summary,
      accounts: accounts.result,
      blanks,
      warnings: [...memory.watch.warnings(asIs), ...markWarnings(formats)],
      leftOut,
      idleZone: given.zone?.asked ? null : timezone,
    };
  }

  async eachAccepted(see: (transaction: Accepted) => void): Promise<void> {
    if (this.#loaded === null) throw new TypeError('nothing is loaded yet');
    const { proven, plan, formats } = this.#loaded;
    const { signal } = this.#opened.options;
    const memory = { ...emptyMemory(new Watch(NOTHING_WATCHED, plan.names, formats.amounts)), accepted: see };
    for (const [number, file] of proven.entries()) await readAgain(file, number, plan, formats, memory, signal);
  }

  /** Every file as text, with the columns that are wanted of it. */
  async #texts(wanted: readonly number[], keys: readonly number[]): Promise<readonly TextFile[]> {
    const { inputs, options, given, reading, watch, described } = this.#opened;
    const { columnar, signal } = options;
    const extracted = await extractColumns(inputs, wanted, reading, keys, columnar, given.zone, signal);
    const direct = isDirect(reading) && watchesNothing(watch);
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

/** W371 where all amounts fit the other mark too, W372 where one was read with decimals that its currency does not have. */
function markWarnings({ amounts, mark: { otherFits } }: Formats): readonly Warning[] {
  const other = amounts.mark === '.' ? ',' : '.';
  const { odd } = amounts;
  return [
    ...(otherFits === null ? [] : [{ code: 'W371', values: { text: otherFits, mark: amounts.mark, other } }]),
    ...(odd === null ? [] : [{ code: 'W372', values: { text: shown(odd.text), currency: odd.currency, other } }]),
  ];
}

/** Nothing is known yet of any file. */
function emptyMemory(watch: Watch): Memory {
  return {
    rejects: new Rejects(undefined),
    accounts: new Accounts(undefined),
    orders: new Orders(),
    once: new Orders(),
    unlisted: new Unlisted(),
    watch,
  };
}

/** True where the three columns are all that has to be looked at. */
function isDirect(reading: Reading): boolean {
  const { customer, nobody, unless, foldEmail, foldIds, alias, date, amount, minus, zero, rules, order } = reading;
  const plainIds = customer.length === 1 && !nobody && !unless && !foldEmail && !foldIds && !alias;
  const plainMoney =
    amount.kind === 'column' && minus.length + zero.length === 0 && !reading.onlyCurrency && !reading.rates;
  const allRows = rules.length === 0 && !order && reading.once === null && reading.fillDown === null && !reading.stop;
  return plainIds && plainMoney && allRows && date.length === 1;
}

function shapeOf(
  { customer, date, amount }: Reading,
  keys: readonly number[],
  delimiter: string,
  fields: number,
): Shape | null {
  if (amount.kind !== 'column') return null;
  return { delimiter, fields, customer: customer[0]!, date: date[0]!, amount: amount.column, keys };
}
