import type { Cells, Group, SpendStates, States } from '../base/states.ts';

/** Rows of the cells query, column by column, in its order. */
export interface CellRows {
  readonly group: readonly string[];
  readonly x: Int32Array;
  readonly recency: Int32Array;
  readonly age: Int32Array;
  readonly segment: readonly string[];
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

/** Makes states and cells of sorted rows: neighbours with the same state differ in their segment only. */
export class CellsCollector {
  readonly #name: (text: string) => readonly string[];
  readonly #groups = new GroupsCollector();
  readonly #segments = new Map<string, number>();
  readonly #states = { x: [] as number[], recency: [] as number[], age: [] as number[], count: [] as number[] };
  readonly #cells = {
    state: [] as number[],
    segment: [] as number[],
    count: [] as number[],
    mean: [] as number[],
    square: [] as number[],
  };

  /** @param name the values of the segment columns in a segment's text */
  constructor(name: (segment: string) => readonly string[]) {
    this.#name = name;
  }

  add(rows: CellRows): void {
    const [states, cells] = [this.#states, this.#cells];
    for (let i = 0; i < rows.segment.length; i++) {
      const last = states.x.length - 1;
      const [x, recency, age] = [rows.x[i]!, rows.recency[i]!, rows.age[i]!];
      const fresh = this.#groups.enter(rows.group[i]!, states.x.length);
      if (!fresh && states.x[last] === x && states.recency[last] === recency && states.age[last] === age) {
        states.count[last]! += rows.count[i]!;
      } else {
        states.x.push(x);
        states.recency.push(recency);
        states.age.push(age);
        states.count.push(rows.count[i]!);
      }
      cells.state.push(states.x.length - 1);
      cells.segment.push(this.#indexOf(rows.segment[i]!));
      cells.count.push(rows.count[i]!);
      cells.mean.push(rows.purchases[i]! > 0 ? rows.spend[i]! / rows.purchases[i]! : rows.count[i]! * rows.filled[i]!);
      cells.square.push(rows.squares[i]!);
    }
  }

  /** @param steps the whole steps in which squares were summed, 1 / step */
  finish(steps: number): { states: States; cells: Cells } {
    const [states, cells] = [this.#states, this.#cells];
    return {
      states: {
        length: states.x.length,
        ...this.#groups.finish(states.x.length, this.#name),
        x: new Int32Array(states.x),
        recency: new Int32Array(states.recency),
        age: new Int32Array(states.age),
        count: new Float64Array(states.count),
      },
      cells: {
        length: cells.state.length,
        state: new Int32Array(cells.state),
        segment: new Int32Array(cells.segment),
        segments: [...this.#segments.keys()].map(this.#name),
        count: new Float64Array(cells.count),
        mean: new Float64Array(cells.mean),
        square: new Float64Array(cells.square).map((square) => square / steps),
      },
    };
  }

  #indexOf(segment: string): number {
    const known = this.#segments.get(segment);
    if (known !== undefined) return known;
    this.#segments.set(segment, this.#segments.size);
    return this.#segments.size - 1;
  }
}

/** Notes where each group of sorted rows begins; one nameless group is none. */
export class GroupsCollector {
  readonly #starts: { readonly text: string; readonly start: number }[] = [];

  /** True where a group begins at this row. */
  enter(text: string, row: number): boolean {
    if (this.#starts.at(-1)?.text === text) return false;
    this.#starts.push({ text, start: row });
    return true;
  }

  finish(length: number, name: (text: string) => readonly string[]): { groups?: readonly Group[] } {
    if (this.#starts.length < 2 && (this.#starts[0]?.text ?? '') === '') return {};
    const end = (i: number): number => this.#starts[i + 1]?.start ?? length;
    return { groups: this.#starts.map(({ text, start }, i) => ({ name: name(text), start, end: end(i) })) };
  }
}

/** Where a (purchases, mean) of one group stands among sorted spend states, by halving. */
export function spendIndex(
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
