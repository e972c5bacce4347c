import type { Cells, Group, Joint, SpendStates, States } from '../../data/states.ts';

/** Rows of the cells query, column by column: sorted, so neighbours with the same state differ in their segment only. */
export interface CellRows {
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
export function squareExponent(largest: number): number {
  const bits = largest > 0 ? Math.ceil(2 * Math.log2(largest)) : 0;
  return Math.max(-900, Math.min(900, 90 - bits));
}

/**
 * The states and cells of all rows.
 * @param groups by their rows
 * @param steps the whole steps in which squares were summed, 1 / step
 */
export function statesAndCells(
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

/** Numbers different texts in the order in which they come. */
export class Interner {
  readonly #indices = new Map<string, number>();

  indicesOf(texts: readonly string[]): Int32Array {
    return Int32Array.from(texts, (text) => {
      const known = this.#indices.get(text);
      if (known !== undefined) return known;
      this.#indices.set(text, this.#indices.size);
      return this.#indices.size - 1;
    });
  }

  get texts(): readonly string[] {
    return [...this.#indices.keys()];
  }
}

/** Notes where each group of sorted rows begins. */
export class GroupsCollector {
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

/** Rows of the joint query, column by column, in its order. */
interface JointRows {
  readonly group: readonly string[];
  readonly x: Int32Array;
  readonly recency: Int32Array;
  readonly age: Int32Array;
  readonly purchases: Int32Array;
  readonly mean: Float64Array;
  readonly count: Float64Array;
}

/** Finds sorted rows again among the sorted states and spend states. */
export class JointCollector {
  readonly #states: States;
  readonly #spend: SpendStates;
  readonly #found = { state: [] as number[], spend: [] as number[], count: [] as number[] };
  #state = 0;

  constructor(states: States, spend: SpendStates) {
    this.#states = states;
    this.#spend = spend;
  }

  add(rows: JointRows): void {
    for (let i = 0; i < rows.group.length; i++) {
      while (!this.#isAt(rows.x[i]!, rows.recency[i]!, rows.age[i]!)) this.#state++;
      this.#found.state.push(this.#state);
      const purchases = rows.purchases[i]!;
      this.#found.spend.push(purchases > 0 ? spendIndex(this.#spend, this.#range(), purchases, rows.mean[i]!) : -1);
      this.#found.count.push(rows.count[i]!);
    }
  }

  finish(): Joint {
    const { state, spend, count } = this.#found;
    return {
      length: count.length,
      state: Int32Array.from(state),
      spend: Int32Array.from(spend),
      count: Float64Array.from(count),
    };
  }

  #isAt(x: number, recency: number, age: number): boolean {
    const { x: xs, recency: recencies, age: ages } = this.#states;
    return xs[this.#state] === x && recencies[this.#state] === recency && ages[this.#state] === age;
  }

  /** Where the spend states of the present state's group stand. */
  #range(): Pick<Group, 'start' | 'end'> {
    const group = this.#states.groups?.find((one) => this.#state < one.end);
    const name = group?.name.join('\u0000');
    const spend = this.#spend.groups?.find((one) => one.name.join('\u0000') === name);
    return spend ?? { start: 0, end: this.#spend.length };
  }
}

/** Where a (purchases, mean) of one group stands among sorted spend states, by halving. */
function spendIndex(
  { x, mean }: SpendStates,
  { start, end }: Pick<Group, 'start' | 'end'>,
  purchases: number,
  value: number,
): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle]! < purchases || (x[middle] === purchases && mean[middle]! < value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
