import type { BookDifference } from '../../../data/books/book.ts';
import { unequal } from '../../steps/books/check.ts';
import type { Summary } from '../../steps/days.ts';
import { DAY_SUMS, PURCHASE, PURCHASE_SUMS, REFUND_SUM, WIDE_AMOUNT } from '../../steps/sql.ts';
import { count } from '../../store.ts';
import type { DuckDBStore } from '../store.ts';
import { commentsOf, type SummaryTable } from './tables.ts';

/**
 * What a book keeps of its transactions so that no command adds them up again: those that count by customer and day, and every
 * customer as of the last day. A change of the transactions changes what it touches of both.
 */

const CUSTOMER_DAYS = 'book.main.customer_days';
const CUSTOMER_SUMS = 'book.main.customer_sums';
const MONEY: Readonly<Record<SummaryTable, readonly string[]>> = {
  customer_days: ['revenue', 'refunds'],
  customer_sums: ['revenue', 'first_revenue'],
};
const ORDER: Readonly<Record<SummaryTable, string>> = { customer_days: 'customer, day', customer_sums: 'customer' };

/** The first format of books that have them. */
export const SUMMARISED = 3;

/**
 * Money is kept in 64 bits, and where no amount has more than two decimals by hundredths, which take a third less room; the wide
 * type is for a book whose amounts add up to more digits.
 */
const NARROW = 'DECIMAL(18,4)';
const HUNDREDTHS = 'DECIMAL(18,2)';
const FITS = 10 ** 14;

/** @param transactions those that are added up where they count, as they stand after FROM */
const daysOf = (transactions = 'book.main.transactions'): string => `SELECT customer, day, ${DAY_SUMS}, ${REFUND_SUM}
FROM ${transactions} WHERE ended IS NULL GROUP BY customer, day`;

/** @param days those that are added up, as they stand after FROM */
const sumsOf = (
  days = CUSTOMER_DAYS,
): string => `SELECT customer, CAST(sum(records) AS BIGINT) AS records, ${PURCHASE_SUMS},
  sum(revenue) AS revenue, argMin(revenue, CASE WHEN ${PURCHASE} THEN day END) AS first_revenue
FROM ${days} GROUP BY customer`;

/** Makes both tables of the transactions that count. */
export async function summarise(store: DuckDBStore): Promise<void> {
  const type = await moneyOf(store);
  for (const [table, select] of [['customer_days', daysOf()] as const, ['customer_sums', sumsOf()] as const]) {
    await store.create(`book.main.${table}`, inOrder(table, select, type));
    for (const statement of commentsOf(table)) await store.run(statement);
  }
}

/** Rows of a table as it keeps them. */
function inOrder(table: SummaryTable, select: string, type: string): string {
  return `SELECT * REPLACE (${moneyAs(table, type)}) FROM (${select}) ORDER BY ${ORDER[table]}`;
}

/** The type that holds all money of the transactions that count, whatever is added up of it. */
async function moneyOf(store: DuckDBStore): Promise<string> {
  const [row] = await store.rows(
    `SELECT CASE WHEN coalesce(sum(abs(amount)), 0) < ${FITS} THEN 1 ELSE 0 END AS fits, count(CASE WHEN amount % 0.01 <> 0 THEN 1 END) AS finer
FROM book.main.transactions WHERE ended IS NULL`,
  );
  if (count(row!['fits']) === 0) return WIDE_AMOUNT;
  return count(row!['finer']) === 0 ? HUNDREDTHS : NARROW;
}

/** Through the narrow type: 128 bits are divided in fifty times the time of 64. */
function moneyAs(table: SummaryTable, type: string): string {
  const cast = (name: string): string =>
    type === HUNDREDTHS ? `CAST(CAST(${name} AS ${NARROW}) AS ${type})` : `CAST(${name} AS ${type})`;
  return MONEY[table].map((name) => `${cast(name)} AS ${name}`).join(', ');
}

/** The customer-days that a change touches, in a table of this name. */
export type Touched = 'touched';

/** Notes the customer-days of an add: after it was taken in, or before it is taken out. @param number of the add */
export async function noteTouched(store: DuckDBStore, number: number): Promise<Touched> {
  await store.create(
    'touched',
    `SELECT DISTINCT customer, day FROM book.main.transactions WHERE add = ${number} OR ended = ${number}`,
  );
  return 'touched';
}

/** Tables of which a change touches more than one part in so many are made anew, in order: the rest is not worth keeping. */
const MOST_TOUCHED = 4;

/** Changes both tables where the transactions changed. */
export async function resummarise(store: DuckDBStore, touched: Touched): Promise<void> {
  const [size] = await store.rows(
    `SELECT (SELECT count(*) FROM ${touched}) * ${MOST_TOUCHED} AS touched, count(*) AS days FROM ${CUSTOMER_DAYS}`,
  );
  const type = await moneyOf(store);
  if (count(size!['touched']) > count(size!['days']) || type !== (await typeOf(store, 'customer_days'))) {
    await summarise(store);
  } else {
    const transactions = `book.main.transactions SEMI JOIN ${touched} USING (customer, day)`;
    const days = `${CUSTOMER_DAYS} SEMI JOIN ${touched} USING (customer)`;
    await store.run(
      `DELETE FROM ${CUSTOMER_DAYS} AS d USING ${touched} AS t WHERE d.customer = t.customer AND d.day = t.day`,
    );
    await store.run(`INSERT INTO ${CUSTOMER_DAYS} ${inOrder('customer_days', daysOf(transactions), type)}`);
    await store.run(`DELETE FROM ${CUSTOMER_SUMS} WHERE customer IN (SELECT customer FROM ${touched})`);
    await store.run(`INSERT INTO ${CUSTOMER_SUMS} ${inOrder('customer_sums', sumsOf(days), type)}`);
  }
  await store.drop(touched);
}

/** The type of the money of a table; undefined for one without rows. */
async function typeOf(store: DuckDBStore, table: SummaryTable): Promise<string | undefined> {
  const [row] = await store.rows(`SELECT typeof(revenue) AS type FROM book.main.${table} LIMIT 1`);
  return row && String(row['type']);
}

/** Both tables as they stand after FROM, all money with four decimals. */
export async function readSummary(store: DuckDBStore): Promise<Pick<Summary, 'days' | 'customers'>> {
  const read = async (table: SummaryTable): Promise<string> => {
    if ((await typeOf(store, table)) !== HUNDREDTHS) return `book.main.${table}`;
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
    ...(await different('customer-days that are not those of the transactions', CUSTOMER_DAYS, daysOf())),
    ...(await different('customers that are not those of the customer-days', CUSTOMER_SUMS, sumsOf())),
  ];
}
