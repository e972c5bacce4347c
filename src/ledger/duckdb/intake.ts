import type { Batch, PlainFile, TransactionSink } from '../../base/transactions.ts';
import type { Intake } from '../sql-ledger.ts';
import { plainRows } from './files.ts';
import type { DuckDBStore } from './store.ts';
import { DuckDBTable } from './table.ts';

/** Transactions from files that the engine reads itself, and from rows that were read here. */
export class DuckDBIntake implements Intake, TransactionSink {
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
    const days = new Int32Array(batch.days);
    const amounts = new BigInt64Array(batch.amounts as bigint[]);
    this.#parsed.append(batch.length, (start, end) => [
      batch.customers.slice(start, end),
      days.subarray(start, end),
      amounts.subarray(start, end),
      ...batch.keys.map((key) => key.slice(start, end)),
    ]);
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
