import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isoOf } from '../../src/base/calendar.ts';
import { ClvError } from '../../src/base/errors.ts';
import { MESSAGES } from '../../src/base/messages.ts';
import { unitsText } from '../../src/base/money.ts';
import type { Batch, PlainFile, TransactionSink } from '../../src/data/transactions.ts';
import {
  type LoadResult,
  openTransactions,
  type ReadOptions,
  type Reject,
  type Transactions,
} from '../../src/reader/transactions.ts';

/** A directory of its own for a test file; `remove` afterwards. */
export function workspace() {
  const path = mkdtempSync(join(tmpdir(), 'clv-reader-'));
  const scratch = join(path, 'scratch');
  mkdirSync(scratch);
  let count = 0;
  return {
    path,
    scratch,
    file(content: string | Uint8Array, name = `f${count++}.csv`): string {
      const file = join(path, name);
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Keeps what it is given: rows as text, and plain files. */
export class MemorySink implements TransactionSink {
  readonly files: PlainFile[] = [];
  readonly rows: string[][] = [];

  async handOver(file: PlainFile): Promise<void> {
    this.files.push(file);
  }

  async append({ length, customers, days, amounts, keys }: Batch): Promise<void> {
    for (let i = 0; i < length; i++) {
      const values = keys.map((column) => column[i]!);
      this.rows.push([customers[i]!, isoOf(days[i]!), unitsText(amounts[i]!, 4), ...values]);
    }
  }

  async forget(): Promise<void> {
    this.rows.length = 0;
  }
}

export interface Loaded {
  readonly transactions: Transactions;
  readonly result: LoadResult;
  readonly sink: MemorySink;
  readonly rejects: readonly Reject[];
}

/** Reads files and keeps everything. */
export async function load(
  files: readonly string[],
  options: Omit<ReadOptions, 'onReject'>,
  keys: readonly string[] = [],
  rejects: Reject[] = [],
): Promise<Loaded> {
  const sink = new MemorySink();
  const transactions = await openTransactions(files, { ...options, onReject: (reject) => rejects.push(reject) });
  const result = await transactions.load(keys, sink);
  return { transactions, result, sink, rejects };
}

/** The error of a promise that must fail with one of ours; its values must fill its message. */
export async function failure(work: Promise<unknown>): Promise<ClvError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ClvError)) throw new Error(`no coded error but ${error}`);
  mustFill(error.code, error.values);
  return error;
}

/** Every placeholder of a message must have a value. */
export function mustFill(code: ClvError['code'], values: ClvError['values']): void {
  const { text, remedy } = MESSAGES[code];
  for (const [, name] of `${text} ${remedy}`.matchAll(/\{(\w+)\}/g)) {
    if (values[name!] === undefined) throw new Error(`${code} lacks a value for {${name}}`);
  }
}
