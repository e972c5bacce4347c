import { ClvError } from '../../../base/errors.ts';
import type { Book, CountedBook } from '../../../data/books/book.ts';
import { BookIntake } from '../../book-intake.ts';
import { VALUED } from '../../exports.ts';
import { Ledger } from '../../ledger.ts';
import { type BookTables, FORMAT } from '../../steps/books/tables.ts';
import { count, dayOrNull, type Row } from '../../store.ts';
import type { BookAddress } from '../address.ts';
import type { ClickHouseStore } from '../store.ts';
import { ledgerRows, namesOf, tablesIn } from './tables.ts';
import type { Content } from './versions.ts';

/** A version of a book in a session. */
export class BookView {
  readonly tables: BookTables;
  readonly #store: ClickHouseStore;
  readonly #named: string;
  readonly #content: Content;

  /** E522 where the address names another cluster than the one that the book is kept on. */
  constructor(store: ClickHouseStore, address: BookAddress, named: string, content: Content) {
    const { cluster, runs } = content;
    if (address.cluster !== null && address.cluster !== cluster) {
      const problem = cluster === null ? 'it is kept on one server' : `it is kept on the cluster ${cluster}`;
      throw new ClvError('E522', { cluster: address.cluster, problem });
    }
    this.#store = store;
    this.#named = named;
    this.#content = content;
    store.parameters = namesOf(address, cluster);
    this.tables = tablesIn(store, { ...content.book, ...UNREAD, name: named }, runs, cluster);
  }

  /** The book with its days, which are those of its rows. */
  async book(): Promise<Book> {
    return this.#bookOf(await this.#held(''));
  }

  async counted(): Promise<CountedBook> {
    const held = await this.#held(', count(DISTINCT customer_id) AS customers');
    return { ...this.#bookOf(held), customers: count(held['customers']) };
  }

  async #held(more: string): Promise<Row> {
    const [held] = await this.#store.rows(
      `SELECT count(*) AS records, min(day) AS first_day, max(day) AS last_day${more} FROM ${this.tables.live} AS t`,
    );
    return held!;
  }

  #bookOf(held: Row): Book {
    const isEmpty = count(held['records']) === 0;
    return {
      ...this.#content.book,
      name: this.#named,
      format: FORMAT,
      firstDay: isEmpty ? null : dayOrNull(held['first_day']),
      lastDay: isEmpty ? null : dayOrNull(held['last_day']),
    };
  }

  /** A ledger that reads it where it stands. */
  ledger(book: Book): Ledger {
    const { runs, cluster } = this.#content;
    const { closed } = this.tables;
    const intake = new BookIntake(book, { rows: async (keys) => ledgerRows(book, runs, cluster, keys), closed });
    return new Ledger(this.#store, intake, {
      valued: async () => this.#store.parquet(`SELECT ${VALUED.join(', ')} FROM valued`),
    });
  }
}

/** What SQL asks nothing of. */
const UNREAD = { format: FORMAT, firstDay: null, lastDay: null };
