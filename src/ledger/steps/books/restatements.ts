import { ClvError } from '../../../base/errors.ts';
import type { Restated } from '../../../data/books/close.ts';
import { type Loaded, type Store, units } from '../../store.ts';
import { withIds } from '../sql.ts';
import { valuesOf } from '../value.ts';

/**
 * Holds what a close reported of each customer against its value in the appraisal `opening`, and keeps those of whom the two
 * differ, in the table `restated`: it may be read as long as the store is open.
 * @param loaded the book of the close
 * @param line the sum of the differences as a statement has it, in minor units
 * @throws ClvError E501 where they sum to something else
 */
export async function readRestated(
  { store, closed, ids }: Loaded,
  close: number,
  line: bigint,
): Promise<AsyncIterable<Restated>> {
  if (!closed) throw new TypeError('what is loaded is no book');
  await store.create(
    'restated',
    `SELECT coalesce(r.customer_id, o.customer_id) AS customer_id, coalesce(r.clv, 0) AS reported, coalesce(o.v0, 0) AS is_now
FROM ${closed(close)} AS r FULL OUTER JOIN ${withIds(valuesOf('opening'), ids)} AS o ON r.customer_id = o.customer_id
WHERE coalesce(r.clv, 0) <> coalesce(o.v0, 0)`,
  );
  const [row] = await store.rows('SELECT sum(is_now - reported) AS line FROM restated');
  const found = units(row?.['line']);
  if (found !== line) throw new ClvError('E501', { what: 'restatements', reader: String(line), ledger: String(found) });
  return blocks(store);
}

async function* blocks(store: Store): AsyncIterable<Restated> {
  const rows = store.chunks(
    `SELECT customer_id, CAST(reported AS BIGINT), CAST(is_now AS BIGINT) FROM restated ORDER BY abs(is_now - reported) DESC, customer_id`,
  );
  for await (const chunk of rows)
    yield { length: chunk.rowCount, id: chunk.texts(0), reported: chunk.bigints(1), now: chunk.bigints(2) };
}
