import { AMOUNT_SCALE, unitsText } from '../../../base/money.ts';
import type { Book, BookAdd, Overlap } from '../../../data/books/book.ts';
import type { BookChange } from '../../book-change.ts';
import { addIncoming, type BookWriter } from '../../steps/books/add.ts';
import { keptNames } from '../../steps/books/tables.ts';
import { WIDE_AMOUNT } from '../../steps/sql.ts';
import { DuckDBIntake } from '../open.ts';
import type { DuckDBStore } from '../store.ts';
import { tablesIn, transactionsWhere } from './read.ts';

/** Reads a file beside the book, and takes it in: all of it in SQL. */
export async function addTo(
  store: DuckDBStore,
  book: Book,
  read: Parameters<BookChange['add']>[0],
): ReturnType<BookChange['add']> {
  const columns = keptNames(book);
  const intake = new DuckDBIntake(store);
  const added = await read(intake);
  const texts = columns.map((name, i) => `, k${i} AS ${name}`);
  await store.create('incoming', `SELECT customer_id, day, amount${texts.join('')} FROM ${await intake.rows()} AS r`);
  await intake.done();
  return addIncoming(writerOf(store, columns), book, added);
}

function writerOf(store: DuckDBStore, columns: readonly string[]): BookWriter {
  return {
    ...tablesIn(store),
    async insert(number, rows) {
      await store.run(`INSERT INTO book.main.customers
SELECT (SELECT coalesce(max(customer), 0) FROM book.main.customers) + row_number() OVER (ORDER BY customer_id), customer_id
FROM (SELECT DISTINCT customer_id FROM ${rows} AS r ANTI JOIN book.main.customers AS c USING (customer_id)) AS i`);
      await store.run(`INSERT INTO book.main.transactions
SELECT c.customer, i.day, i.amount${columns.map((name) => `, i.${name}`).join('')}, ${number}, NULL
FROM ${rows} AS i JOIN book.main.customers AS c ON i.customer_id = c.customer_id ORDER BY c.customer, i.day`);
      return transactionsWhere(`t.add = ${number}`);
    },
    async end(number, rows) {
      await store.run(`UPDATE book.main.transactions SET ended = ${number} WHERE ended IS NULL AND ${rows}`);
    },
    async note(add, overlaps) {
      await noteAdd(store, add);
      for (const overlap of overlaps) await noteOverlap(store, overlap);
    },
  };
}

async function noteAdd(store: DuckDBStore, add: BookAdd): Promise<void> {
  const { number, addedAt, file, records, days, idBytes, checksum, layout, options, reading } = add;
  await store.rows(
    `INSERT INTO book.main.adds SELECT ${number}, $1, $2, $3, ${file.bytes}, ${file.records}, ${file.rejected},
  ${records}, ${amountOf(file.amount)}, ${days}, ${idBytes}, ${checksum}, NULLIF($4, ''), $5, $6, NULL`,
    [addedAt, file.name, file.sha256, layout ?? '', options, reading],
  );
}

async function noteOverlap(store: DuckDBStore, overlap: Overlap): Promise<void> {
  const { add, earlier, kind, records, amount, days, idBytes, newRecords, newAmount } = overlap;
  await store.run(`INSERT INTO book.main.overlaps VALUES (${add}, ${earlier}, '${kind}', ${records}, ${amountOf(amount)},
  ${days}, ${idBytes}, ${newRecords}, ${amountOf(newAmount)})`);
}

/** An amount as an exact SQL literal. */
function amountOf(units: bigint): string {
  return `CAST('${unitsText(units, AMOUNT_SCALE)}' AS ${WIDE_AMOUNT})`;
}
