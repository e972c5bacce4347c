import type { RollUpName } from '../../base/movement.ts';
import type { Cells, Joint, SpendStates, States } from '../../base/states.ts';
import type { LoadPlan } from '../ledger.ts';
import type { Store } from '../store.ts';
import { GroupsCollector, Names, squareExponent, statesAndCells } from './cells.ts';
import { gathered } from './gathered.ts';
import { JointCollector } from './joint.ts';
import { splitSegment } from './sql.ts';
import * as sql from './states-sql.ts';

/** The distinct states of a roll-up and the customers of each by segment. */
export async function readStates(
  store: Store,
  plan: LoadPlan,
  customers: RollUpName,
): Promise<{ states: States; cells: Cells }> {
  const [row] = await store.rows(sql.largestMean(customers));
  const exponent = squareExponent(Number(row!['largest'] ?? 0));
  const keys = keysOf(plan);
  const [groups, names] = [new GroupsCollector(), new Names()];
  const rows = await gathered(store.chunks(sql.cellsOf(exponent, customers, keys)), (chunk) => {
    if (keys.group) groups.add(chunk.texts(0));
    return {
      x: chunk.integers(1),
      recency: chunk.integers(2),
      age: chunk.integers(3),
      segment: keys.segment ? names.indicesOf(chunk.texts(4)) : new Int32Array(chunk.rowCount),
      count: chunk.doubles(5),
      spend: chunk.doubles(6),
      purchases: chunk.integers(7),
      squares: chunk.doubles(8),
      filled: chunk.doubles(9),
    };
  });
  const { states, cells } = statesAndCells(rows, groups.finish(splitSegment), 2 ** exponent);
  const segments = keys.segment ? names.texts.map(splitSegment) : cells.length > 0 ? [[]] : [];
  return { states, cells: { ...cells, segments } };
}

function keysOf({ by, fitBy }: LoadPlan): sql.CellKeys {
  return { group: fitBy.length > 0, segment: by.length > 0 };
}

export async function readSpendStates(store: Store, plan: LoadPlan, customers: RollUpName): Promise<SpendStates> {
  const { group } = keysOf(plan);
  const groups = new GroupsCollector();
  const rows = await gathered(store.chunks(sql.spendStatesOf(customers, group)), (chunk) => {
    if (group) groups.add(chunk.texts(0));
    return { x: chunk.integers(1), mean: chunk.doubles(2), count: chunk.doubles(3) };
  });
  return { length: rows.x.length, ...(group && { groups: groups.finish(splitSegment) }), ...rows };
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
