import type { Estimate, Fit } from '../model.ts';

/** Parameters of spend, and what the data show of the assumption that frequency and spend are independent. */
export interface SpendEstimate extends Estimate {
  /** Pearson's, between x and m̄ over the customers of the fit, which the model takes to be none; null where undefined. */
  readonly correlation: number | null;
}

export type SpendFit = Fit & SpendEstimate;

/**
 * E(Z² | x, m̄) = base + linear · m̄ + quadratic · m̄², Z a customer's mean margin per purchase; a purchase's own square is
 * expected to be 1 + dispersion times as large. null where it is infinite.
 */
export interface SecondMoment {
  readonly base: number;
  readonly linear: number;
  readonly quadratic: number;
  readonly dispersion: number;
}

/** A customer's own mean is taken at its word, and every purchase to be like it. */
export const OWN_SPEND: SecondMoment = { base: 0, linear: 0, quadratic: 1, dispersion: 0 };

/** E(M | x, m̄) = base + weight · m̄: the part of the prior and the weight of the customer's own mean. */
export interface Credibility {
  readonly base: number;
  readonly weight: number;
}

/**
 * What a customer's mean margin Z may be, in multiples of what is expected of it: scale/G, G ~ Gamma(shape, 1), or 1 where shape is
 * infinite; every purchase is Z times a Gamma of mean 1 and variance `dispersion`.
 */
export interface SpendLaw {
  readonly shape: number;
  readonly scale: number;
  readonly dispersion: number;
}
