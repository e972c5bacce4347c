import type { Outcomes } from '../data/holdout.ts';
import type { States } from '../data/states.ts';
import { placesOf } from './holdout-accuracy.ts';
import { type Ranks, shareWithin } from './standing.ts';

/** A tenth of the customers by predicted purchases: sums over them, margins in currency units. */
export interface Decile {
  readonly customers: number;
  readonly predicted: number;
  readonly actual: number;
  /** Null where no margin is predicted. */
  readonly predictedMargin: number | null;
  readonly actualMargin: number;
}

/**
 * Ten equal groups, those expected to buy most first. Where customers with equal predictions stand on both sides of a
 * border, each side takes its share of what they all did.
 * @param predicted of every state, a customer
 * @param margin predicted of all customers of every state
 * @param standing of the states by `predicted`
 */
export function decilesOf(
  states: States,
  outcomes: Outcomes,
  predicted: Float64Array,
  margin: Float64Array | null,
  standing: Ranks,
): Decile[] {
  const done = byState(states, outcomes);
  const customers = states.count.reduce((sum, part) => sum + part, 0);
  const borders = Array.from({ length: 11 }, (_, tenth) => placesOf(tenth, customers));
  const sums = Array.from({ length: 10 }, () => ({ predicted: 0, actual: 0, margin: 0, actualMargin: 0 }));
  for (let i = 0; i < states.length; i++) {
    const [first, end] = [standing.above[i]!, standing.above[i]! + standing.tied[i]!];
    for (const [k, sum] of sums.entries()) {
      if (borders[k]! >= end || borders[k + 1]! <= first) continue;
      const share = shareWithin(standing, i, borders[k]!, borders[k + 1]!);
      sum.predicted += share * states.count[i]! * predicted[i]!;
      sum.actual += share * done.purchases[i]!;
      sum.margin += share * (margin?.[i] ?? 0);
      sum.actualMargin += share * done.margin[i]!;
    }
  }
  return sums.map((sum, k) => ({
    customers: borders[k + 1]! - borders[k]!,
    predicted: sum.predicted,
    actual: sum.actual,
    predictedMargin: margin && sum.margin,
    actualMargin: sum.actualMargin,
  }));
}

/** What all customers of every state did. */
function byState({ length }: States, outcomes: Outcomes): { purchases: Float64Array; margin: Float64Array } {
  const [purchases, margin] = [new Float64Array(length), new Float64Array(length)];
  for (let i = 0; i < outcomes.length; i++) {
    const state = outcomes.state[i]!;
    purchases[state]! += outcomes.count[i]! * outcomes.purchases[i]!;
    margin[state]! += outcomes.margin[i]!;
  }
  return { purchases, margin };
}
