import { existsSync } from 'node:fs';
import { ClvError } from '../base/errors.ts';
import { variant } from '../base/message-text.ts';
import type { Book, BookDifference, CountedBook } from '../data/books/book.ts';
import type { Changes, Close, Restated } from '../data/books/close.ts';
import type { ColumnarEngine } from '../data/columnar.ts';
import type { BookChange } from './book-change.ts';
import { bookIn, isDatabase } from './book-file.ts';
import { type Address, isAddress, parseAddress, targetTable } from './clickhouse/address.ts';
import type { Ledger, Opened } from './ledger.ts';
import type { Store } from './store.ts';

export { bookIn, isDatabase } from './book-file.ts';

/** Opens the store for what was named: files go into the embedded one, a table and a book stay where they are. */
export async function openStore(files: readonly string[], scratch: string, password: string): Promise<Opened> {
  const address = tableIn(files);
  const book = bookIn(files);
  if (book !== null) return openBook(book, scratch);
  if (address === null) return { ledger: await openLedger(scratch), table: null, book: null };
  const { openClickHouse } = await import('./clickhouse/open.ts');
  return openClickHouse(address, password);
}

/** The table among what was named as files. E441 where its address is wrong or not alone: what it says is not said again. */
export function tableIn(files: readonly string[]): Address | null {
  const address = files.find(isAddress);
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

/** Opens a book for reading. @throws ClvError E481, E483, E486, E496 */
async function openBook(file: string, scratch: string): Promise<Opened> {
  const { openBook: open } = await import('./duckdb/book/read.ts');
  return open(file, scratch);
}

/** E401 where there is no such file. */
export function mustBeThere(file: string): void {
  if (!existsSync(file)) throw new ClvError('E401', { hint: '' }, { file });
}

/** E401 where there is no such file, E481 where it is no database. */
function mustBeBook(file: string): void {
  mustBeThere(file);
  if (!isDatabase(file)) throw new ClvError('E481', variant('E481', 'no database'), { file });
}

/** Counts everything in a book. @returns it, and what is not as its accounts say. @throws ClvError E401, E481, E483, E486, E496 */
export async function checkBook(
  file: string,
  scratch: string,
): Promise<{ readonly book: CountedBook; readonly differences: readonly BookDifference[] }> {
  mustBeBook(file);
  const { checkBook: check } = await import('./duckdb/book/check.ts');
  return check(file, scratch);
}

/** The closes of a book whose rows up to their day are others today. @throws ClvError E401, E481, E483, E486, E496 */
export async function changedCloses(
  file: string,
  scratch: string,
): Promise<{ readonly book: Book; readonly changed: ReadonlySet<number> }> {
  mustBeBook(file);
  const { changedCloses: changed } = await import('./duckdb/book/closing.ts');
  return changed(file, scratch);
}

/** What became of the customers between two closes of a book. @throws ClvError E481, E483, E486, E496 */
export async function changesBetween(
  file: string,
  scratch: string,
  closes: readonly [Close, Close],
  top: number,
): Promise<Changes> {
  const { changesBetween: between } = await import('./duckdb/book/differences.ts');
  return between(file, scratch, closes, top);
}

/** See ledger/duckdb/book/restatements.ts. @throws ClvError E501 */
export async function readRestated(store: Store, close: number, line: bigint): Promise<AsyncIterable<Restated>> {
  const { readRestated: read } = await import('./duckdb/book/restatements.ts');
  return read(store, close, line);
}

/** See ledger/duckdb/book/reported.ts. */
export async function addReported(store: Store, close: number): Promise<void> {
  const { addReported: add } = await import('./duckdb/book/reported.ts');
  return add(store, close);
}

/** What a book says of itself. @throws ClvError E401, E481, E483, E486, E496 */
export async function readBook(file: string, scratch: string): Promise<CountedBook> {
  mustBeBook(file);
  const { readBook: read } = await import('./duckdb/book/read.ts');
  return read(file, scratch);
}

/**
 * Changes a book as a whole, or not at all: the work is done on a copy, which takes its place when all of it is done.
 * @param scratch a private directory that exists
 * @throws ClvError E421, E481, E483, E484, E486, E494, E496
 */
export async function changeBook<T>(
  file: string,
  scratch: string,
  signal: AbortSignal,
  work: (change: BookChange) => Promise<T>,
): Promise<T> {
  const { changeBook: change } = await import('./duckdb/book/change.ts');
  return change(file, scratch, signal, work);
}

/** What reads files of typed columns; the engine is loaded where there is one. */
export function columnarEngine(scratch: string): ColumnarEngine {
  const open = async () => new (await import('./duckdb/columnar.ts')).DuckDBColumnar(scratch);
  return {
    describe: async (files) => (await open()).describe(files),
    extract: async (choices, signal) => (await open()).extract(choices, signal),
  };
}
