import { existsSync, mkdtempSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ClvError } from '../../../base/errors.ts';
import { variant } from '../../../base/message-text.ts';
import type { Book, BookAdd, CountedBook, Overlap } from '../../../data/books/book.ts';
import { GIVEN_BACK } from '../../../data/transactions.ts';
import { build } from '../../../resources.ts';
import { BookIntake } from '../../book-intake.ts';
import { ColumnsBeside } from '../../kept-columns.ts';
import { FitsBeside } from '../../kept-fits.ts';
import { type KeptBeside, Ledger, type Opened } from '../../ledger.ts';
import { type BookTables, FORMAT, keptName } from '../../steps/books/tables.ts';
import { count, dayOrNull, type Row, units, type Value } from '../../store.ts';
import { exportsOf } from '../exports.ts';
import { DuckDBStore } from '../store.ts';
import { readCloses } from './closes.ts';
import { readSummary, SUMMARISED } from './summary.ts';

/** The name of the schema under which a store has a book. */
const BOOK = 'book';

/** A book with a ledger that reads it where it stands. @throws ClvError E481, E483, E486, E496 */
export async function openBook(file: string, scratch: string): Promise<Opened> {
  const path = realpathSync(file);
  const store = await attached(file, path, scratch, 'READ_ONLY');
  try {
    await checkFormat(store, file);
    const book = await contentOf(store, file);
    return { ledger: await ledgerOf(store, book, keptBeside(path)), table: null, book };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Looks at a book where it stands. @throws ClvError E481, E483, E486, E496 */
export async function reading<T>(file: string, scratch: string, work: (store: DuckDBStore) => Promise<T>): Promise<T> {
  const store = await attached(file, realpathSync(file), scratch, 'READ_ONLY');
  try {
    await checkFormat(store, file);
    return await work(store);
  } finally {
    await store.close();
  }
}

/** A store beside a book. @param path where it stands */
export async function attached(
  file: string,
  path: string,
  scratch: string,
  how: 'READ_ONLY' | 'READ_WRITE',
): Promise<DuckDBStore> {
  const wal = `${path}.wal`;
  if (existsSync(wal)) throw new ClvError('E496', { detail: `${basename(wal)} is there` }, { file });
  const store = await DuckDBStore.open(mkdtempSync(join(scratch, 'book-')));
  try {
    await store.attach(path, BOOK, how, (error) => told(error, file));
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What the engine says of a book, in one line: E486 damaged, E496 held by another program. The rest passes. */
function told(error: unknown, file: string): unknown {
  if (error instanceof ClvError || !(error instanceof Error)) return error;
  const [line = ''] = error.message.split('\n');
  if (/could not set lock/i.test(line)) return new ClvError('E496', { detail: 'it is locked' }, { file });
  const said = /^(?:IO|Serialization|INTERNAL|FATAL|Invalid) Error: (.*)$/i.exec(line);
  if (said === null) return error;
  return new ClvError('E486', { detail: said[1]!.replace(/(?:file )?"[^"]*"/, 'it') }, { file });
}

/** What the engine says of a table or a column that a database lacks. */
const NOT_THERE = /^(Catalog|Binder) Error/;

/** E481 for a database of another program, E483 for a book of a later one. @returns its format */
export async function checkFormat(store: DuckDBStore, file: string): Promise<number> {
  const another = new ClvError('E481', variant('E481', 'another database'), { file });
  const [row] = await store.rows(`SELECT b.format, b.version FROM ${BOOK}.main.book AS b`).catch((error: unknown) => {
    throw error instanceof Error && NOT_THERE.test(error.message) ? another : error;
  });
  if (!row) throw another;
  const format = count(row['format']);
  if (format > FORMAT) throw new ClvError('E483', { format, version: String(row['version']), known: FORMAT }, { file });
  return format;
}

/** Transactions with the ids of their customers. */
const NAMED = 'book.main.transactions AS t JOIN book.main.customers AS c ON t.customer = c.customer';
const COLUMNS = 'c.customer_id, t.* EXCLUDE (customer)';

/** The transactions of a book that some condition holds for, as they stand after FROM. */
export function transactionsWhere(condition: string): string {
  return `(SELECT ${COLUMNS} FROM ${NAMED} WHERE ${condition})`;
}

/** A book in a store, as the SQL of all stores reads it. */
export function tablesIn(store: DuckDBStore): BookTables {
  return {
    store,
    // Those of which the customer is missing too.
    all: `(SELECT ${COLUMNS} FROM ${NAMED.replace('JOIN', 'LEFT JOIN')})`,
    live: transactionsWhere('t.ended IS NULL'),
    dated: '(SELECT day, add FROM book.main.transactions WHERE ended IS NULL)',
    closed: (number) =>
      `(SELECT c.customer_id, k.clv FROM book.main.close_customers AS k JOIN book.main.customers AS c ON k.customer = c.customer WHERE k.close = ${number})`,
  };
}

/** What a book says of itself. */
export async function contentOf(store: DuckDBStore, name: string): Promise<Book> {
  const [head] = await store.rows('SELECT * FROM book.main.book');
  const columns = await store.rows('SELECT position, name, kept_as FROM book.main.columns ORDER BY position');
  const adds = await store.rows('SELECT * FROM book.main.adds ORDER BY number');
  const overlaps = await store.rows('SELECT * FROM book.main.overlaps ORDER BY add, earlier, kind');
  const [held] = await store.rows(
    'SELECT min(day) AS first_day, max(day) AS last_day FROM book.main.transactions WHERE ended IS NULL',
  );
  const keptOf = new Map(columns.map((row) => [textOrNull(row['kept_as']), nameOf(row)]));
  return {
    name,
    format: count(head!['format']),
    version: String(head!['version']),
    header: columns.flatMap((row) => (row['position'] === null ? [] : [nameOf(row)])),
    kept: Array.from({ length: keptOf.size - (keptOf.has(null) ? 1 : 0) }, (_, i) => keptOf.get(keptName(i))!),
    customer: String(head!['customer']),
    date: String(head!['date']),
    amount: String(head!['amount']),
    currency: textOrNull(head!['currency']),
    once: textOrNull(head!['once']),
    reading: String(head!['reading']),
    adds: adds.map(addOf),
    overlaps: overlaps.map(overlapOf),
    closes: await readCloses(store),
    firstDay: dayOrNull(held!['first_day']),
    lastDay: dayOrNull(held!['last_day']),
  };
}

/** What a book says of itself, and how many customers it has. */
export async function countedBook(store: DuckDBStore, name: string): Promise<CountedBook> {
  const book = await contentOf(store, name);
  const counted =
    book.format < SUMMARISED
      ? 'count(DISTINCT customer) AS customers FROM book.main.transactions WHERE ended IS NULL'
      : 'count(*) AS customers FROM book.main.customer_sums';
  const [held] = await store.rows(`SELECT ${counted}`);
  return { ...book, customers: count(held!['customers']) };
}

/** The name of a column: of the one without a position, that of the key which is no column of the exports. */
function nameOf(row: Row): string {
  return row['position'] === null ? GIVEN_BACK : String(row['name']);
}

function textOrNull(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function addOf(row: Row): BookAdd {
  return {
    number: count(row['number']),
    addedAt: String(row['added_at']),
    file: {
      name: String(row['file']),
      sha256: String(row['sha256']),
      bytes: count(row['bytes']),
      records: count(row['records']),
      rejected: count(row['rejected']),
      amount: units(row['amount']),
    },
    records: count(row['transactions']),
    days: units(row['days']),
    idBytes: units(row['id_bytes']),
    checksum: units(row['checksum']),
    layout: textOrNull(row['layout']),
    options: String(row['options']),
    reading: String(row['reading']),
    ended: row['ended'] === null ? null : count(row['ended']),
  };
}

function overlapOf(row: Row): Overlap {
  return {
    add: count(row['add']),
    earlier: count(row['earlier']),
    kind: row['kind'] === 'repeated' ? 'repeated' : 'restated',
    records: count(row['records']),
    amount: units(row['amount']),
    days: units(row['days']),
    idBytes: units(row['id_bytes']),
    newRecords: count(row['new_records']),
    newAmount: units(row['new_amount']),
  };
}

/** What is kept beside a book. @param path where it stands @returns null where the program is not built */
export function keptBeside(path: string): KeptBeside | null {
  const made = build();
  return made === null ? null : { fits: new FitsBeside(path, made), columns: new ColumnsBeside(path, made) };
}

/** A ledger of what a book holds. @param kept what is kept beside it: the fits are written at its end */
export async function ledgerOf(store: DuckDBStore, book: Book, kept: KeptBeside | null): Promise<Ledger> {
  const summary = book.format < SUMMARISED ? null : { ...(await readSummary(store)), book: book.name };
  const { closed } = tablesIn(store);
  const intake = new BookIntake(book, {
    rows: async (keys) => {
      await store.seal();
      return `(SELECT c.customer_id, t.day, t.amount${keys} FROM ${NAMED} WHERE t.ended IS NULL)`;
    },
    keyed: (keys) => ({
      rows: `(SELECT t.customer, t.day, t.amount${keys} FROM book.main.transactions AS t WHERE t.ended IS NULL)`,
      ids: 'book.main.customers',
      summary,
    }),
    closed,
  });
  return new Ledger(store, intake, exportsOf(store), kept);
}
