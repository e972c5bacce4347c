import type { Store } from '../../store.ts';

/** Adds to the rolled-up customers the column `reported`: the CLV that a close reported of each in minor units, 0 for who was not in it. */
export async function addReported(store: Store, close: number): Promise<void> {
  await store.create(
    'customers',
    `SELECT a.*, CAST(coalesce(r.clv, 0) AS BIGINT) AS reported FROM customers AS a
LEFT JOIN (SELECT c.customer_id, k.clv FROM book.main.close_customers AS k JOIN book.main.customers AS c ON k.customer = c.customer
  WHERE k.close = ${close}) AS r ON a.customer_id = r.customer_id`,
  );
}
