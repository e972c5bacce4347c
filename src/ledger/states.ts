import type { RollUpName } from '../base/movement.ts';
import type { Cells, Joint, SpendStates, States } from '../base/states.ts';
import { CellsCollector, GroupsCollector, squareExponent } from './cells.ts';
import { JointCollector } from './joint.ts';
import type { LoadPlan } from './ledger.ts';
import * as sql from './sql.ts';
import { joined, type Store, textsIf } from './store.ts';

/** The distinct states of a roll-up and the customers of each by segment. */
export async function readStates(
  store: Store,
  plan: LoadPlan,
  customers: RollUpName,
): Promise<{ states: States; cells: Cells }> {
  const [row] = await store.rows(sql.largestMean(customers));
  const exponent = squareExponent(Number(row!['largest'] ?? 0));
  const [grouped, segmented] = [plan.fitBy.length > 0, plan.by.length > 0];
  const collected = new CellsCollector(sql.splitSegment);
  for await (const chunk of store.chunks(sql.cellsOf(exponent, customers))) {
    collected.add({
      group: textsIf(grouped, chunk, 0),
      x: chunk.integers(1),
      recency: chunk.integers(2),
      age: chunk.integers(3),
      segment: textsIf(segmented, chunk, 4),
      count: chunk.doubles(5),
      spend: chunk.doubles(6),
      purchases: chunk.integers(7),
      squares: chunk.doubles(8),
      filled: chunk.doubles(9),
    });
  }
  return collected.finish(2 ** exponent);
}

export async function readSpendStates(store: Store, plan: LoadPlan, customers: RollUpName): Promise<SpendStates> {
  const parts = { x: [] as Int32Array[], mean: [] as Float64Array[], count: [] as Float64Array[] };
  const groups = new GroupsCollector();
  const grouped = plan.fitBy.length > 0;
  let length = 0;
  for await (const chunk of store.chunks(sql.spendStatesOf(customers))) {
    for (const [row, text] of textsIf(grouped, chunk, 0).entries()) groups.enter(text, length + row);
    parts.x.push(chunk.integers(1));
    parts.mean.push(chunk.doubles(2));
    parts.count.push(chunk.doubles(3));
    length += chunk.rowCount;
  }
  return {
    length,
    ...groups.finish(length, sql.splitSegment),
    x: joined(parts.x, new Int32Array()),
    mean: joined(parts.mean, new Float64Array()),
    count: joined(parts.count, new Float64Array()),
  };
}

/** Distinct customers as indices of states and spend states. */
export async function readJoint(store: Store, states: States, spend: SpendStates): Promise<Joint> {
  const found = new JointCollector(states, spend);
  for await (const chunk of store.chunks(sql.JOINT)) {
    found.add({
      group: chunk.texts(0),
      x: chunk.integers(1),
      recency: chunk.integers(2),
      age: chunk.integers(3),
      purchases: chunk.integers(4),
      mean: chunk.doubles(5),
      count: chunk.doubles(6),
    });
  }
  return found.finish();
}
