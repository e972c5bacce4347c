import { betaShares, kindShares, type Shares } from '../heterogeneity.ts';
import type { Inside } from '../model.ts';
import type { Range } from '../numeric/newton.ts';
import { discountedOpportunities, discountedSteadily } from './future.ts';
import { atOnceMoments, BetaMoments, type Moments, NEVER, oneMoments } from './moments.ts';

/** How a chance, met at every opportunity, differs between customers: that to buy or that to stop. */
interface Chance {
  readonly ranges: readonly Range[];
  /** ln E[p^i (1 − p)^j] and its derivatives, for whole i + j up to a limit. */
  moments(parameters: readonly number[], most: number): Moments;
  /** E[p] of customers to whom it happened i times and did not happen j times. */
  mean(parameters: readonly number[], i: number, j: number): number;
  /** Shares of customers by the chance. */
  shares(parameters: readonly number[]): Shares;
  /** The ways to two shapes of Beta from an edge; absent where it is at none. */
  inside?(parameters: readonly number[]): readonly Inside[];
  /** In plain words, what it takes of all customers; absent of Beta. */
  readonly takes?: string;
  /** In plain words, what it means that a parameter tends to its highest (high) or lowest. */
  edge(parameters: readonly number[], high: boolean): string;
}

export interface BuyingKind extends Chance {
  readonly name: string;
  readonly parameterNames: readonly string[];
  /** Tried in turn, given the purchases an opportunity. */
  starts(mean: number): readonly (readonly number[])[];
}

export interface StoppingKind extends Chance {
  /** Of the name of a model. */
  readonly prefix: string;
  readonly parameterNames: readonly string[];
  /** Tried in turn, beside those of buying. */
  readonly starts: readonly (readonly number[])[];
  /** Σ of (1 + d)^−k over the opportunities at which a customer alive at n + 1 is there; null: for life. */
  time(n: number, parameters: readonly number[], d: number, opportunities: number | null): number;
  /** True where nobody, or nobody any more, stops. */
  readonly unending?: true;
}

export type BuyingName = 'beta' | 'one';
export type StoppingName = 'beta' | 'one' | 'atOnce' | 'nobody';

const SHAPE: Range = { low: 1e-4, high: 1e4 };
/** The step of a difference stays below 1. */
const SHARE: Range = { low: 1e-6, high: 0.9998 };
/** A sum of shapes at which the chances hardly differ, and one at which they are nearly 0 or 1. */
const ALIKE = 2000;
const APART = 0.004;
const NOBODY = 'nobody seems to stop buying';

/** p ~ Beta(a, b). */
const beta = {
  ranges: [SHAPE, SHAPE],
  moments: ([a, b], most) => new BetaMoments(a!, b!, most),
  mean: ([a, b], i, j) => (a! + i) / (a! + b! + i + j),
  shares: ([a, b]) => betaShares(a!, b!),
} satisfies Partial<Chance>;

/** One p for all customers: the limit of two shapes → ∞. */
const one = {
  ranges: [SHARE],
  moments: ([p]) => oneMoments(p!),
  mean: ([p]) => p!,
  shares: ([p]) => kindShares([p!, 1]),
  inside: ([p]) => [{ start: [ALIKE * p!, ALIKE * (1 - p!)], parameter: 0, factor: 0.5, fixed: [0] }],
} satisfies Partial<Chance>;

export const buying: Readonly<Record<BuyingName, BuyingKind>> = {
  beta: {
    ...beta,
    name: 'bb',
    parameterNames: ['alpha', 'beta'],
    starts: (mean) => [
      [1, (1 - mean) / mean],
      [3 * mean, 3 * (1 - mean)],
      [1, (1 - mean) / mean],
      [20 * mean, 20 * (1 - mean)],
    ],
    edge: (_, high) =>
      high ? 'everybody is equally likely to buy' : 'some buy at every opportunity, the others never',
  },
  one: {
    ...one,
    name: 'binomial',
    parameterNames: ['p'],
    // From above, where a step of Newton's in ln p cannot overshoot.
    starts: (mean) => [[0.5], [Math.min(0.9, 2 * mean)], [0.97], [mean]],
    takes: 'everybody is equally likely to buy',
    edge: (_, high) => (high ? 'everybody buys at every opportunity' : 'almost nobody buys again'),
  },
};

/** From nobody who stops to some who do. */
const SLOWLY: Inside = { start: [1, 1e6], parameter: 1, factor: 0.5, fixed: [0, 1] };
const STARTS = [[0.5], [0.2], [0.05], [0.9]];
const edgeOfShare = (_: readonly number[], high: boolean): string => (high ? 'everybody stops buying at once' : NOBODY);

export const stopping: Readonly<Record<StoppingName, StoppingKind>> = {
  beta: {
    ...beta,
    prefix: 'bg-',
    parameterNames: ['gamma', 'delta'],
    // Customers that differ much, little, in whether they stop at all, and hardly.
    starts: [
      [0.7, 3],
      [2, 20],
      [0.05, 0.1],
      [10, 100],
    ],
    edge([gamma, delta], high) {
      if (gamma! / delta! < 1e-3) return NOBODY;
      return high ? 'everybody is equally likely to stop buying' : 'some stop buying at once, the others never';
    },
    time: (n, [gamma, delta], d, opportunities) => discountedOpportunities(n, [gamma!, delta!], d, opportunities),
  },
  one: {
    ...one,
    prefix: 'g-',
    parameterNames: ['theta'],
    takes: 'everybody is equally likely to stop buying',
    starts: STARTS,
    edge: edgeOfShare,
    time: (_, [theta], d, opportunities) => discountedSteadily(theta!, d, opportunities),
  },
  /** A share π stops before the first opportunity, the others never do: the limit γ, δ → 0 at γ/(γ + δ) = π. */
  atOnce: {
    prefix: 'zero-inflated-',
    parameterNames: ['pi'],
    takes: 'some stop buying at once, the others never',
    ranges: [SHARE],
    moments: ([pi]) => atOnceMoments(pi!),
    mean: ([pi], _, j) => (j === 0 ? pi! : 0),
    shares: ([pi]) => kindShares([0, 1 - pi!], [1, pi!]),
    starts: STARTS,
    inside: ([pi]) => [{ start: [APART * pi!, APART * (1 - pi!)], parameter: 1, factor: 2, fixed: [1] }, SLOWLY],
    edge: edgeOfShare,
    time: (_, __, d, opportunities) => discountedSteadily(0, d, opportunities),
    unending: true,
  },
  /** The limit γ/δ → 0. */
  nobody: {
    prefix: '',
    parameterNames: [],
    takes: 'nobody stops buying',
    ranges: [],
    moments: () => NEVER,
    mean: () => 0,
    shares: () => kindShares([0, 1]),
    starts: [[], [], [], []],
    inside: () => [SLOWLY],
    edge: () => NOBODY,
    time: (_, __, d, opportunities) => discountedSteadily(0, d, opportunities),
    unending: true,
  },
};
