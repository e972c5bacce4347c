import type { Day } from '../base/calendar.ts';

/**
 * What passes from the reader to a ledger. The reader either hands over a file it has proven plain, which the ledger reads
 * by itself, or appends checked rows by batches. Either way the ledger's totals must equal the reader's.
 */

/** Taken over every accepted record. `amount` in units of 10^-4, `days` the sum of day numbers, `idBytes` UTF-8 bytes of ids. */
export interface ControlTotals {
  readonly records: number;
  readonly amount: bigint;
  readonly days: bigint;
  readonly idBytes: bigint;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
}

/** Those of a ledger; null where no id was read: a book names customers by a key. */
export interface LedgerTotals extends Omit<ControlTotals, 'idBytes'> {
  readonly idBytes: bigint | null;
}

/** What of two control totals differs first, in words, with both; null where they are the same. */
export function differingTotal(
  reader: ControlTotals,
  ledger: LedgerTotals,
): { readonly what: string; readonly reader: string; readonly ledger: string } | null {
  const pairs = [
    ['records', reader.records, ledger.records],
    ['sum of amounts', reader.amount, ledger.amount],
    ['sum of days', reader.days, ledger.days],
    ['bytes of ids', reader.idBytes, ledger.idBytes ?? reader.idBytes],
    ['first day', reader.firstDay, ledger.firstDay],
    ['last day', reader.lastDay, ledger.lastDay],
  ] as const;
  const found = pairs.find(([, wanted, held]) => wanted !== held);
  return found ? { what: found[0], reader: String(found[1]), ledger: String(found[2]) } : null;
}

/**
 * A file that any RFC 4180 reader reads the same: UTF-8, no line break in quotes, the same number of fields everywhere,
 * trimmed non-blank ids, ISO days, amounts that are an optional minus, digits, and at most one point and 1–4 decimals.
 */
export interface PlainFile {
  readonly path: string;
  readonly delimiter: string;
  readonly newline: '\n' | '\r\n';
  readonly fields: number;
  /** Positions of the columns, from 0. */
  readonly customer: number;
  readonly date: number;
  readonly amount: number;
  readonly keys: readonly number[];
}

/** The name of a key that is no column: '1' of a row that is worth nothing since all of it was given back, else ''. */
export const GIVEN_BACK = '\0given back';

/** Checked rows, column by column. Key texts are trimmed; blank stays ''. */
export interface Batch {
  readonly length: number;
  readonly customers: readonly string[];
  readonly days: readonly Day[];
  /** Units of 10^-4. */
  readonly amounts: readonly bigint[];
  /** One list a key column. */
  readonly keys: readonly (readonly string[])[];
}

/** What transactions go into; a ledger is one. */
export interface TransactionSink {
  /** Remembers a proven file; it may be read any time before the ledger closes. */
  handOver(file: PlainFile): Promise<void>;
  append(batch: Batch): Promise<void>;
  /** Lets go of everything that was appended so far. */
  forget(): Promise<void>;
}

/** Which transaction of a customer tells its segment. */
export type SegmentFrom = 'first' | 'last';
