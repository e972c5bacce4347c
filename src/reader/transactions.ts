import { ClvError, type Warning } from '../base/errors.ts';
import type { ControlTotals, TransactionSink } from '../base/transactions.ts';
import { type Account, Accounts } from './accounts.ts';
import type { Mark } from './amounts.ts';
import { columnarHead, describeColumns, extractColumns } from './columnar.ts';
import { keyPosition } from './columns.ts';
import { isOfDates } from './date-remedies.ts';
import { type LeftOut, withFolders } from './folder.ts';
import { type Head, readHead } from './header.ts';
import { folded } from './ids.ts';
import { isPlain, moved, positionsIn, type Reading } from './layouts/bind.ts';
import { chosenLayouts } from './layouts/library.ts';
import { fitsHeader } from './layouts/roles.ts';
import { type FileInput, formatsOf, type Input, loadFile, proveAll, remediesOf, type TextFile } from './load.ts';
import { Orders } from './orders.ts';
import type { Shape } from './plain-scan.ts';
import { type GivenFormats, givenFormats, type ReadOptions } from './read-options.ts';
import { FaultsError, Rejects, RejectsError, type RejectsSummary } from './rejects.ts';
import type { Memory, Plan } from './rows.ts';
import { openSource, type Source } from './source.ts';
import type { TableSource } from './table.ts';
import { addTotals, NO_TOTALS } from './totals.ts';
import { type Described, type RoleNames, understood } from './understood.ts';
import { Unlisted } from './unlisted.ts';
import { Watch, type WatchPlan, watchedColumns, watchesNothing, watchMoved } from './watch.ts';
import { watchPlanOf } from './watched.ts';

export type { LeftRecord } from './accounts.ts';
export type { FileInput } from './load.ts';
export type { ReadOptions } from './read-options.ts';
export type { Reject } from './rejects.ts';
export type { Described } from './understood.ts';

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
  /** The sign or code that amounts carry. */
  readonly currency: string | null;
  readonly rejects: RejectsSummary;
  /** Records that are no transactions though nothing is wrong with them. */
  readonly accounts: readonly Account[];
  /** Cells of further terms of the amount that were blank and counted as nothing, by column. */
  readonly blanks: ReadonlyMap<string, number>;
  readonly warnings: readonly Warning[];
  /** What stands in the folders that were read and is none of their files. */
  readonly leftOut: readonly LeftOut[];
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
  /** Small tables that decide how the transactions are read. */
  readonly tables: readonly TableSource[];
  /**
   * Reads everything into a sink. `keys` are header names wanted besides the three, in the order the sink expects.
   * @throws ClvError E103, E105, E204, E205, E213, E217, E232, E234–E238, E240, E242, E243, E246, E282, E283, E286–E288, E291–E295,
   * E299, E421, E422, E431, E501, and RejectsError (E241)
   */
  load(keys: readonly string[], sink: TransactionSink): Promise<LoadResult>;
  /** E431 unless every file is still what was read: call it after a sink has read files by itself. */
  verifyUnchanged(): Promise<void>;
}

/** A known export has formats of its own, and the days of its shop. */
function inThatLayout(given: GivenFormats, { layout, description }: Described): GivenFormats {
  if (layout === null) return given;
  return { ...given, candidates: description.date?.formats ?? given.candidates, days: given.days ?? 'as written' };
}

/** Finds the files and reads their header. @throws ClvError E101–E108, E133–E136, E222–E226, E231, E234–E239, E242–E245, E289, E296, E401, E403–E405, E422 */
export async function openTransactions(typed: readonly string[], options: ReadOptions): Promise<Transactions> {
  const given = givenFormats(options);
  const layouts = await chosenLayouts(options.layout);
  const { files, leftOut } = withFolders(typed);
  const sources: Source[] = [];
  for (const [index, name] of files.entries()) sources.push(await openSource(name, index, options));
  const columnar = await describeColumns(sources, options.columnar);
  const fits = (header: readonly string[]): boolean => fitsHeader(header, options);
  const inputs: Input[] = [];
  for (const source of sources) {
    const table = columnar.get(source) ?? null;
    const wanted = { delimiter: options.delimiter, layouts, fits };
    const head = table ? columnarHead(table, layouts) : await readHead(source, wanted);
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
  return new OpenTransactions({ inputs, options, given: formats, leftOut, ...reading, described: said, tables, watch });
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

/** The same columns in every file, so those of the first speak for all. */
class OpenTransactions implements Transactions {
  readonly header: readonly string[];
  readonly mapping: Transactions['mapping'];
  readonly description: Described;
  readonly tables: readonly TableSource[];
  readonly #opened: Opened;

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
    const { inputs, given, options, watch, reading, leftOut } = this.#opened;
    const { signal, maxRejects, onReject, onLeft, asIs = new Set() } = options;
    const positions = keys.map((name) => keyPosition(this.header, name, inputs[0]!.head.place));
    const wanted = [...new Set([...positionsIn(reading), ...positions, ...watchedColumns(watch)])].sort(
      (a, b) => a - b,
    );
    const at = (column: number): number => wanted.indexOf(column);
    const names = wanted.map((column) => this.header[column]!);
    const plan: Plan = { reading: moved(reading, at), keys: positions.map(at), names };
    const proven = await proveAll(await this.#texts(wanted, positions), given, signal);
    const formats = await formatsOf(proven, plan, given, signal);
    const memory: Memory = {
      rejects: new Rejects(onReject),
      accounts: new Accounts(onLeft),
      orders: new Orders(),
      once: new Orders(),
      unlisted: new Unlisted(),
      watch: new Watch(watchMoved(watch, at), names, formats.amounts),
    };
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
      throw new RejectsError(records, rejects.summary);
    }
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
      currency: amounts.currency,
      rejects: rejects.summary,
      accounts: accounts.result,
      blanks,
      warnings: memory.watch.warnings(asIs),
      leftOut,
    };
  }

  /** Every file as text, with the columns that are wanted of it. */
  async #texts(wanted: readonly number[], keys: readonly number[]): Promise<readonly TextFile[]> {
    const { inputs, options, given, reading, watch } = this.#opened;
    const { columnar, signal } = options;
    const extracted = await extractColumns(inputs, wanted, reading, keys, columnar, given.zone, signal);
    const direct = isPlain(reading) && watchesNothing(watch);
    return inputs.map(({ source, head }): TextFile => {
      const text = extracted.get(source);
      const { skip, delimiter } = head;
      if (text) {
        const columns = [...wanted.keys()];
        const at = (column: number): number => wanted.indexOf(column);
        const shape = direct ? shapeOf(moved(reading, at), keys.map(at), ',', wanted.length) : null;
        return { ...text, delimiter: ',', skip: 1, projection: { columns, fields: wanted.length }, direct: shape };
      }
      const fields = head.columns.length;
      const shape = direct && skip === 1 ? shapeOf(reading, keys, delimiter, fields) : null;
      const canonical = { date: false, amount: false };
      return { source, delimiter, skip, canonical, projection: { columns: wanted, fields }, direct: shape };
    });
  }

  async verifyUnchanged(): Promise<void> {
    for (const { source } of this.#opened.inputs) await source.verify();
  }
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
