import { ClvError } from '../base/errors.ts';
import { type Book, liveAdds } from '../data/books/book.ts';
import type { Ground } from '../data/books/kept-fits.ts';
import { GIVEN_BACK } from '../data/transactions.ts';
import type { Intake } from './ledger.ts';
import type { LoadPlan } from './plan.ts';
import { keptName } from './steps/books/tables.ts';
import type { KeyedRows } from './steps/days.ts';

/** Where the transactions of a book stand. @param keys `, t.c3 AS k0 …`: the kept columns that are read, of the table t */
export interface BookRows {
  /** Those that count, `customer_id, day, amount, k0 …`, as they stand after FROM. */
  rows(keys: string): Promise<string>;
  keyed?(keys: string): KeyedRows;
  /** See BookTables. */
  closed(number: number): string;
}

/** Transactions that stand in a book and stay there. */
export class BookIntake implements Intake {
  readonly #book: Book;
  readonly #place: BookRows;

  constructor(book: Book, place: BookRows) {
    this.#book = book;
    this.#place = place;
  }

  /** E491 for a column that is not kept; E495 where nothing is. */
  async rows(plan: LoadPlan): Promise<string> {
    if (liveAdds(this.#book).length === 0) throw new ClvError('E495', {}, { file: this.#book.name });
    return this.#place.rows(this.#keys(plan));
  }

  keyed(plan: LoadPlan): KeyedRows | null {
    return this.#place.keyed?.(this.#keys(plan)) ?? null;
  }

  closed(number: number): string {
    return this.#place.closed(number);
  }

  /** The accounts of what came in: hashes of all rows, and which of them later adds ended. */
  identity(): readonly Ground[] {
    const { adds, overlaps } = this.#book;
    return [
      adds.map((one) => [
        one.number,
        one.ended,
        one.records,
        ...[one.file.amount, one.days, one.idBytes, one.checksum].map(String),
      ]),
      overlaps.map((one) => [one.add, one.earlier, one.kind, one.records, String(one.amount), String(one.idBytes)]),
    ];
  }

  #keys({ keys }: LoadPlan): string {
    const { name, kept } = this.#book;
    const columns = keys.map((key, i) => {
      const at = kept.indexOf(key);
      if (at >= 0) return `, t.${keptName(at)} AS k${i}`;
      throw new ClvError(
        'E491',
        { column: key, kept: kept.filter((one) => one !== GIVEN_BACK).join(', ') || 'no column besides the roles' },
        { file: name },
      );
    });
    return columns.join('');
  }

  async handOver(): Promise<void> {
    throw new TypeError('a book reads its own rows');
  }

  async append(): Promise<void> {
    throw new TypeError('a book reads its own rows');
  }

  async forget(): Promise<void> {}

  async done(): Promise<void> {}
}
