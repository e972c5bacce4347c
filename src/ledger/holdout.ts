import type { Day } from '../base/calendar.ts';
import type { Holdout } from '../base/holdout.ts';
import type { LoadPlan } from './ledger.ts';
import { dateLiteral } from './roll-up.ts';
import { dailyPurchases, OUTCOME_MARGIN, OUTCOMES, outcomesOf } from './sql-holdout.ts';
import { joined, type Store, units } from './store.ts';

/** What the customers in `customers`, rolled up as of `after`, did from the next day to `until`. */
export async function readHoldout(store: Store, plan: LoadPlan, after: Day, until: Day): Promise<Holdout> {
  const [first, last] = [dateLiteral(after), dateLiteral(until)];
  await store.create('outcomes', outcomesOf(plan, first, last));
  const [total] = await store.rows(OUTCOME_MARGIN);
  const parts = { state: [] as Int32Array[], purchases: [] as Int32Array[] };
  const sums = { count: [] as Float64Array[], margin: [] as Float64Array[] };
  for await (const chunk of store.chunks(OUTCOMES)) {
    parts.state.push(chunk.integers(0));
    parts.purchases.push(chunk.integers(1));
    sums.count.push(chunk.doubles(2));
    sums.margin.push(chunk.doubles(3));
  }
  await store.drop('outcomes');
  const daily = new Float64Array(until - after);
  for await (const chunk of store.chunks(dailyPurchases(first, last))) {
    const [day, count] = [chunk.integers(0), chunk.doubles(1)];
    for (let i = 0; i < chunk.rowCount; i++) daily[day[i]! - 1] = count[i]!;
  }
  const count = joined(sums.count, new Float64Array());
  const margin = joined(sums.margin, new Float64Array());
  const state = joined(parts.state, new Int32Array());
  const purchases = joined(parts.purchases, new Int32Array());
  return {
    outcomes: { length: count.length, state, purchases, count, margin },
    daily,
    margin: units(total!['margin']),
  };
}
