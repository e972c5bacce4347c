import { AMOUNT_SCALE, MARGIN_SCALE, unitsText } from '../../../base/money.ts';
import type { Book } from '../../../data/books/book.ts';
import type { NewClose } from '../../../data/books/close.ts';
import type { ClosedCustomers } from '../../book-change.ts';
import { hashesUpTo, mustHoldClose } from '../../steps/books/closes.ts';
import { nextNumber } from '../../steps/books/tables.ts';
import { dateLiteral, SEGMENT_SEPARATOR } from '../../steps/sql.ts';
import { count, units } from '../../store.ts';
import type { DuckDBStore } from '../store.ts';
import { tablesIn } from './read.ts';

/** A text of several as the list of them. */
const SPLIT = (text: string): string =>
  `CASE WHEN ${text} = '' THEN CAST([] AS VARCHAR[]) ELSE string_split(${text}, chr(${SEGMENT_SEPARATOR.charCodeAt(0)})) END`;

/** Writes a close into a book. E501 where its customers are others than it counts. @param customers see BookChange.close */
export async function writeClose(
  store: DuckDBStore,
  book: Book,
  close: NewClose,
  { file, keyed }: ClosedCustomers,
): Promise<void> {
  const number = (book.closes.at(-1)?.number ?? 0) + 1;
  const valued = `read_parquet(${store.link(file)})`;
  await store.run(`INSERT INTO book.main.close_customers
SELECT ${number}, v.customer, ${SPLIT('v.segment')}, v.x, v.recency, v.age, v.mean, v.p_alive, v.dert, v.clv
FROM ${keyed ? valued : `(SELECT c.customer, v.* FROM ${valued} AS v JOIN book.main.customers AS c ON v.customer_id = c.customer_id)`} AS v
ORDER BY v.customer`);
  await store.run(`INSERT INTO book.main.close_segments
SELECT ${number}, segment, count(*), sum(clv) FROM book.main.close_customers WHERE close = ${number} GROUP BY segment ORDER BY segment`);
  const segments = await store.rows(
    `SELECT customers, customer_equity FROM book.main.close_segments WHERE close = ${number}`,
  );
  mustHoldClose(
    close,
    segments.map((row) => ({ customers: count(row['customers']), value: units(row['customer_equity']) })),
  );
  const [sha256] = await hashesUpTo(tablesIn(store), book, [close.asOf]);
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
