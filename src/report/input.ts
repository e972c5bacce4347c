import { ClvError } from '../base/errors.ts';
import { AMOUNT_SCALE, exactText } from '../base/money.ts';
import { type Book, liveAdds } from '../data/books/book.ts';
import type { Population } from '../data/customers.ts';
import type { FileInput, TableSource } from '../data/inputs.ts';
import { Exact, type Json } from '../data/report.ts';

/** A table of transactions, read where it stands; the checksum is of the columns that were read. */
export interface InputStore {
  readonly name: string;
  readonly rows: number;
  readonly checksum: string;
}

/** Records that are no transactions though nothing is wrong with them. `amount` in 10^-4. */
export interface InputAccount {
  readonly kind: 'continuation' | 'left_out' | 'repeated' | 'without_customer';
  /** Of those left out: the column and value that say so, and why in words. */
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string | null;
  readonly records: number;
  readonly amount: bigint;
}

/** How an export was read, where a layout or an option says it. */
export interface InputReading {
  readonly layout: { readonly name: string; readonly title: string } | null;
  readonly customer: string;
  readonly date: string;
  readonly amount: string;
}

export interface Input {
  readonly files: readonly FileInput[];
  /** Read instead of files. */
  readonly table?: InputStore | null;
  /** The book that the files were added to. */
  readonly book?: Book | null;
  readonly tables: readonly TableSource[];
  readonly accounts?: readonly InputAccount[];
  readonly reading?: InputReading | null;
}

/** Records and money of the accounts of one kind. */
export function accountsOf(
  input: Input,
  kind: InputAccount['kind'],
): { readonly records: number; readonly amount: bigint } {
  const found = (input.accounts ?? []).filter((account) => account.kind === kind);
  return {
    records: found.reduce((sum, { records }) => sum + records, 0),
    amount: found.reduce((sum, { amount }) => sum + amount, 0n),
  };
}

/** Money of every record that could be read, 10^-4. E501 unless every record of the files has one account. */
export function reconciled(
  input: Input,
  { valued, withoutPurchase, afterAsOf }: Population,
): { readonly records: number; readonly amount: bigint } {
  const accounts = input.accounts ?? [];
  const rejected = input.files.reduce((sum, file) => sum + file.rejected, 0);
  const parts = [valued, withoutPurchase, afterAsOf, ...accounts];
  const records = parts.reduce((sum, part) => sum + part.records, rejected);
  const read = input.files.reduce((sum, file) => sum + file.records, input.table?.rows ?? 0);
  if (records !== read) throw new ClvError('E501', { reader: read, ledger: records, what: 'records in all accounts' });
  return { records, amount: parts.reduce((sum, part) => sum + part.amount, 0n) };
}

/** The files read, and what became of their records and money. */
export function inputBlock({
  input,
  population,
  assumptions,
}: {
  readonly input: Input;
  readonly population: Population;
  readonly assumptions: { readonly digits: number };
}): Json {
  const { digits } = assumptions;
  const { valued, withoutPurchase, afterAsOf } = population;
  const money = (amount: bigint): Exact => new Exact(exactText(amount, AMOUNT_SCALE, digits));
  const account = (kind: InputAccount['kind']): Json => {
    const { records, amount } = accountsOf(input, kind);
    return { records, amount: money(amount) };
  };
  const fileBlock = (file: Omit<FileInput, 'plain'>) => ({
    name: file.name,
    sha256: file.sha256,
    bytes: file.bytes,
    records: file.records,
    rejected: file.rejected,
    amount_total: money(file.amount),
  });
  const total = reconciled(input, population);
  const part = ({ customers, records, amount }: typeof valued): Json => ({
    customers,
    records,
    amount: money(amount),
  });
  return {
    ...(input.reading && {
      reading: { ...input.reading, layout: input.reading.layout && { ...input.reading.layout } },
    }),
    ...(input.book ? { book: bookBlock(input.book, fileBlock) } : { files: input.files.map(fileBlock) }),
    ...(input.table && { table: { name: input.table.name, rows: input.table.rows, checksum: input.table.checksum } }),
    tables: input.tables.map(({ name, sha256, bytes, records }) => ({ name, sha256, bytes, records })),
    reconciliation: {
      valued: part(valued),
      without_purchase: part(withoutPurchase),
      after_as_of: part(afterAsOf),
      continuation_lines: account('continuation'),
      left_out: (input.accounts ?? [])
        .filter(({ kind }) => kind === 'left_out')
        .map(({ column, value, reason, records, amount }) => ({
          column,
          value,
          reason,
          records,
          amount: money(amount),
        })),
      repeated: account('repeated'),
      without_customer: account('without_customer'),
      rejected: { records: input.files.reduce((sum, file) => sum + file.rejected, 0) },
      total: { records: total.records, amount: money(total.amount) },
    },
  };
}

/** A book as it was read, and the files that were added to it. */
function bookBlock(book: Book, fileBlock: (file: Omit<FileInput, 'plain'>) => { readonly [key: string]: Json }): Json {
  const { name, format } = book;
  return { name, format, adds: liveAdds(book).map(({ number, file }) => ({ number, ...fileBlock(file) })) };
}
