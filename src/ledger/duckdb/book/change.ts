import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ClvError } from '../../../base/errors.ts';
import { errnoOf, shortage } from '../../../base/faults.ts';
import { variant } from '../../../base/message-text.ts';
import type { Book, BookHead, CountedBook } from '../../../data/books/book.ts';
import type { NewClose } from '../../../data/books/close.ts';
import type { BookChange, ClosedCustomers } from '../../book-change.ts';
import { isDatabase } from '../../book-file.ts';
import { ColumnsBeside } from '../../kept-columns.ts';
import type { Ledger } from '../../ledger.ts';
import { FORMAT, mustBeLast, nextNumber } from '../../steps/books/tables.ts';
import type { DuckDBStore } from '../store.ts';
import { addTo } from './add.ts';
import { dropClose, writeClose } from './closing.ts';
import { lockBook, placeOf } from './lock.ts';
import { MIGRATIONS } from './migrations.ts';
import { attached, checkFormat, contentOf, countedBook, keptBeside, ledgerOf } from './read.ts';
import { noteTouched, resummarise, summarise } from './summary.ts';
import { creation } from './tables.ts';

/**
 * Changes a book as a whole, or not at all. Who reads it is never held up, and reads the old one or the new one: the work is
 * done on a copy beside it, which is renamed over it when all of it is done and on the disk. What a writer that was killed has
 * left there, the next one removes.
 * @param scratch a private directory that exists
 * @throws ClvError E421, E481, E483, E484, E486, E494, E496
 */
export async function changeBook<T>(
  file: string,
  scratch: string,
  signal: AbortSignal,
  work: (change: BookChange) => Promise<T>,
): Promise<T> {
  const path = placeOf(file);
  const there = existsSync(path);
  if (there && !isDatabase(path)) throw new ClvError('E481', variant('E481', 'no database'), { file });
  if (there) writing(file, () => accessSync(path, constants.W_OK));
  writing(file, () => accessSync(dirname(path), constants.W_OK));
  const unlock = await lockBook(file, path);
  const copy = `${path}.new`;
  const remove = (): void => removeCopy(copy);
  signal.addEventListener('abort', remove);
  try {
    writing(file, () => {
      remove();
      if (!there) return;
      copyFileSync(path, copy, constants.COPYFILE_FICLONE);
      chmodSync(copy, 0o600);
    });
    const change = new Change(file, copy, scratch, signal);
    if (there) await change.migrate();
    const done = await work(change);
    signal.throwIfAborted();
    if (existsSync(copy)) writing(file, () => putInPlace(copy, path, there ? statSync(path).mode & 0o7777 : null));
    if (change.ofTransactions) ColumnsBeside.forget(path);
    return done;
  } finally {
    signal.removeEventListener('abort', remove);
    remove();
    unlock();
  }
}

/** Removes a copy, and what the engine has put beside it. */
function removeCopy(copy: string): void {
  const name = basename(copy);
  for (const one of readdirSync(dirname(copy)))
    if (one === name || one.startsWith(`${name}.`)) rmSync(join(dirname(copy), one), { force: true });
}

/** Makes a copy the book, for good. @param mode permissions of the book that it replaces */
function putInPlace(copy: string, path: string, mode: number | null): void {
  if (mode !== null) chmodSync(copy, mode);
  onDisk(copy);
  renameSync(copy, path);
  try {
    onDisk(dirname(path));
  } catch {
    // The book is in place: a file system that cannot sync a folder is no failure.
  }
}

function onDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Work of the system on the book: E421, E465 and E466 where the machine lacks something, else E494. */
function writing<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const detail = errnoOf(error);
    throw shortage(error, file) ?? (detail === undefined ? error : new ClvError('E494', { detail }, { file }));
  }
}

/** The copy of a book while it is changed. Each step opens it, and leaves all of it in its file. */
class Change implements BookChange {
  readonly #file: string;
  readonly #copy: string;
  readonly #scratch: string;
  readonly #signal: AbortSignal;
  /** Whether other transactions count than before. */
  ofTransactions = false;

