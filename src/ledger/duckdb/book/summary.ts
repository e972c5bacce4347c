import type { BookDifference } from '../../../data/books/book.ts';
import { unequal } from '../../steps/books/check.ts';
import { DAY_SUMS, PURCHASE, PURCHASE_SUMS, REFUND_SUM, WIDE_AMOUNT } from '../../steps/sql.ts';
import { count } from '../../store.ts';
import type { DuckDBStore } from '../store.ts';
import { commentsOf, type SummaryTable } from './tables.ts';

/**
 * What a book keeps of its transactions so that no command adds them up again: those that count by customer and day, and every
 * customer as of the last day. Both are made anew with each change of the transactions.
 */

export const CUSTOMER_DAYS = 'book.main.customer_days';
export const CUSTOMER_SUMS = 'book.main.customer_sums';

/** The first format of books that have them. */
export const SUMMARISED = 3;

/** Money is kept in 64 bits; the wide type is for a book where a sum has more digits. */
const NARROW = 'DECIMAL(18,4)';
const FITS = 10 ** 14;

const DAYS = `SELECT customer, day, ${DAY_SUMS}, ${REFUND_SUM}
FROM book.main.transactions WHERE ended IS NULL GROUP BY customer, day`;

const SUMS = `SELECT customer, CAST(sum(records) AS BIGINT) AS records, ${PURCHASE_SUMS},
  sum(revenue) AS revenue, argMin(revenue, CASE WHEN ${PURCHASE} THEN day END) AS first_revenue
FROM ${CUSTOMER_DAYS} GROUP BY customer`;

/** Makes both tables of the transactions that count. */
export async function summarise(store: DuckDBStore): Promise<void> {
  await keep(store, 'customer_days', DAYS, ['revenue', 'refunds'], 'customer, day');
  await keep(store, 'customer_sums', SUMS, ['revenue', 'first_revenue'], 'customer');
}

async function keep(
  store: DuckDBStore,
  table: SummaryTable,
  select: string,
  money: readonly string[],
  order: string,
): Promise<void> {
  await store.create('kept', select);
  const most = money.map((name) => `max(abs(${name}))`).join(', ');
  const [row] = await store.rows(
    `SELECT CASE WHEN coalesce(greatest(${most}), 0) < ${FITS} THEN 1 ELSE 0 END AS fits FROM kept`,
  );
  const type = count(row!['fits']) === 1 ? NARROW : WIDE_AMOUNT;
  const cast = money.map((name) => `CAST(${name} AS ${type}) AS ${name}`).join(', ');
  await store.create(`book.main.${table}`, `SELECT * REPLACE (${cast}) FROM kept ORDER BY ${order}`);
  for (const statement of commentsOf(table)) await store.run(statement);
  await store.drop('kept');
}

/** What differs between the tables and the transactions. */
export async function summaryDifferences(store: DuckDBStore): Promise<readonly BookDifference[]> {
  const different = async (what: string, table: string, select: string): Promise<readonly BookDifference[]> => {
    const [row] = await store.rows(`SELECT count(*) AS n FROM (
  (SELECT * FROM ${table} EXCEPT ALL (${select})) UNION ALL ((${select}) EXCEPT ALL SELECT * FROM ${table})) AS d`);
    return unequal(what, row?.['n'], 0);
  };
  return [
    ...(await different('customer-days that are not those of the transactions', CUSTOMER_DAYS, DAYS)),
    ...(await different('customers that are not those of the customer-days', CUSTOMER_SUMS, SUMS)),
  ];
}
