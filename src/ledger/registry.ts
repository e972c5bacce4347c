import { existsSync } from 'node:fs';
import { ClvError } from '../base/errors.ts';
import type { CountedBook } from '../data/books/book.ts';
import type { Changes, Close } from '../data/books/close.ts';
import type { ColumnarEngine } from '../data/columnar.ts';
import type { BookChange } from './book-change.ts';
import { bookIn } from './book-file.ts';
import type { BookStore } from './book-store.ts';
import {
  type Address,
  isAddress,
  isBookAddress,
  parseAddress,
  parseBookAddress,
  targetTable,
} from './clickhouse/address.ts';
import type { Ledger, Opened } from './ledger.ts';

export { bookIn, isBook } from './book-file.ts';

/** Opens the store for what was named: files go into the embedded one, a table and a book stay where they are. */
export async function openStore(files: readonly string[], scratch: string): Promise<Opened> {
  const address = tableIn(files);
  const book = bookIn(files);
  if (book !== null) return (await bookAt(book, scratch)).open();
  if (address === null) return { ledger: await openLedger(scratch), table: null, book: null };
  const { openClickHouse } = await import('./clickhouse/open.ts');
  return openClickHouse(address, password());
}

/** The password of a server, which is written nowhere else. */
function password(): string {
  return process.env['CLICKHOUSE_PASSWORD'] ?? '';
}

/** The table among what was named as files. E441 where its address is wrong or not alone: what it says is not said again. */
export function tableIn(files: readonly string[]): Address | null {
  const address = files.find((file) => isAddress(file) && !isBookAddress(file));
  if (address === undefined) return null;
  if (files.length > 1) throw new ClvError('E441', { problem: 'stands beside other FILES' });
  return parseAddress(address);
}

/** Whether a name is that of a table beside another, or of a database and a table. E457 for one that cannot be written. */
export function isTarget(name: string, address: Address): boolean {
  const { database, table } = targetTable(name, address);
  return database.trim() !== '' && table.trim() !== '';
}

/** Opens the store that transactions are read into. Imported only when a command runs: the engine takes a while to load. */
async function openLedger(scratch: string): Promise<Ledger> {
  const { openDuckDB } = await import('./duckdb/open.ts');
  return openDuckDB(scratch);
}

/**
 * A book where it is kept: in a database file, or in tables of a server.
 * @param scratch a private directory that exists
 */
async function bookAt(name: string, scratch: string): Promise<BookStore> {
  if (!isBookAddress(name)) {
    const { DuckDBBook } = await import('./duckdb/book/store.ts');
    return new DuckDBBook(name, scratch);
  }
  const { ClickHouseBook } = await import('./clickhouse/book/store.ts');
  return new ClickHouseBook(name, parseBookAddress(name), password(), async () => {
    const { openStaging } = await import('./duckdb/staging.ts');
    return openStaging(scratch);
  });
}

/** Whether a book may be meant: an address of one, or a file that is there. */
export function isBookThere(name: string): boolean {
  return isBookAddress(name) || existsSync(name);
}

/** E401, E520 where there is no such book. */
export async function mustBeThere(book: string, scratch: string): Promise<void> {
  await (await bookAt(book, scratch)).mustBeThere();
}

/** See BookStore.check. @throws ClvError E401, E481, E483, E486, E496, E520 */
export async function checkBook(book: string, scratch: string): ReturnType<BookStore['check']> {
  return (await bookAt(book, scratch)).check();
}

/** See BookStore.changedCloses. @throws ClvError E401, E481, E483, E486, E496, E520 */
export async function changedCloses(book: string, scratch: string): ReturnType<BookStore['changedCloses']> {
  return (await bookAt(book, scratch)).changedCloses();
}

/** See BookStore.changesBetween. @throws ClvError E481, E483, E486, E496, E520 */
export async function changesBetween(
  book: string,
  scratch: string,
  closes: readonly [Close, Close],
  top: number,
): Promise<Changes> {
  return (await bookAt(book, scratch)).changesBetween(closes, top);
}

/** What a book says of itself. @throws ClvError E401, E481, E483, E486, E496, E520 */
export async function readBook(book: string, scratch: string): Promise<CountedBook> {
  return (await bookAt(book, scratch)).read();
}

/**
 * Changes a book as a whole, or not at all.
 * @param scratch a private directory that exists
 * @throws ClvError E421, E481, E483, E484, E486, E494, E496, E521 to E524
 */
export async function changeBook<T>(
  book: string,
  scratch: string,
  signal: AbortSignal,
  work: (change: BookChange) => Promise<T>,
): Promise<T> {
  return (await bookAt(book, scratch)).change(signal, work);
}

/** What reads files of typed columns; the engine is loaded where there is one. */
export function columnarEngine(scratch: string): ColumnarEngine {
  const open = async () => new (await import('./duckdb/columnar.ts')).DuckDBColumnar(scratch);
  return {
    describe: async (files) => (await open()).describe(files),
    extract: async (choices, signal) => (await open()).extract(choices, signal),
  };
}
