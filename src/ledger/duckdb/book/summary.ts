import type { BookDifference } from '../../../data/books/book.ts';
import { unequal } from '../../steps/books/check.ts';
import type { Summary } from '../../steps/days.ts';
import { DAY_SUMS, PURCHASE, PURCHASE_SUMS, REFUND_SUM, WIDE_AMOUNT } from '../../steps/sql.ts';
import { count } from '../../store.ts';
import type { DuckDBStore } from '../store.ts';
import { commentsOf, type SummaryTable } from './tables.ts';

/**
 * What a book keeps of its transactions so that no command adds them up again: those that count by customer and day, and every
 * customer as of the last day. Both are made anew with each change of the transactions.
 */

const CUSTOMER_DAYS = 'book.main.customer_days';
const CUSTOMER_SUMS = 'book.main.customer_sums';
const MONEY: Readonly<Record<SummaryTable, readonly string[]>> = {
  customer_days: ['revenue', 'refunds'],
  customer_sums: ['revenue', 'first_revenue'],
};

/** The first format of books that have them. */
export const SUMMARISED = 3;

/**
 * Money is kept in 64 bits, and where no amount has more than two decimals by hundredths, which take a third less room; the wide
 * type is for a book where a sum has more digits.
 */
const NARROW = 'DECIMAL(18,4)';
const HUNDREDTHS = 'DECIMAL(18,2)';
const FITS = 10 ** 14;

const DAYS = `SELECT customer, day, ${DAY_SUMS}, ${REFUND_SUM}
FROM book.main.transactions WHERE ended IS NULL GROUP BY customer, day`;

const SUMS = `SELECT customer, CAST(sum(records) AS BIGINT) AS records, ${PURCHASE_SUMS},
  sum(revenue) AS revenue, argMin(revenue, CASE WHEN ${PURCHASE} THEN day END) AS first_revenue
FROM ${CUSTOMER_DAYS} GROUP BY customer`;

/** Makes both tables of the transactions that count. */
export async function summarise(store: DuckDBStore): Promise<void> {
  await keep(store, 'customer_days', DAYS, 'customer, day');
  await keep(store, 'customer_sums', SUMS, 'customer');
}

async function keep(store: DuckDBStore, table: SummaryTable, select: string, order: string): Promise<void> {
  await store.create('kept', select);
  const most = MONEY[table].map((name) => `max(abs(${name}))`).join(', ');
  const finer = MONEY[table].map((name) => `CAST(${name} AS DECIMAL(38,2)) <> ${name}`).join(' OR ');
  const [row] = await store.rows(
    `SELECT CASE WHEN coalesce(greatest(${most}), 0) < ${FITS} THEN 1 ELSE 0 END AS fits, count(CASE WHEN ${finer} THEN 1 END) AS finer FROM kept`,
  );
  const narrow = count(row!['finer']) === 0 ? HUNDREDTHS : NARROW;
  const as = moneyAs(table, count(row!['fits']) === 1 ? narrow : WIDE_AMOUNT);
  await store.create(`book.main.${table}`, `SELECT * REPLACE (${as}) FROM kept ORDER BY ${order}`);
  for (const statement of commentsOf(table)) await store.run(statement);
  await store.drop('kept');
}

function moneyAs(table: SummaryTable, type: string): string {
  return MONEY[table].map((name) => `CAST(${name} AS ${type}) AS ${name}`).join(', ');
}

/** Both tables as they stand after FROM, all money with four decimals. */
export async function readSummary(store: DuckDBStore): Promise<Pick<Summary, 'days' | 'customers'>> {
  const read = async (table: SummaryTable): Promise<string> => {
    const [row] = await store.rows(`SELECT typeof(revenue) AS type FROM book.main.${table} LIMIT 1`);
    if (row?.['type'] !== HUNDREDTHS) return `book.main.${table}`;
    return `(SELECT * REPLACE (${moneyAs(table, NARROW)}) FROM book.main.${table})`;
  };
  return { days: await read('customer_days'), customers: await read('customer_sums') };
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
