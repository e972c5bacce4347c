import type { Batch, PlainFile } from '../../data/transactions.ts';
import { type Intake, Ledger } from '../ledger.ts';
import { exportsOf } from './exports.ts';
import { DuckDBStore } from './store.ts';
import { DuckDBTable } from './vectors.ts';

/** The embedded ledger. @param scratch a private directory that exists */
export async function openDuckDB(scratch: string): Promise<Ledger> {
  const store = await DuckDBStore.open(scratch);
  return new Ledger(store, new DuckDBIntake(store), exportsOf(store));
}

/** Bytes that a transaction takes as text: without keys, and by each of them. */
const ROW = 32;
const KEY = 8;

/** Transactions from files that the engine reads itself, and from rows that were read here. */
export class DuckDBIntake implements Intake {
  readonly #store: DuckDBStore;
  readonly #files: string[] = [];
  #parsed: DuckDBTable | null = null;

  constructor(store: DuckDBStore) {
    this.#store = store;
  }

  async handOver(file: PlainFile): Promise<void> {
    this.#files.push(plainRows(this.#store.link(file.path), file));
  }

  async append(batch: Batch): Promise<void> {
    this.#parsed ??= await DuckDBTable.create(this.#store.connection, 'parsed', [
      ['customer_id', 'text'],
      ['day', 'day'],
      ['amount', 'amount'],
      ...batch.keys.map((_, i) => [`k${i}`, 'text'] as const),
    ]);
    this.#store.expect(batch.length * (ROW + batch.keys.length * KEY));
    const days = new Int32Array(batch.days);
    const amounts = new BigInt64Array(batch.amounts as bigint[]);
    this.#parsed.append(batch.length, (start, end) => [
      batch.customers.slice(start, end),
      days.subarray(start, end),
      amounts.subarray(start, end),
      ...batch.keys.map((key) => key.slice(start, end)),
    ]);
  }

  async forget(): Promise<void> {
    this.#parsed?.close();
    await this.done();
    this.#parsed = null;
  }

  async rows(): Promise<string> {
    this.#parsed?.close();
    await this.#store.seal();
    return `(${[...this.#files, ...(this.#parsed ? ['SELECT * FROM parsed'] : [])].join('\nUNION ALL ')})`;
  }

  async done(): Promise<void> {
    if (this.#parsed) await this.#store.drop('parsed');
  }
}

/**
 * A proven file as a subquery `customer_id, day, amount, k0 …`: everything pinned, nothing detected, and a null string that
 * cannot occur, since no field of a proven file has a line break. Dates are proven ISO, which the engine reads without being
 * told, in half the time.
 * @param link the file as an SQL literal, a link with a name of ours
 */
function plainRows(link: string, file: PlainFile): string {
  const types = Array.from({ length: file.fields }, (_, i) => {
    if (i === file.date) return `f${i}: 'DATE'`;
    return `f${i}: '${i === file.amount ? 'DECIMAL(18,4)' : 'VARCHAR'}'`;
  });
  const options = [
    'auto_detect = false',
    'header = true',
    'strict_mode = true',
    `delim = '${file.delimiter}'`,
    `quote = '"'`,
    `escape = '"'`,
    // Pinned for LF only: with '\r\n' this engine (1.5.6) returns no row; left to itself it reads both.
    ...(file.newline === '\n' ? [`new_line = '\\n'`] : []),
    `nullstr = '\n'`,
    `decimal_separator = '.'`,
    `columns = {${types.join(', ')}}`,
  ];
  const keys = file.keys.map((field, i) => `, f${field} AS k${i}`);
  return `SELECT f${file.customer} AS customer_id, f${file.date} AS day, f${file.amount} AS amount${keys.join('')}
FROM read_csv(${link}, ${options.join(', ')})`;
}
