import { unitsText } from '../../../base/money.ts';
import type { ChangedPart, Changes, Close } from '../../../data/books/close.ts';
import { count, type Row, units } from '../../store.ts';
import { reading } from './read.ts';

/** What became of the customers between two closes of a book. @param top how many of the largest changes */
export function changesBetween(
  file: string,
  scratch: string,
  [a, b]: readonly [Close, Close],
  top: number,
): Promise<Changes> {
  return reading(file, scratch, async (store) => {
    const parts = await store.rows(
      `SELECT kind, count(*) AS n, sum(change) AS change FROM (${compared(a, b)}) AS c GROUP BY kind`,
    );
    const largest = await store.rows(
      `SELECT customer_id, kind, was, now, change FROM (${compared(a, b)}) AS d
JOIN book.main.customers AS c ON d.customer = c.customer WHERE kind <> 'same' ORDER BY abs(change) DESC, customer_id LIMIT ${top}`,
    );
    const money = (value: Row[string] | undefined): string => unitsText(units(value), b.digits);
    const part = (kind: string): ChangedPart => {
      const row = parts.find((one) => one['kind'] === kind);
      return { customers: count(row?.['n']), change: money(row?.['change']) };
    };
    return {
      came: part('came'),
      gone: part('gone'),
      changed: part('changed'),
      same: part('same'),
      largest: largest.map((row) => ({
        id: String(row['customer_id']),
        a: row['kind'] === 'came' ? null : money(row['was']),
        b: row['kind'] === 'gone' ? null : money(row['now']),
        change: money(row['change']),
      })),
    };
  });
}

/** The customers of either close, with what they were worth in both and what became of them. */
function compared(a: Close, b: Close): string {
  const of = ({ number }: Close): string =>
    `(SELECT customer, clv FROM book.main.close_customers WHERE close = ${number})`;
  return `SELECT coalesce(a.customer, b.customer) AS customer, coalesce(a.clv, 0) AS was, coalesce(b.clv, 0) AS now,
  coalesce(b.clv, 0) - coalesce(a.clv, 0) AS change,
  CASE WHEN a.customer IS NULL THEN 'came' WHEN b.customer IS NULL THEN 'gone' WHEN a.clv = b.clv THEN 'same' ELSE 'changed' END AS kind
FROM ${of(a)} AS a FULL OUTER JOIN ${of(b)} AS b ON a.customer = b.customer`;
}
