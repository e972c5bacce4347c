import { ClvError } from '../base/errors.ts';
import type { ControlTotals, TransactionSink } from '../base/transactions.ts';
import type { Mark } from './amounts.ts';
import type { Role } from './columns.ts';
import { type Head, readHead } from './header.ts';
import { type FileInput, formatsOf, type Input, loadFile, proveAll } from './load.ts';
import { type GivenFormats, givenFormats, type ReadOptions } from './read-options.ts';
import { Rejects, type RejectsSummary } from './rejects.ts';
import { openSource } from './source.ts';
import { addTotals, NO_TOTALS } from './totals.ts';

export type { FileInput } from './load.ts';
export type { ReadOptions } from './read-options.ts';
export type { Reject } from './rejects.ts';

export interface LoadResult {
  readonly files: readonly FileInput[];
  readonly totals: ControlTotals;
  readonly dateFormat: string;
  readonly decimalMark: Mark;
  /** The sign or code that amounts carry. */
  readonly currency: string | null;
  readonly rejects: RejectsSummary;
}

/** Files of transactions whose header is understood. */
export interface Transactions {
  readonly header: readonly string[];
  readonly mapping: Readonly<Record<Role, string>> & { readonly detected: readonly Role[] };
  /**
   * Reads everything into a sink. `keys` are header names wanted besides the three, in the order the sink expects.
   * @throws ClvError E103, E105, E204, E205, E213, E232, E234–E238, E240, E422, E431, and RejectsError (E241)
   */
  load(keys: readonly string[], sink: TransactionSink): Promise<LoadResult>;
  /** E431 unless every file is still what was read: call it after a sink has read files by itself. */
  verifyUnchanged(): Promise<void>;
}

/** Finds the files and reads their header. @throws ClvError E101–E108, E231, E234–E239, E401–E403, E422 */
export async function openTransactions(files: readonly string[], options: ReadOptions): Promise<Transactions> {
  const given = givenFormats(options);
  const inputs: Input[] = [];
  for (const [index, name] of files.entries()) {
    const source = await openSource(name, index, options);
    const head = await readHead(source, options, options.delimiter);
    const first = inputs[0];
    if (first && !sameColumns(first.head, head)) throw new ClvError('E239', { first: first.source.name }, head.place);
    inputs.push({ source, head });
  }
  return new OpenTransactions(inputs, options, given);
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

  constructor(inputs: readonly Input[], options: ReadOptions, given: GivenFormats) {
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
  }

  async load(keys: readonly string[], sink: TransactionSink): Promise<LoadResult> {
    const { signal, maxRejects, onReject } = this.#options;
    const proven = await proveAll(this.#inputs, keys, this.#given, signal);
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
      totals,
      dateFormat: date.name,
      decimalMark: amounts.mark,
      currency: amounts.currency,
      rejects: rejects.summary,
    };
  }

  async verifyUnchanged(): Promise<void> {
    for (const { source } of this.#inputs) await source.verify();
  }
}
