import type { Sighting } from '../../base/customers.ts';
import { count, dayOrNull, type Store } from '../store.ts';
import { groupOf, nearestIds, sightingOf } from './customer-sql.ts';

/** Ids that are suggested for one that is not there. */
const NEAREST = 3;

/** What the days hold of an id. @param asOf as an SQL literal */
export async function readSighting(store: Store, id: string, asOf: string): Promise<Sighting> {
  const parameter = store.dialect.parameter(1);
  const [row] = await store.rows(sightingOf(parameter, asOf), [id]);
  const [all, late] = [count(row!['records']), count(row!['late'])];
  const near = all > 0 ? [] : await store.rows(nearestIds(parameter, store.dialect, NEAREST), [id]);
  return {
    records: all - late,
    late,
    purchases: count(row!['purchases']),
    firstPurchase: dayOrNull(row!['first_purchase']),
    nearest: near.map((found) => String(found['customer_id'])),
  };
}

/** The text of the group of a valued customer. */
export async function readGroup(store: Store, id: string): Promise<string> {
  const [row] = await store.rows(groupOf(store.dialect.parameter(1)), [id]);
  return String(row!['fit_group']);
}
