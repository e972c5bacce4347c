import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import { betaShares, kindShares, type Shares } from '../heterogeneity.ts';
import type { Range } from '../numeric/newton.ts';
import { betaNodes, type ChanceNodes } from './nodes.ts';

/** A function of at most two parameters: its value, first derivatives, and second ones (11, 12, 22). */
export type Smooth = readonly [number, number, number, number, number, number];

/** How the chance p to stop buying, met after each purchase, differs between customers. */
export interface Chance {
  readonly parameterNames: readonly string[];
  readonly ranges: readonly Range[];
  /** ln E[(1 − p)^m]: still there after m chances to stop. */
  stay(m: number, parameters: readonly number[]): Smooth;
  /** ln of E[p (1 − p)^(m−1)] over E[(1 − p)^m]: the odds to have stopped at the last of m chances. */
  odds(m: number, parameters: readonly number[]): Smooth;
  /** The p of customers who are still there after m chances. */
  nodes(m: number, parameters: readonly number[]): ChanceNodes;
  /** True where nobody, or nobody any more, stops. */
  readonly unending?: true;
  /** E[1/p] of those: the purchases of a lifetime. */
  lifetime(m: number, parameters: readonly number[]): number;
  /** Shares of customers by p. */
  shares(parameters: readonly number[]): Shares;
  /** Tried in turn; `share`: of the purchases, those that are a customer's last. */
  starts(share: number): number[][];
  /** In plain words, what it means that a parameter tends to infinity (high) or 0. */
  edge(parameters: readonly number[], parameter: number, high: boolean): string;
}

const ZERO: Smooth = [0, 0, 0, 0, 0, 0];
const NEVER: Smooth = [Number.NEGATIVE_INFINITY, 0, 0, 0, 0, 0];
const NOBODY = 'nobody seems to stop buying';
const SHARE: Range = { low: 1e-6, high: 1 - 1e-6 };

/** p ~ Beta(a, b): Fader, Hardie & Lee 2005. */
export const betaChance: Chance = {
  parameterNames: ['a', 'b'],
  ranges: [
    { low: 1e-4, high: 1e3 },
    { low: 1e-4, high: 1e6 },
  ],
  stay(m, [a, b]: [number, number]) {
    const sum = a + b;
    const value = gammaln(b + m) - gammaln(sum + m) + gammaln(sum) - gammaln(b);
    const slope = digamma(sum) - digamma(sum + m);
    const bend = trigamma(sum) - trigamma(sum + m);
    const own = trigamma(b + m) - trigamma(b);
    return [value, slope, slope + digamma(b + m) - digamma(b), bend, bend, bend + own];
  },
  odds(m, [a, b]: [number, number]) {
    if (m === 0) return NEVER;
    const below = b + m - 1;
    return [Math.log(a / below), 1 / a, -1 / below, -1 / (a * a), 0, 1 / (below * below)];
  },
  nodes: (m, [a, b]: [number, number]) => betaNodes(a, b + m),
  lifetime: (m, [a, b]: [number, number]) => (a > 1 ? (a + b + m - 1) / (a - 1) : Number.POSITIVE_INFINITY),
  shares: ([a, b]: [number, number]) => betaShares(a, b),
  starts: (share) => [
    [0.8, 0.8 / share],
    [3, 3 / share],
    [0.2, 1],
    [20, 20 / share],
  ],
  edge([a, b]: [number, number], _, high) {
    if (a / b < 1e-4) return NOBODY;
    return high ? 'everybody is equally likely to stop buying' : 'some stop buying at once, the others never';
  },
};

/** One p for everybody: the limit a, b → ∞ at a/(a + b) = p. */
export const oneChance: Chance = {
  parameterNames: ['p'],
  ranges: [SHARE],
  stay: (m, [p]: [number]) => [m * Math.log1p(-p), -m / (1 - p), 0, -m / (1 - p) ** 2, 0, 0],
  odds: (m, [p]: [number]) => (m === 0 ? NEVER : logit(p)),
  nodes: (_, [p]: [number]) => nodesOf([p, 1]),
  lifetime: (_, [p]: [number]) => 1 / p,
  shares: ([p]: [number]) => kindShares([p, 1]),
  // From above, where a step of Newton's in ln p cannot overshoot.
  starts: (share) => [[0.5], [Math.min(0.9, 2 * share)], [share], [share / 10]],
  edge: (_, __, high) => (high ? 'everybody stops buying at once' : NOBODY),
};

/** A share π stops at its first chance, the others never do: the limit a, b → 0 at a/(a + b) = π. */
export const atOnce: Chance = {
  parameterNames: ['pi'],
  ranges: [SHARE],
  stay: (m, [pi]: [number]) => (m === 0 ? ZERO : [Math.log1p(-pi), -1 / (1 - pi), 0, -1 / (1 - pi) ** 2, 0, 0]),
  odds: (m, [pi]: [number]) => (m === 1 ? logit(pi) : NEVER),
  nodes: (m, [pi]: [number]) => (m === 0 ? nodesOf([0, 1 - pi], [1, pi]) : nodesOf([0, 1])),
  unending: true,
  lifetime: () => Number.POSITIVE_INFINITY,
  shares: ([pi]: [number]) => kindShares([0, 1 - pi], [1, pi]),
  starts: (share) => [[0.5], [Math.min(0.9, 2 * share)], [share], [share / 10]],
  edge: (_, __, high) => (high ? 'everybody stops buying at once' : NOBODY),
};

/** Nobody stops: the limit a/b → 0. */
export const noChance: Chance = {
  parameterNames: [],
  ranges: [],
  stay: () => ZERO,
  odds: () => NEVER,
  nodes: () => nodesOf([0, 1]),
  unending: true,
  lifetime: () => Number.POSITIVE_INFINITY,
  shares: () => kindShares([0, 1]),
  starts: () => [[], [], [], []],
  edge: () => NOBODY,
};

/** ln(p/(1 − p)). */
function logit(p: number): Smooth {
  return [Math.log(p) - Math.log1p(-p), 1 / p + 1 / (1 - p), 0, 1 / (1 - p) ** 2 - 1 / (p * p), 0, 0];
}

/** From pairs of p and a weight. */
function nodesOf(...pairs: readonly (readonly [number, number])[]): ChanceNodes {
  return {
    p: Float64Array.from(pairs, ([p]) => p),
    stay: Float64Array.from(pairs, ([p]) => 1 - p),
    weights: Float64Array.from(pairs, ([, weight]) => weight),
  };
}
