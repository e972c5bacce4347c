import type { Day } from '../../base/calendar.ts';
import type { Origin } from '../../data/origin.ts';
import { concatChunks, type Loaded } from '../store.ts';
import { dateLiteral, PURCHASE } from './sql.ts';

/**
 * What was known of the customers on some earlier days, and what they bought in so many days after each: one pass over the days.
 * @param origins in any order
 */
export async function readOrigins({ store }: Loaded, origins: readonly Day[], days: number): Promise<Origin[]> {
  if (origins.length === 0) return [];
  await store.create('origins', customersAt(origins, days));
  const found: Origin[] = [];
  for (const [i, asOf] of origins.entries()) {
    const { bought, ...states } = await concatChunks(store.chunks(statesAt(i, asOf)), (chunk) => ({
      x: chunk.integers(0),
      recency: chunk.integers(1),
      age: chunk.integers(2),
      count: chunk.doubles(3),
      bought: chunk.doubles(4),
    }));
    found.push({
      asOf,
      days,
      states: { length: states.count.length, ...states },
      bought: bought.reduce((sum, purchases) => sum + purchases, 0),
    });
  }
  await store.drop('origins');
  return found;
}

/** One row a customer: at each origin the purchases and the last of them, and the purchases of the days after it. */
function customersAt(origins: readonly Day[], days: number): string {
  const columns = origins.map((asOf, i) => {
    const [at, until] = [dateLiteral(asOf), dateLiteral(asOf + days)];
    return `count(CASE WHEN day <= ${at} THEN 1 END) AS n${i}, max(CASE WHEN day <= ${at} THEN day END) AS last${i},
  count(CASE WHEN day > ${at} AND day <= ${until} THEN 1 END) AS after${i}`;
  });
  const last = dateLiteral(Math.max(...origins) + days);
  return `SELECT min(day) AS first_purchase, ${columns.join(', ')}
FROM days WHERE ${PURCHASE} AND day <= ${last} GROUP BY customer`;
}

function statesAt(origin: number, asOf: Day): string {
  return `SELECT CAST(n${origin} - 1 AS INTEGER) AS x, CAST(last${origin} - first_purchase AS INTEGER) AS recency,
  CAST(${dateLiteral(asOf)} - first_purchase AS INTEGER) AS age, CAST(count(*) AS DOUBLE) AS n,
  CAST(sum(after${origin}) AS DOUBLE) AS bought
FROM origins WHERE n${origin} > 0 GROUP BY x, recency, age ORDER BY x, recency, age`;
}
