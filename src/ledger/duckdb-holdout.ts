import { type Day, isoOf } from '../base/calendar.ts';
import type { Holdout } from '../base/holdout.ts';
import { doubles, integers, joined, units } from './duckdb-columns.ts';
import type { DuckDBSession } from './duckdb-session.ts';
import type { LoadPlan } from './ledger.ts';
import { dailyPurchases, OUTCOME_MARGIN, OUTCOMES, outcomesOf } from './sql-holdout.ts';

/** What the customers in `customers`, rolled up as of `after`, did from the next day to `until`. */
export async function readHoldout(session: DuckDBSession, plan: LoadPlan, after: Day, until: Day): Promise<Holdout> {
  const [first, last] = [after, until].map((day) => `CAST('${isoOf(day)}' AS DATE)`) as [string, string];
  await session.run(`CREATE TABLE outcomes AS ${outcomesOf(plan, first, last)}`);
  const [total] = await session.rows(OUTCOME_MARGIN);
  const parts = { state: [] as Int32Array[], purchases: [] as Int32Array[] };
  const sums = { count: [] as Float64Array[], margin: [] as Float64Array[] };
  for await (const chunk of session.chunks(OUTCOMES)) {
    parts.state.push(integers(chunk, 0));
    parts.purchases.push(integers(chunk, 1));
    sums.count.push(doubles(chunk, 2));
    sums.margin.push(doubles(chunk, 3));
  }
  await session.run('DROP TABLE outcomes');
  const daily = new Float64Array(until - after);
  for await (const chunk of session.chunks(dailyPurchases(first, last))) {
    const [day, count] = [integers(chunk, 0), doubles(chunk, 1)];
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
