import { createHash } from 'node:crypto';
import { ClvError } from '../../../base/errors.ts';
import { AMOUNT_SCALE, MARGIN_SCALE, unitsText } from '../../../base/money.ts';
import type { Book } from '../../../data/books/book.ts';
import type { NewClose } from '../../../data/books/close.ts';
import { dateLiteral, SEGMENT_SEPARATOR } from '../../steps/sql.ts';
import { count, units } from '../../store.ts';
import type { DuckDBStore } from '../store.ts';
import { checksumOf, SUMS } from './add.ts';
import { contentOf, LIVE, nextNumber, reading } from './read.ts';
import { keptName } from './tables.ts';

/** A text of several as the list of them. */
const SPLIT = (text: string): string =>
  `CASE WHEN ${text} = '' THEN CAST([] AS VARCHAR[]) ELSE string_split(${text}, chr(${SEGMENT_SEPARATOR.charCodeAt(0)})) END`;

/** Writes a close into a book. E501 where its customers are others than it counts. @param customers see BookChange.close */
export async function writeClose(store: DuckDBStore, book: Book, close: NewClose, customers: string): Promise<void> {
  const number = (book.closes.at(-1)?.number ?? 0) + 1;
  await store.run(`INSERT INTO book.main.close_customers
SELECT ${number}, c.customer, ${SPLIT('v.segment')}, v.x, v.recency, v.age, v.mean, v.p_alive, v.dert, v.clv
FROM read_parquet(${store.link(customers)}) AS v JOIN book.main.customers AS c ON v.customer_id = c.customer_id ORDER BY c.customer`);
  await store.run(`INSERT INTO book.main.close_segments
SELECT ${number}, segment, count(*), sum(clv) FROM book.main.close_customers WHERE close = ${number} GROUP BY segment ORDER BY segment`);
  const [held] = await store.rows(
    `SELECT sum(customers) AS customers, sum(customer_equity) AS equity FROM book.main.close_segments WHERE close = ${number}`,
  );
  const pairs = [
    ['customers of the close', close.customers, units(held?.['customers'])],
    ['customer equity of the close', close.equity, units(held?.['equity'])],
  ] as const;
  for (const [what, reader, ledger] of pairs)
    if (BigInt(reader) !== ledger) throw new ClvError('E501', { what, reader: String(reader), ledger: String(ledger) });
  const [sha256] = await hashesUpTo(store, book, [close.asOf]);
  await store.rows(
    `INSERT INTO book.main.closes SELECT ${number}, ${dateLiteral(close.asOf)}, $1, $2, $3, $4, $5, $6, NULLIF($7, ''),
  ${close.digits}, ${SPLIT('$8')}, ${close.customers}, CAST($9 AS DOUBLE), CAST($10 AS DECIMAL(38,${AMOUNT_SCALE})),
  CAST($11 AS DECIMAL(38,${MARGIN_SCALE})), ${close.equity}, ${nextNumber(book) - 1}, '${sha256}'`,
    [
      close.closedAt,
      close.version,
      close.options,
      close.choices,
      close.margins,
      close.model,
      close.currency ?? '',
      close.by.join(SEGMENT_SEPARATOR),
      String(close.expectedActive),
      unitsText(close.revenue, AMOUNT_SCALE),
      unitsText(close.margin, MARGIN_SCALE),
    ],
  );
}

/** Takes a close out of a book. */
export async function dropClose(store: DuckDBStore, number: number): Promise<void> {
  await store.run(`DELETE FROM book.main.close_customers WHERE close = ${number}`);
  await store.run(`DELETE FROM book.main.close_segments WHERE close = ${number}`);
  await store.run(`DELETE FROM book.main.closes WHERE number = ${number}`);
}

/** The hashes of what the rows of a book that count add up to, up to each of some days in order. One pass over the rows. */
async function hashesUpTo(store: DuckDBStore, book: Book, days: readonly number[]): Promise<readonly string[]> {
  const cases = days.map((day, i) => `WHEN day <= ${dateLiteral(day)} THEN ${i}`);
  const columns = book.kept.map((_, i) => keptName(i));
  const parts =
    await store.rows(`SELECT CASE ${cases.join(' ')} END AS part, ${SUMS}, ${checksumOf(columns)} AS checksum
FROM ${LIVE} AND day <= ${dateLiteral(days.at(-1)!)} GROUP BY 1`);
  return days.map((_, i) => {
    const upTo = parts.filter((row) => count(row['part']) <= i);
    const sums = ['records', 'amount', 'days', 'id_bytes', 'checksum'].map((name) =>
      upTo.reduce((sum, row) => sum + units(row[name]), 0n),
    );
    return createHash('sha256').update(sums.join(' ')).digest('hex');
  });
}

/** The closes of a book whose rows, up to the day of the close, are others today. @throws ClvError as openBook */
export function changedCloses(
  file: string,
  scratch: string,
): Promise<{ readonly book: Book; readonly changed: ReadonlySet<number> }> {
  return reading(file, scratch, async (store) => {
    const book = await contentOf(store, file);
    const { closes } = book;
    const same = closes.every(({ lastChange }) => lastChange === nextNumber(book) - 1);
    const hashes = same
      ? []
      : await hashesUpTo(
          store,
          book,
          closes.map(({ asOf }) => asOf),
        );
    const changed = closes.filter(({ sha256 }, i) => !same && hashes[i] !== sha256).map(({ number }) => number);
    return { book, changed: new Set(changed) };
  });
}
