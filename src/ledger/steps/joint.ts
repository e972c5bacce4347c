import type { Group, Joint, SpendStates, States } from '../../data/states.ts';
import type { Loaded } from '../store.ts';

/** Distinct customers as indices of states and spend states. */
export async function readJoint({ store }: Loaded, states: States, spend: SpendStates): Promise<Joint> {
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
class JointCollector {
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
