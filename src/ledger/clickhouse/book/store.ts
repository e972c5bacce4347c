import type { Book, BookDifference, CountedBook } from '../../../data/books/book.ts';
import type { Changes, Close } from '../../../data/books/close.ts';
import type { BookChange } from '../../book-change.ts';
import type { BookStore, Staging } from '../../book-store.ts';
import type { Opened } from '../../ledger.ts';
import { differencesIn } from '../../steps/books/check.ts';
import { changedIn } from '../../steps/books/closes.ts';
import { changesIn } from '../../steps/books/differences.ts';
import type { BookAddress } from '../address.ts';
import { ClickHouseStore } from '../store.ts';
import { changeBook } from './change.ts';
import { Versions } from './versions.ts';
import { BookView } from './view.ts';

/** A book in tables of a server, or of the shards of a cluster. What reads it raises E442 to E449, E483 and E520. */
export class ClickHouseBook implements BookStore {
  readonly #named: string;
  readonly #address: BookAddress;
  readonly #password: string;
  readonly #staging: () => Promise<Staging>;

  /**
   * @param named the address as it was typed
   * @param staging opens what files are read into before they are sent
   */
  constructor(named: string, address: BookAddress, password: string, staging: () => Promise<Staging>) {
    this.#named = named;
    this.#address = address;
    this.#password = password;
    this.#staging = staging;
  }

  mustBeThere(): Promise<void> {
    return this.#reading(async () => {});
  }

  async open(): Promise<Opened> {
    const store = new ClickHouseStore(this.#address, this.#password);
    try {
      const view = await this.#view(store);
      const book = await view.book();
      return { ledger: view.ledger(book), table: null, book };
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  read(): Promise<CountedBook> {
    return this.#reading((view) => view.counted());
  }

  check(): Promise<{ readonly book: CountedBook; readonly differences: readonly BookDifference[] }> {
    return this.#reading(async (view) => {
      const book = await view.counted();
      return { book, differences: await differencesIn(view.tables, book, []) };
    });
  }

  changedCloses(): Promise<{ readonly book: Book; readonly changed: ReadonlySet<number> }> {
    return this.#reading(async (view) => {
      const book = await view.book();
      return { book, changed: await changedIn(view.tables, book) };
    });
  }

  changesBetween(closes: readonly [Close, Close], top: number): Promise<Changes> {
    return this.#reading(({ tables }) => changesIn(tables, closes, top));
  }

  /** See changeBook. */
  async change<T>(signal: AbortSignal, work: (change: BookChange) => Promise<T>): Promise<T> {
    const store = new ClickHouseStore(this.#address, this.#password);
    const stop = (): void => void store.interrupt();
    signal.addEventListener('abort', stop);
    try {
      return await changeBook(
        { store, address: this.#address, named: this.#named, staging: this.#staging, signal },
        work,
      );
    } finally {
      signal.removeEventListener('abort', stop);
      await store.close();
    }
  }

  async #reading<T>(work: (view: BookView) => Promise<T>): Promise<T> {
    const store = new ClickHouseStore(this.#address, this.#password);
    try {
      return await work(await this.#view(store));
    } finally {
      await store.close();
    }
  }

  async #view(store: ClickHouseStore): Promise<BookView> {
    const { content } = await new Versions(store, this.#address, this.#named).mustBeThere();
    return new BookView(store, this.#address, this.#named, content);
  }
}
