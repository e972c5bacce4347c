import type { Sighting } from '../base/customers.ts';
import { dayOrNull, units } from './duckdb-columns.ts';
import type { DuckDBSession } from './duckdb-session.ts';
import { groupOf, nearestIds, sightingOf } from './sql-customer.ts';

/** Ids that are suggested for one that is not there. */
const NEAREST = 3;

/** What the days hold of an id. @param asOf as an SQL literal */
export async function readSighting(session: DuckDBSession, id: string, asOf: string): Promise<Sighting> {
  const [row] = await session.rows(sightingOf('$1', asOf), [id]);
  const [all, late] = [Number(units(row!['records'])), Number(units(row!['late']))];
  const near = all > 0 ? [] : await session.rows(nearestIds('$1', 'levenshtein', NEAREST), [id]);
  return {
    records: all - late,
    late,
    purchases: Number(units(row!['purchases'])),
    firstPurchase: dayOrNull(row!['first_purchase']),
    nearest: near.map((found) => String(found['customer_id'])),
  };
}

/** The text of the group of a valued customer. */
export async function readGroup(session: DuckDBSession, id: string): Promise<string> {
  const [row] = await session.rows(groupOf('$1'), [id]);
  return String(row!['fit_group']);
}
