import type { BookDifference } from '../../../data/books/book.ts';
import { unequal } from '../../steps/books/check.ts';
import type { DuckDBStore } from '../store.ts';

const KEYS = `SELECT count(*) AS n FROM book.main.transactions AS t
LEFT JOIN book.main.customers AS c ON t.customer = c.customer WHERE c.customer IS NULL`;
const IDS = `SELECT count(*) - least(count(DISTINCT customer), count(DISTINCT customer_id)) AS n FROM book.main.customers`;

/** What is wrong with the keys of the customers of a book. */
export async function keyDifferences(store: DuckDBStore): Promise<readonly BookDifference[]> {
  const [keys] = await store.rows(KEYS);
  const [ids] = await store.rows(IDS);
  return [
    ...unequal('transactions of no customer', keys?.['n'], 0),
    ...unequal('customer keys or ids that stand twice', ids?.['n'], 0),
  ];
}
