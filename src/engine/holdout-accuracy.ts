import type { Outcomes } from '../data/holdout.ts';
import type { States } from '../data/states.ts';
import { meanRank, type Ranks, shareWithin, standingBy } from './standing.ts';

/** How well the purchases of the single customers were predicted. */
export interface Accuracy {
  /** Mean absolute error and root of the mean squared error, purchases a customer. */
  readonly mae: number;
  readonly rmse: number;
  /** Spearman's correlation of the ranks by predicted and by actual purchases, ties averaged; NaN where all are equal. */
  readonly spearman: number;
  /** Share of the tenth of the customers who bought most that is among the tenth predicted to buy most. */
  readonly topDecileFound: number;
}

/**
 * @param predicted of every state, a customer
 * @param standing of the states by `predicted`
 */
export function accuracyOf(
  states: States,
  { length, state, purchases, count }: Outcomes,
  predicted: Float64Array,
  standing: Ranks,
): Accuracy {
  const actual = standingBy(purchases, count);
  const customers = states.count.reduce((sum, part) => sum + part, 0);
  const middle = (customers + 1) / 2;
  const top = placesOf(1, customers);
  let [absolute, squared, product, predictedSquare, actualSquare, found] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < length; i++) {
    const [s, n] = [state[i]!, count[i]!];
    const miss = purchases[i]! - predicted[s]!;
    absolute += n * Math.abs(miss);
    squared += n * miss * miss;
    const [p, a] = [meanRank(standing, s) - middle, meanRank(actual, i) - middle];
    product += n * p * a;
    predictedSquare += n * p * p;
    actualSquare += n * a * a;
    found += n * shareWithin(standing, s, 0, top) * shareWithin(actual, i, 0, top);
  }
  return {
    mae: absolute / customers,
    rmse: Math.sqrt(squared / customers),
    spearman: product / Math.sqrt(predictedSquare * actualSquare),
    topDecileFound: found / top,
  };
}

/** Customers in the first so many of ten equal groups, whole ones. */
export function placesOf(tenths: number, customers: number): number {
  return Math.floor((tenths * customers) / 10);
}
