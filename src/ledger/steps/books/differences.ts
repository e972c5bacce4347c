import { unitsText } from '../../../base/money.ts';
import type { ChangedPart, Changes, Close } from '../../../data/books/close.ts';
import { count, type Row, units } from '../../store.ts';
import type { BookTables } from './tables.ts';

/** What became of the customers between two closes of a book. @param top how many of the largest changes */
export async function changesIn(tables: BookTables, [a, b]: readonly [Close, Close], top: number): Promise<Changes> {
  const { store } = tables;
  const compared = `(${comparedIn(tables, a, b)})`;
  const parts = await store.rows(
    `SELECT kind, count(*) AS n, sum(difference) AS total FROM ${compared} AS c GROUP BY kind`,
  );
  const largest = await store.rows(
    `SELECT customer_id, kind, was, is_now, difference FROM ${compared} AS d
WHERE kind <> 'same' ORDER BY abs(difference) DESC, customer_id LIMIT ${top}`,
  );
  const money = (value: Row[string] | undefined): string => unitsText(units(value), b.digits);
  const part = (kind: string): ChangedPart => {
    const row = parts.find((one) => one['kind'] === kind);
    return { customers: count(row?.['n']), change: money(row?.['total']) };
  };
  return {
    came: part('came'),
    gone: part('gone'),
    changed: part('changed'),
    same: part('same'),
    largest: largest.map((row) => ({
      id: String(row['customer_id']),
      a: row['kind'] === 'came' ? null : money(row['was']),
      b: row['kind'] === 'gone' ? null : money(row['is_now']),
      change: money(row['difference']),
    })),
  };
}

/** The customers of either close, with what they were worth in both and what became of them. */
function comparedIn(tables: BookTables, a: Close, b: Close): string {
  return `SELECT coalesce(a.customer_id, b.customer_id) AS customer_id, coalesce(a.clv, 0) AS was, coalesce(b.clv, 0) AS is_now,
  coalesce(b.clv, 0) - coalesce(a.clv, 0) AS difference,
  CASE WHEN a.customer_id IS NULL THEN 'came' WHEN b.customer_id IS NULL THEN 'gone' WHEN a.clv = b.clv THEN 'same' ELSE 'changed' END AS kind
FROM ${tables.closed(a.number)} AS a FULL OUTER JOIN ${tables.closed(b.number)} AS b ON a.customer_id = b.customer_id`;
}
