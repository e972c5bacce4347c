import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import { gammaShares, kindShares, type Shares } from '../heterogeneity.ts';
import type { Inside } from '../model.ts';
import { gammaWaiting, poissonWaiting, type Waiting } from '../next-purchase.ts';
import type { Range } from '../numeric/newton.ts';
import type { Tally } from '../states.ts';
import type { Term } from './term.ts';

/** How customers buy while they are alive: a Poisson process, its rate a week that of the customer or that of all. */
export interface Buying {
  readonly parameterNames: readonly string[];
  /** The power of time in the unit of each. */
  readonly timePowers: readonly number[];
  readonly ranges: readonly Range[];
  /** Starts of a fit, tried in turn. */
  starts(tally: Tally): readonly (readonly number[])[];
  /** ln of what the likelihood of x purchases in `weeks` of life has that depends on the weeks. */
  during(parameters: readonly number[], x: number, weeks: number): Term;
  /** ln of what it has that depends on x alone. */
  constant(parameters: readonly number[], x: number): Term;
  /** E(λ) and E(λ²) of a customer alive with x purchases in so many weeks. */
  rates(parameters: readonly number[], x: number, weeks: number): readonly [number, number];
  /** Shares of customers by their purchases a week. */
  shares(parameters: readonly number[]): Shares;
  /** When a customer alive with x purchases in so many weeks buys next. */
  waiting(parameters: readonly number[], x: number, weeks: number): Waiting;
  /** Weeks before the first purchase at which the likelihood is singular. */
  reach(parameters: readonly number[]): number;
  /** How fast the logarithm of the likelihood falls with x purchases, a week. */
  steepness(parameters: readonly number[], x: number, weeks: number): number;
  /** The way to r and α where rates are alike; null where they are not. */
  inside?(parameters: readonly number[]): Inside;
  /** In plain words, what it means that its parameters tend to infinity (high) or 0. */
  edge(high: boolean): string;
}

/** Rates are Gamma(r, α) over customers, α in weeks: L ∝ Γ(n)/Γ(r) α^r (α+T)^−n, n = r + x (Ehrenberg 1959: NBD). */
export const gammaRates: Buying = {
  parameterNames: ['r', 'alpha'],
  timePowers: [0, 1],
  ranges: [
    { low: 1e-4, high: 1e3 },
    { low: 1e-4, high: 1e6 },
  ],
  starts({ purchases, weeks }) {
    const rate = purchases / weeks;
    return [
      [0.5, 0.4 / rate],
      [3, 2 / rate],
    ];
  },
  during([r, alpha], x, weeks) {
    const [n, later] = [r! + x, alpha! + weeks];
    const log = Math.log(later);
    return {
      value: -n * log,
      gradient: [-log, -n / later],
      hessian: [
        [0, -1 / later],
        [-1 / later, n / (later * later)],
      ],
    };
  },
  constant([r, alpha], x) {
    const n = r! + x;
    const log = Math.log(alpha!);
    return {
      value: gammaln(n) - gammaln(r!) + r! * log,
      gradient: [digamma(n) - digamma(r!) + log, r! / alpha!],
      hessian: [
        [trigamma(n) - trigamma(r!), 1 / alpha!],
        [1 / alpha!, -r! / alpha! ** 2],
      ],
    };
  },
  rates([r, alpha], x, weeks) {
    const [n, later] = [r! + x, alpha! + weeks];
    return [n / later, (n * (n + 1)) / (later * later)];
  },
  shares: ([r, alpha]) => gammaShares(r!, alpha!),
  waiting: ([r, alpha], x, weeks) => gammaWaiting(r! + x, alpha! + weeks),
  reach: ([, alpha]) => alpha!,
  steepness: ([r, alpha], x, weeks) => (r! + x) / (alpha! + weeks),
  edge: (high) => (high ? 'everybody buys at the same rate' : 'almost nobody buys again'),
};

/** A shape at which rates hardly differ. */
const ALIKE = 900;

/** The limit r, α → ∞ at r/α = λ: one rate λ a week of all customers, L ∝ λ^x e^(−λT). */
export const oneRate: Buying = {
  parameterNames: ['lambda'],
  timePowers: [-1],
  ranges: [{ low: 1e-8, high: 1e3 }],
  starts: ({ purchases, weeks }) => [[(1.3 * purchases) / weeks]],
  during: ([lambda], _, weeks) => ({ value: -lambda! * weeks, gradient: [-weeks], hessian: [[0]] }),
  constant: ([lambda], x) => ({
    value: x * Math.log(lambda!),
    gradient: [x / lambda!],
    hessian: [[-x / lambda! ** 2]],
  }),
  rates: ([lambda]) => [lambda!, lambda! ** 2],
  shares: ([lambda]) => kindShares([lambda!, 1]),
  waiting: ([lambda]) => poissonWaiting(lambda!),
  reach: () => Number.POSITIVE_INFINITY,
  steepness: ([lambda]) => lambda!,
  inside: ([lambda]) => ({ start: [ALIKE, ALIKE / lambda!], parameter: 0, factor: 0.5, fixed: [0] }),
  edge: (high) => (high ? 'everybody buys without end' : 'almost nobody buys again'),
};
