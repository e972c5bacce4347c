import { ClvError } from '../base/errors.ts';
import type { ControlTotals, TransactionSink } from '../base/transactions.ts';
import type { Mark } from './amounts.ts';
import { columnarHead, describeColumns, extractColumns } from './columnar.ts';
import type { Role } from './columns.ts';
import { type LeftOut, withFolders } from './folder.ts';
import { type Head, readHead } from './header.ts';
import { type FileInput, formatsOf, type Input, loadFile, proveAll, shapeOf, type TextFile } from './load.ts';
import { type GivenFormats, givenFormats, type ReadOptions } from './read-options.ts';
import { Rejects, type RejectsSummary } from './rejects.ts';
import { openSource, type Source } from './source.ts';
import { addTotals, NO_TOTALS } from './totals.ts';

export type { FileInput } from './load.ts';
export type { ReadOptions } from './read-options.ts';
export type { Reject } from './rejects.ts';

export interface LoadResult {
  readonly files: readonly FileInput[];
  /** What was read instead of files. */
  readonly table: TableInput | null;
  readonly totals: ControlTotals;
  readonly dateFormat: string;
  readonly decimalMark: Mark;
  /** The sign or code that amounts carry. */
  readonly currency: string | null;
  readonly rejects: RejectsSummary;
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
  readonly mapping: Readonly<Record<Role, string>> & { readonly detected: readonly Role[] };
  /**
   * Reads everything into a sink. `keys` are header names wanted besides the three, in the order the sink expects.
   * @throws ClvError E103, E105, E204, E205, E213, E232, E234–E238, E240, E242, E243, E246, E421, E422, E431, E501, and RejectsError (E241)
   */
  load(keys: readonly string[], sink: TransactionSink): Promise<LoadResult>;
  /** E431 unless every file is still what was read: call it after a sink has read files by itself. */
  verifyUnchanged(): Promise<void>;
}

/** Finds the files and reads their header. @throws ClvError E101–E108, E112, E231, E234–E239, E242–E250, E264–E266, E401, E403–E405, E421, E422 */
export async function openTransactions(typed: readonly string[], options: ReadOptions): Promise<Transactions> {
  const given = givenFormats(options);
  const { files, leftOut } = withFolders(typed);
  const sources: Source[] = [];
  for (const [index, name] of files.entries()) sources.push(...(await openSource(name, index, options)));
  checkSheet(sources, options);
  const columnar = await describeColumns(sources, options.columnar);
  const inputs: Input[] = [];
  for (const source of sources) {
    const table = columnar.get(source) ?? null;
    const head = table
      ? columnarHead(table, options)
      : await readHead(source, options, source.delimiter ?? options.delimiter);
    const first = inputs[0];
    if (first && !sameColumns(first.head, head)) throw new ClvError('E239', { first: first.source.name }, head.place);
    inputs.push({ source, head, columnar: table });
  }
  return new OpenTransactions(inputs, options, given, [...leftOut, ...sheetsLeft(sources)]);
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

/** The same columns in every file, so those of the first speak for all. */
class OpenTransactions implements Transactions {
  readonly header: readonly string[];
  readonly mapping: Transactions['mapping'];
  readonly #inputs: readonly Input[];
  readonly #options: ReadOptions;
  readonly #given: GivenFormats;
  readonly #leftOut: readonly LeftOut[];

  constructor(inputs: readonly Input[], options: ReadOptions, given: GivenFormats, leftOut: readonly LeftOut[]) {
    const { columns, mapping } = inputs[0]!.head;
    const { customer, date, amount } = mapping.positions;
    this.header = columns;
    this.mapping = {
      customer: columns[customer]!,
      date: columns[date]!,
      amount: columns[amount]!,
      detected: mapping.detected,
    };
    this.#inputs = inputs;
    this.#options = options;
    this.#given = given;
    this.#leftOut = leftOut;
  }

  async load(keys: readonly string[], sink: TransactionSink): Promise<LoadResult> {
    const { signal, maxRejects, onReject, timezone = null } = this.#options;
    const proven = await proveAll(await this.#texts(keys), this.#given, signal);
    const formats = await formatsOf(proven, this.#given, signal);
    const rejects = new Rejects(onReject);
    const files: FileInput[] = [];
    let totals = NO_TOTALS;
    for (const file of proven) {
      const loaded = await loadFile(file, formats, rejects, sink, signal);
      files.push(loaded.input);
      totals = addTotals(totals, loaded.totals);
    }
    const hopeless = files.some((file) => file.rejected === file.records);
    rejects.check(totals.records + rejects.total, hopeless ? undefined : maxRejects);
    const { date, amounts } = formats;
    return {
      files,
      table: null,
      totals,
      dateFormat: date.name,
      decimalMark: amounts.mark,
      currency: amounts.currency,
      rejects: rejects.summary,
      leftOut: this.#leftOut,
      idleZone: this.#given.zone?.asked ? null : timezone,
    };
  }

  /** Every file as text. */
  async #texts(keys: readonly string[]): Promise<readonly TextFile[]> {
    const { columnar, signal } = this.#options;
    const extracted = await extractColumns(this.#inputs, keys, columnar, this.#given.zone, signal);
    return this.#inputs.map(({ source, head }) => extracted.get(source) ?? { source, shape: shapeOf(head, keys) });
  }

  async verifyUnchanged(): Promise<void> {
    for (const { source } of this.#inputs) await source.verify();
  }
}
