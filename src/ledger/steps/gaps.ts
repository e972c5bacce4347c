import type { RollUpName } from '../../data/movement.ts';
import type { Gaps } from '../../data/states.ts';
import type { Loaded } from '../store.ts';
import { PURCHASE, splitSegment } from './sql.ts';

/** How many purchases of the customers of a roll-up came so many days after the one before; while there are days. */
export async function readGaps({ store, plan }: Loaded, customers: RollUpName = 'customers'): Promise<readonly Gaps[]> {
  const groups = new Map<string, { days: number[]; count: number[] }>();
  for await (const chunk of store.chunks(gapsOf(customers))) {
    const [names, days, count] = [chunk.texts(0), chunk.integers(1), chunk.doubles(2)];
    names.forEach((name, i) => {
      const group = groups.get(name) ?? { days: [], count: [] };
      groups.set(name, group);
      group.days.push(days[i]!);
      group.count.push(count[i]!);
    });
  }
  return Array.from(groups, ([name, { days, count }]) => ({
    name: plan.fitBy.length > 0 ? splitSegment(name) : [],
    days: Int32Array.from(days),
    count: Float64Array.from(count),
  }));
}

/** By group and days, both ascending. The purchase before one is the least of two neighbours; the first is 0 days from itself. */
function gapsOf(customers: RollUpName): string {
  return `SELECT fit_group, gap, CAST(count(*) AS DOUBLE) AS n FROM (
  SELECT fit_group, CAST(day - min(day) OVER (PARTITION BY customer ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS INTEGER) AS gap
  FROM (SELECT d.customer AS customer, d.day AS day, c.fit_group AS fit_group
    FROM (SELECT customer, day FROM days WHERE ${PURCHASE}) AS d
    INNER JOIN (SELECT customer, fit_group, last_purchase FROM ${customers} WHERE x > 0) AS c ON d.customer = c.customer
    WHERE d.day <= c.last_purchase) AS p) AS g
WHERE gap > 0 GROUP BY fit_group, gap ORDER BY fit_group, gap`;
}
