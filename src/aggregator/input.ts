import type { Population } from '../base/customers.ts';
import { AMOUNT_SCALE, exactText } from '../base/money.ts';
import { Exact, type Json } from '../base/report.ts';

export interface InputFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
  readonly rejected: number;
  /** 10^-4. */
  readonly amount: bigint;
}

export interface InputTable {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
}

/** A table of transactions, read where it stands; the checksum is of the columns that were read. */
export interface InputStore {
  readonly name: string;
  readonly rows: number;
  readonly checksum: string;
}

export interface Input {
  readonly files: readonly InputFile[];
  /** Read instead of files. */
  readonly table?: InputStore | null;
  readonly tables: readonly InputTable[];
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
  const part = ({ customers, records, amount }: typeof valued): Json => ({
    customers,
    records,
    amount: new Exact(exactText(amount, AMOUNT_SCALE, digits)),
  });
  return {
    files: input.files.map((file) => ({
      name: file.name,
      sha256: file.sha256,
      bytes: file.bytes,
      records: file.records,
      rejected: file.rejected,
      amount_total: new Exact(exactText(file.amount, AMOUNT_SCALE, digits)),
    })),
    ...(input.table && { table: { name: input.table.name, rows: input.table.rows, checksum: input.table.checksum } }),
    tables: input.tables.map(({ name, sha256, bytes, records }) => ({ name, sha256, bytes, records })),
    reconciliation: {
      valued: part(valued),
      without_purchase: part(withoutPurchase),
      after_as_of: part(afterAsOf),
      total: {
        records: valued.records + withoutPurchase.records + afterAsOf.records,
        amount: new Exact(exactText(valued.amount + withoutPurchase.amount + afterAsOf.amount, AMOUNT_SCALE, digits)),
      },
    },
  };
}
