import type { RollUpName } from '../../data/movement.ts';
import type { Cells, Group, SpendStates, States } from '../../data/states.ts';
import type { LoadPlan } from '../plan.ts';
import { concatChunks, Interner, type Loaded } from '../store.ts';
import { byText, double, splitSegment } from './sql.ts';

/** The distinct states of a roll-up and the customers of each by segment. */
export async function readStates(
  { store, plan, largestMeans }: Loaded,
  customers: RollUpName,
): Promise<{ states: States; cells: Cells }> {
  const exponent = squareExponent(largestMeans.get(customers)!);
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

export async function readSpendStates({ store, plan }: Loaded, customers: RollUpName): Promise<SpendStates> {
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

/** Rows of the cells query, column by column: sorted, so neighbours with the same state differ in their segment only. */
interface CellRows {
  readonly x: Int32Array;
  readonly recency: Int32Array;
  readonly age: Int32Array;
  /** Index of the segment. */
  readonly segment: Int32Array;
  readonly count: Float64Array;
  readonly spend: Float64Array;
  readonly purchases: Int32Array;
  readonly squares: Float64Array;
  /** The mean of customers without purchases to take it over. */
  readonly filled: Float64Array;
}

/** The finest step 2^-n in which squares up to largest² still sum exactly in 128 bits, for some 10^10 customers. */
function squareExponent(largest: number): number {
  const bits = largest > 0 ? Math.ceil(2 * Math.log2(largest)) : 0;
  return Math.max(-900, Math.min(900, 90 - bits));
}

/**
 * The states and cells of all rows.
 * @param groups by their rows
 * @param steps the whole steps in which squares were summed, 1 / step
 */
function statesAndCells(
  { x, recency, age, segment, count, spend, purchases, squares, filled }: CellRows,
  groups: readonly Group[],
  steps: number,
): { states: States; cells: Omit<Cells, 'segments'> } {
  const begins = new Set(groups.map(({ start }) => start));
  const state = new Int32Array(x.length);
  const first = new Int32Array(x.length);
  let length = 0;
  for (let i = 0; i < x.length; i++) {
    const same = i > 0 && x[i] === x[i - 1] && recency[i] === recency[i - 1] && age[i] === age[i - 1];
    if (!same || begins.has(i)) first[length++] = i;
    state[i] = length - 1;
  }
  const customers = new Float64Array(length);
  for (let i = 0; i < x.length; i++) customers[state[i]!]! += count[i]!;
  const ofStates = (column: Int32Array): Int32Array =>
    length === x.length ? column : first.subarray(0, length).map((row) => column[row]!);
  const stateAt = (row: number): number => state[row] ?? length;
  return {
    states: {
      length,
      ...(groups.length > 0 && {
        groups: groups.map(({ name, start, end }) => ({ name, start: stateAt(start), end: stateAt(end) })),
      }),
      x: ofStates(x),
      recency: ofStates(recency),
      age: ofStates(age),
      count: customers,
    },
    cells: {
      length: x.length,
      state,
      segment,
      count,
      mean: spend.map((sum, i) => (purchases[i]! > 0 ? sum / purchases[i]! : count[i]! * filled[i]!)),
      square: squares.map((square) => square / steps),
    },
  };
}

/** Notes where each group of sorted rows begins. */
class GroupsCollector {
  readonly #starts: { readonly text: string; readonly start: number }[] = [];
  #rows = 0;

  /** @param texts the groups of the next rows */
  add(texts: readonly string[]): void {
    for (const text of texts) {
      if (this.#starts.at(-1)?.text !== text) this.#starts.push({ text, start: this.#rows });
      this.#rows++;
    }
  }

  /** By their rows. @param name the values in a group's text */
  finish(name: (text: string) => readonly string[]): readonly Group[] {
    return this.#starts.map(({ text, start }, i) => ({
      name: name(text),
      start,
      end: this.#starts[i + 1]?.start ?? this.#rows,
    }));
  }
}
