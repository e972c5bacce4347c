import type { Day } from '../../../base/calendar.ts';
import type { PlanGaps } from '../../../data/subscriptions/lengths.ts';
import type { Loaded } from '../../store.ts';
import { dateLiteral } from '../sql.ts';

/** Days from a payment of a plan to the next one of the same subscription, counted by plan; plans in order, those without any too. */
export async function readPlanGaps({ store }: Pick<Loaded, 'store'>, asOf: Day): Promise<readonly PlanGaps[]> {
  const plans = new Map<string, { plan: string; days: number[]; count: number[] }>();
  for await (const chunk of store.chunks(gapsUntil(dateLiteral(asOf)))) {
    const [names, days, count] = [chunk.texts(0), chunk.integers(1), chunk.doubles(2)];
    for (let i = 0; i < chunk.rowCount; i++) {
      const known = plans.get(names[i]!) ?? { plan: names[i]!, days: [], count: [] };
      plans.set(names[i]!, known);
      if (days[i] === 0) continue;
      known.days.push(days[i]!);
      known.count.push(count[i]!);
    }
  }
  return [...plans.values()];
}

/** 0 days: the first payment of a subscription. */
function gapsUntil(asOf: string): string {
  const before =
    'OVER (PARTITION BY customer_id, subscription, plan ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)';
  return `SELECT plan, gap, CAST(count(*) AS DOUBLE) AS n FROM (
  SELECT plan, CASE WHEN place = 1 THEN 0 ELSE CAST(day - day_before AS INTEGER) END AS gap FROM (
    SELECT plan, day, max(day) ${before} AS day_before,
      row_number() OVER (PARTITION BY customer_id, subscription, plan ORDER BY day) AS place
    FROM (SELECT DISTINCT customer_id, subscription, plan, day FROM subscription_rows WHERE charged > 0 AND day <= ${asOf}) AS d) AS w) AS g
GROUP BY plan, gap ORDER BY plan, gap`;
}
