import type { DailyPurchases } from '../../data/customers.ts';
import type { RollUpName } from '../../data/movement.ts';
import { concatChunks, count, dayOrNull, type Loaded } from '../store.ts';
import { dateLiteral, PURCHASE } from './sql.ts';

/** What the customers of a roll-up bought by day, up to its as-of date; null where there are none. While there are days. */
export async function readDaily(
  { store }: Loaded,
  customers: RollUpName = 'customers',
): Promise<DailyPurchases | null> {
  const [oldest] = await store.rows(
    `SELECT count(*) AS n, min(first_purchase) AS earliest, max(age) AS most FROM ${customers}`,
  );
  if (count(oldest?.['n']) === 0) return null;
  const asOf = dayOrNull(oldest!['earliest'])! + count(oldest!['most']);
  const found = await concatChunks(store.chunks(purchasesUntil(dateLiteral(asOf))), (chunk) => ({
    day: chunk.integers(0),
    purchases: chunk.doubles(1),
  }));
  return { asOf, ...found };
}

/** Whoever bought by that date is a customer of the roll-up. */
function purchasesUntil(asOf: string): string {
  return `SELECT day, CAST(count(*) AS DOUBLE) AS n FROM days WHERE ${PURCHASE} AND day <= ${asOf} GROUP BY day ORDER BY day`;
}
