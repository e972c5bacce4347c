import type { Outcomes } from '../data/holdout.ts';
import type { States } from '../data/states.ts';
import type { Prediction } from './holdout.ts';

/** Customers alike in what was known of them: how many, and sums over them. */
export interface Alike {
  readonly customers: number;
  /** Purchases in the holdout. */
  readonly predicted: number;
  readonly actual: number;
  /** P(alive) on the as-of date. */
  readonly alive: number;
}

/** Customers by repeat purchases (0 to 6, then 7 and more) and, within each, by the time since the last purchase. */
export interface Conditional {
  /** Whole weeks in one of the ten bins of the time since the last purchase, the first from 0. */
  readonly weeks: number;
  readonly cells: readonly (readonly Alike[])[];
}

export const MOST_FREQUENT = 7;
const BINS = 10;

/** The expectation and P(alive) given what was known. Fader, Hardie & Lee 2005, Marketing Science 24(2), figures 7 and 8. */
export function conditionalOf(
  states: States,
  outcomes: Outcomes,
  { expected, pAlive }: Pick<Prediction, 'expected' | 'pAlive'>,
): Conditional {
  const since = (state: number): number => Math.floor((states.age[state]! - states.recency[state]!) / 7);
  let longest = 0;
  for (let i = 0; i < states.length; i++) longest = Math.max(longest, since(i));
  const weeks = Math.ceil((longest + 1) / BINS);
  const cells = Array.from({ length: MOST_FREQUENT + 1 }, () =>
    Array.from({ length: BINS }, () => ({ customers: 0, predicted: 0, actual: 0, alive: 0 })),
  );
  const cellOf = (state: number) =>
    cells[Math.min(states.x[state]!, MOST_FREQUENT)]![Math.floor(since(state) / weeks)]!;
  for (let i = 0; i < states.length; i++) {
    const [cell, count] = [cellOf(i), states.count[i]!];
    cell.customers += count;
    cell.predicted += count * expected[i]!;
    cell.alive += count * pAlive[i]!;
  }
  for (let i = 0; i < outcomes.length; i++) {
    cellOf(outcomes.state[i]!).actual += outcomes.count[i]! * outcomes.purchases[i]!;
  }
  return { weeks, cells };
}

/** Customers by repeat purchases up to the as-of date, 0 to 6, then 7 and more: how many there are. */
export function frequenciesSeen({ length, x, count }: States): Float64Array {
  const seen = new Float64Array(MOST_FREQUENT + 1);
  for (let i = 0; i < length; i++) seen[Math.min(x[i]!, MOST_FREQUENT)]! += count[i]!;
  return seen;
}

/** The same by their purchases in the holdout. */
export function frequenciesDone({ length, purchases, count }: Outcomes, customers: number): Float64Array {
  const done = new Float64Array(MOST_FREQUENT + 1);
  done[0] = customers;
  for (let i = 0; i < length; i++) {
    if (purchases[i] === 0) continue;
    done[Math.min(purchases[i]!, MOST_FREQUENT)]! += count[i]!;
    done[0]! -= count[i]!;
  }
  return done;
}

/** Several groups as one. */
export function together(groups: readonly Alike[]): Alike {
  const sum = (of: (group: Alike) => number): number => groups.reduce((all, group) => all + of(group), 0);
  return {
    customers: sum(({ customers }) => customers),
    predicted: sum(({ predicted }) => predicted),
    actual: sum(({ actual }) => actual),
    alive: sum(({ alive }) => alive),
  };
}
