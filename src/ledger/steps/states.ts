import type { RollUpName } from '../../data/movement.ts';
import type { Cells, Joint, SpendStates, States } from '../../data/states.ts';
import type { LoadPlan } from '../ledger.ts';
import { concatChunks, type Store } from '../store.ts';
import { GroupsCollector, Interner, JointCollector, squareExponent, statesAndCells } from './cells.ts';
import { byText, double, splitSegment } from './sql.ts';

/** The distinct states of a roll-up and the customers of each by segment. */
export async function readStates(
  store: Store,
  plan: LoadPlan,
  customers: RollUpName,
): Promise<{ states: States; cells: Cells }> {
  const [row] = await store.rows(largestMean(customers));
  const exponent = squareExponent(Number(row!['largest'] ?? 0));
  const keys = keysOf(plan);
  const [groups, names] = [new GroupsCollector(), new Interner()];
  const rows = await concatChunks(store.chunks(cellsOf(exponent, customers, keys)), (chunk) => {
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

/** The largest mean margin, either sign. */
const largestMean = (customers: string): string => `SELECT max(abs(mean)) AS largest FROM ${customers}`;

/** Whether customers are told apart by group, and by segment: texts that are all alike cost time to compare. */
interface CellKeys {
  readonly group: boolean;
  readonly segment: boolean;
}

function keysOf({ by, fitBy }: LoadPlan): CellKeys {
  return { group: fitBy.length > 0, segment: by.length > 0 };
}

/**
 * Customers by state and segment. Sums of doubles depend on the order in which an engine meets them, so the sum of the means
 * is taken exactly (of `spend`, which is mean × purchases), and that of the squares in whole steps of 2^-exponent.
 */
function cellsOf(exponent: number, customers: string, { group, segment }: CellKeys): string {
  const square = `floor(mean * mean * CAST(${2 ** exponent} AS DOUBLE))`;
  const keys = [...(group ? ['fit_group'] : []), 'x', 'recency', 'age', ...(segment ? ['segment'] : [])].join(', ');
  return `SELECT ${textIf(group, 'fit_group')}, x, recency, age, ${textIf(segment, 'segment')}, CAST(n AS DOUBLE) AS n,
  ${double('spend')} AS spend, spend_purchases, ${byText('squares')} AS squares, filled FROM (
  SELECT ${keys}, count(*) AS n, sum(spend) AS spend, max(spend_purchases) AS spend_purchases,
    sum(CAST(${square} AS DECIMAL(38,0))) AS squares, max(mean) AS filled
  FROM ${customers} GROUP BY ${keys}) AS g ORDER BY ${keys}`;
}

function textIf(wanted: boolean, column: string): string {
  return wanted ? column : `'' AS ${column}`;
}

export async function readSpendStates(store: Store, plan: LoadPlan, customers: RollUpName): Promise<SpendStates> {
  const { group } = keysOf(plan);
  const groups = new GroupsCollector();
  const rows = await concatChunks(store.chunks(spendStatesOf(customers, group)), (chunk) => {
    if (group) groups.add(chunk.texts(0));
    return { x: chunk.integers(1), mean: chunk.doubles(2), count: chunk.doubles(3) };
  });
  return { length: rows.x.length, ...(group && { groups: groups.finish(splitSegment) }), ...rows };
}

function spendStatesOf(customers: string, group: boolean): string {
  const keys = [...(group ? ['fit_group'] : []), 'spend_purchases', 'mean'].join(', ');
  return `SELECT ${textIf(group, 'fit_group')}, spend_purchases AS x, mean, CAST(count(*) AS DOUBLE) AS n FROM ${customers}
WHERE spend_purchases > 0 GROUP BY ${keys} ORDER BY ${keys}`;
}

/** Distinct customers as indices of states and spend states. */
export async function readJoint(store: Store, states: States, spend: SpendStates): Promise<Joint> {
  const found = new JointCollector(states, spend);
  for await (const chunk of store.chunks(JOINT)) {
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

/** Distinct customers: state and mean together. */
const JOINT = `SELECT fit_group, x, recency, age, spend_purchases, mean, CAST(count(*) AS DOUBLE) AS n FROM customers
GROUP BY fit_group, x, recency, age, spend_purchases, mean ORDER BY fit_group, x, recency, age, spend_purchases, mean`;
