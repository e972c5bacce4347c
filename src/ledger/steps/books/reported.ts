import type { Loaded } from '../../store.ts';
import { withKeys } from '../sql.ts';

/** Adds to the rolled-up customers of a book the column `reported`: the CLV that a close of it reported of each in minor units, 0 for who was not in it. */
export async function addReported({ store, closed, ids }: Loaded, close: number): Promise<void> {
  if (!closed) throw new TypeError('what is loaded is no book');
  await store.create(
    'customers',
    `SELECT a.*, CAST(coalesce(r.clv, 0) AS BIGINT) AS reported FROM customers AS a
LEFT JOIN ${withKeys(closed(close), ids)} AS r ON a.customer = r.customer`,
  );
}
