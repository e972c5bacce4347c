import type { Group, Joint, SpendStates, States } from '../../base/states.ts';
import { spendIndex } from './cells.ts';

/** Rows of the joint query, column by column, in its order. */
export interface JointRows {
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
