import type { Day } from '../../base/calendar.ts';
import type { Holdout } from '../../base/holdout.ts';
import type { LoadPlan } from '../ledger.ts';
import { type Store, units } from '../store.ts';
import { gathered } from './gathered.ts';
import { dailyPurchases, OUTCOME_MARGIN, OUTCOMES, outcomesOf } from './holdout-sql.ts';
import { dateLiteral } from './sql.ts';

/** What the customers in `customers`, rolled up as of `after`, did from the next day to `until`. */
export async function readHoldout(store: Store, plan: LoadPlan, after: Day, until: Day): Promise<Holdout> {
  const [first, last] = [dateLiteral(after), dateLiteral(until)];
  await store.create('outcomes', outcomesOf(plan, first, last));
  const [total] = await store.rows(OUTCOME_MARGIN);
  const outcomes = await gathered(store.chunks(OUTCOMES), (chunk) => ({
    state: chunk.integers(0),
    purchases: chunk.integers(1),
    count: chunk.doubles(2),
    margin: chunk.doubles(3),
  }));
  await store.drop('outcomes');
  const daily = new Float64Array(until - after);
  for await (const chunk of store.chunks(dailyPurchases(first, last))) {
    const [day, count] = [chunk.integers(0), chunk.doubles(1)];
    for (let i = 0; i < chunk.rowCount; i++) daily[day[i]! - 1] = count[i]!;
  }
  return { outcomes: { length: outcomes.count.length, ...outcomes }, daily, margin: units(total!['margin']) };
}
