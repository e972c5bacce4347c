import type { RollUpName } from '../../data/movement.ts';
import type { Gaps } from '../../data/states.ts';
import type { LoadPlan } from '../ledger.ts';
import { gathered, type Store } from '../store.ts';
import { GroupsCollector } from './cells.ts';
import { PURCHASE, splitSegment } from './sql.ts';

/** How many purchases of the customers of a roll-up came so many days after the one before; while there are days. */
export async function readGaps(store: Store, { fitBy }: LoadPlan, customers: RollUpName): Promise<readonly Gaps[]> {
  const groups = new GroupsCollector();
  const { days, count } = await gathered(store.chunks(gapsOf(customers)), (chunk) => {
    groups.add(chunk.texts(0));
    return { days: chunk.integers(1), count: chunk.doubles(2) };
  });
  return groups
    .finish((text) => (fitBy.length > 0 ? splitSegment(text) : []))
    .map(({ name, start, end }) => ({
      name,
      days: days.subarray(start, end),
      count: count.subarray(start, end),
    }));
}

/** By group and days, both ascending. The purchase before one is the least of two neighbours; the first is 0 days from itself. */
function gapsOf(customers: RollUpName): string {
  return `SELECT fit_group, gap, CAST(count(*) AS DOUBLE) AS n FROM (
  SELECT fit_group, CAST(day - min(day) OVER (PARTITION BY customer_id ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS INTEGER) AS gap
  FROM (SELECT d.customer_id AS customer_id, d.day AS day, c.fit_group AS fit_group
    FROM (SELECT customer_id, day FROM days WHERE ${PURCHASE}) AS d
    INNER JOIN (SELECT customer_id, fit_group, last_purchase FROM ${customers} WHERE x > 0) AS c ON d.customer_id = c.customer_id
    WHERE d.day <= c.last_purchase) AS p) AS g
WHERE gap > 0 GROUP BY fit_group, gap ORDER BY fit_group, gap`;
}
