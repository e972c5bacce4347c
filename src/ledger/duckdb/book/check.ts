import { type Book, type BookDifference, type CountedBook, liveAdds } from '../../../data/books/book.ts';
import { count, type Row, units } from '../../store.ts';
import type { DuckDBStore } from '../store.ts';
import { checksumOf, SUMS } from './add.ts';
import { countedBook, reading } from './read.ts';
import { keptName } from './tables.ts';

/** See registry.checkBook. */
export function checkBook(
  file: string,
  scratch: string,
): Promise<{ readonly book: CountedBook; readonly differences: readonly BookDifference[] }> {
  return reading(file, scratch, async (store) => {
    const book = await countedBook(store, file);
    return { book, differences: await differencesIn(store, book) };
  });
}

/** Counts every row of a book, and holds it against the accounts of its adds. @returns what differs */
async function differencesIn(store: DuckDBStore, book: Book): Promise<readonly BookDifference[]> {
  const columns = book.kept.map((_, i) => keptName(i));
  const rows = new Map((await store.rows(countsOf(columns))).map((row) => [count(row['add']), row]));
  const known = new Set(book.adds.map(({ number }) => number));
  const strangers = [...rows].filter(([number]) => !known.has(number));
  const [keys] = await store.rows(KEYS);
  const [ids] = await store.rows(IDS);
  return [
    ...book.adds.flatMap((add) => ofAdd(add, rows.get(add.number))),
    ...strangers.flatMap(([number, row]) =>
      unequal(`the records of number ${number}, which nobody added`, row['records'], 0),
    ),
    ...(await ended(store, book)),
    ...unequal('transactions of no customer', keys?.['n'], 0),
    ...unequal('customer keys or ids that stand twice', ids?.['n'], 0),
    ...(await openTwice(store, book)),
    ...(await closed(store, book)),
  ];
}

/** By add, customers that are missing too: their rows have no text to be hashed. */
function countsOf(columns: readonly string[]): string {
  return `SELECT t.add AS add, ${SUMS}, ${checksumOf(columns)} AS checksum
FROM book.main.transactions AS t LEFT JOIN book.main.customers AS c ON t.customer = c.customer GROUP BY 1`;
}

const KEYS = `SELECT count(*) AS n FROM book.main.transactions AS t
LEFT JOIN book.main.customers AS c ON t.customer = c.customer WHERE c.customer IS NULL`;
const IDS = `SELECT count(*) - least(count(DISTINCT customer), count(DISTINCT customer_id)) AS n FROM book.main.customers`;

function unequal(what: string, found: Row[string] | undefined, wanted: bigint | number): readonly BookDifference[] {
  return units(found) === BigInt(wanted) ? [] : [{ what, found: String(units(found)), wanted: String(wanted) }];
}

function ofAdd({ number, file, ...added }: Book['adds'][number], row: Row | undefined): readonly BookDifference[] {
  const of = (what: string): string => `${what} of number ${number} (${file.name})`;
  return [
    ...unequal(of('the transactions'), row?.['records'], added.records),
    ...unequal(of('the sum of amounts'), row?.['amount'], file.amount),
    ...unequal(of('the sum of days'), row?.['days'], added.days),
    ...unequal(of('the bytes of ids'), row?.['id_bytes'], added.idBytes),
    ...unequal(of('the checksum'), row?.['checksum'], added.checksum),
  ];
}

/** Rows that count no more: all of an add that was taken out, and those that later adds restated. */
async function ended(store: DuckDBStore, book: Book): Promise<readonly BookDifference[]> {
  const rows = await store.rows(
    'SELECT add, coalesce(ended, 0) AS ended, count(*) AS n FROM book.main.transactions GROUP BY ALL ORDER BY ALL',
  );
  const live = new Set(liveAdds(book).map(({ number }) => number));
  const found = (add: number, by: number): bigint =>
    rows
      .filter((row) => count(row['add']) === add && count(row['ended']) === by)
      .reduce((sum, row) => sum + units(row['n']), 0n);
  const restated = (add: number): number =>
    book.overlaps
      .filter((one) => one.kind === 'restated' && one.earlier === add && live.has(one.add))
      .reduce((sum, one) => sum + one.records, 0);
  return book.adds.flatMap(({ number, ended: by, records, file }) =>
    by === null
      ? unequal(
          `the transactions of number ${number} (${file.name}) that count`,
          found(number, 0),
          records - restated(number),
        )
      : unequal(
          `the transactions of number ${number} (${file.name}), which was taken out, that count`,
          found(number, 0),
          0,
        ),
  );
}

/** Keys that count in two adds. */
async function openTwice(store: DuckDBStore, { once, kept }: Book): Promise<readonly BookDifference[]> {
  if (once === null) return [];
  const column = keptName(kept.indexOf(once));
  const [row] = await store.rows(
    `SELECT count(*) AS n FROM (SELECT ${column} FROM book.main.transactions WHERE ended IS NULL AND ${column} <> ''
GROUP BY 1 HAVING min(add) < max(add)) AS k`,
  );
  return unequal(`values of ${once} that stand in two files`, row?.['n'], 0);
}

/** Customers and money of every close, of its segments too, which must be those that were reported. */
async function closed(store: DuckDBStore, { closes }: Book): Promise<readonly BookDifference[]> {
  if (closes.length === 0) return [];
  const sums = (rows: string): Promise<readonly Row[]> =>
    store.rows(`SELECT close, sum(n) AS customers, sum(value) AS equity FROM (${rows}) AS r GROUP BY close`);
  const customers = await sums('SELECT close, 1 AS n, clv AS value FROM book.main.close_customers');
  const segments = await sums('SELECT close, customers AS n, customer_equity AS value FROM book.main.close_segments');
  return closes.flatMap(({ number, customers: many, equity }) =>
    [customers, segments].flatMap((rows) => {
      const row = rows.find((one) => count(one['close']) === number);
      return [
        ...unequal(`the customers of close ${number}`, row?.['customers'], many),
        ...unequal(`the customer equity of close ${number}`, row?.['equity'], equity),
      ];
    }),
  );
}
