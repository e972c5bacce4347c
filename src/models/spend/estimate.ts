import type { Estimate, Fit } from '../model.ts';

/** Parameters of spend, and what the data show of the assumption that frequency and spend are independent. */
export interface SpendEstimate extends Estimate {
  /** Pearson's, between x and m̄ over the customers of the fit, which the model takes to be none; null where undefined. */
  readonly correlation: number | null;
}

export type SpendFit = Fit & SpendEstimate;

/** E(M | x, m̄) = base + weight · m̄: the part of the prior and the weight of the customer's own mean. */
export interface Credibility {
  readonly base: number;
  readonly weight: number;
}