  constructor(file: string, copy: string, scratch: string, signal: AbortSignal) {
    this.#file = file;
    this.#copy = copy;
    this.#scratch = scratch;
    this.#signal = signal;
  }

  async migrate(): Promise<void> {
    await this.#write(async (store) => {
      const format = await checkFormat(store, this.#file);
      for (let from = format; from < FORMAT; from++) await MIGRATIONS[from]!(store);
    });
  }

  async book(): Promise<Book | null> {
    if (!existsSync(this.#copy)) return null;
    return this.#open('READ_ONLY', (store) => contentOf(store, this.#file));
  }

  async create(head: BookHead, version: string): Promise<void> {
    await this.#write(async (store) => {
      for (const statement of creation(head)) await store.run(statement);
      const { customer, date, amount, currency, once, reading } = head;
      await store.rows(
        `INSERT INTO book.main.book VALUES (${FORMAT}, $1, $2, $3, $4, NULLIF($5, ''), NULLIF($6, ''), $7)`,
        [version, customer, date, amount, currency ?? '', once ?? '', reading],
      );
    });
  }

  async settle({ once, currency }: Pick<BookHead, 'once' | 'currency'>, version: string): Promise<void> {
    await this.#write(async (store) => {
      await store.rows(`UPDATE book.main.book SET once = NULLIF($1, ''), currency = NULLIF($2, ''), version = $3`, [
        once ?? '',
        currency ?? '',
        version,
      ]);
    });
  }

  async add(read: Parameters<BookChange['add']>[0]): ReturnType<BookChange['add']> {
    this.ofTransactions = true;
    return this.#write(async (store) => {
      const book = await contentOf(store, this.#file);
      const added = await addTo(store, book, read);
      if (book.adds.length === 0) await summarise(store);
      else await resummarise(store, await noteTouched(store, added.number));
      return added;
    });
  }

  /** Later adds that stand on its records hold it in place: without them, records would be gone that later files have too. */
  async remove(number: number): Promise<void> {
    this.ofTransactions = true;
    await this.#write(async (store) => {
      const book = await contentOf(store, this.#file);
      mustBeLast(book, number);
      const ended = nextNumber(book);
      const touched = await noteTouched(store, number);
      await store.run(`UPDATE book.main.transactions SET ended = ${ended} WHERE add = ${number} AND ended IS NULL`);
      await store.run(`UPDATE book.main.transactions SET ended = NULL WHERE ended = ${number}`);
      await store.run(`UPDATE book.main.adds SET ended = ${ended} WHERE number = ${number}`);
      await resummarise(store, touched);
    });
  }

  async close(close: NewClose, customers: ClosedCustomers): Promise<void> {
    await this.#write(async (store) => writeClose(store, await contentOf(store, this.#file), close, customers));
  }

  async reopen(number: number): Promise<void> {
    await this.#write((store) => dropClose(store, number));
  }

  async read<T>(work: (ledger: Ledger, book: CountedBook) => Promise<T>): Promise<T> {
    return this.#open('READ_ONLY', async (store) => {
      const book = await countedBook(store, this.#file);
      const kept = keptBeside(placeOf(this.#file));
      const done = await work(await ledgerOf(store, book, kept), book);
      kept?.fits.write();
      return done;
    });
  }

  /** Statement by statement: where one fails, the copy goes as a whole. */
  async #write<T>(work: (store: DuckDBStore) => Promise<T>): Promise<T> {
    return this.#open('READ_WRITE', async (store) => {
      await store.run('SET preserve_insertion_order = true');
      const done = await work(store);
      await store.run('CHECKPOINT book');
      return done;
    });
  }

  async #open<T>(how: 'READ_ONLY' | 'READ_WRITE', work: (store: DuckDBStore) => Promise<T>): Promise<T> {
    this.#signal.throwIfAborted();
    const store = await attached(this.#file, this.#copy, this.#scratch, how);
    const stop = (): void => store.interrupt();
    this.#signal.addEventListener('abort', stop);
    try {
      return await work(store);
    } finally {
      this.#signal.removeEventListener('abort', stop);
      await store.close();
    }
  }
}
