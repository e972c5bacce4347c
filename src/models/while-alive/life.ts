import { gammaShares, hazardOf, kindShares, type Shares, YEAR_WEEKS } from '../heterogeneity.ts';
import type { Inside, PurchaseWindow } from '../model.ts';
import type { Range } from '../numeric/newton.ts';
import type { Tally } from '../states.ts';
import { discountedTime as ofParetoLife } from './pareto-time.ts';
import type { Term } from './term.ts';

/** How long customers go on buying, times in weeks since the first purchase. */
export interface Life {
  readonly parameterNames: readonly string[];
  /** The power of time in the unit of each. */
  readonly timePowers: readonly number[];
  readonly ranges: readonly Range[];
  /** Starts of a fit, tried in turn. */
  starts(tally: Tally): readonly (readonly number[])[];
  /** ln S: of the chance to be alive. Nobody is dead at 0 weeks. */
  survival(parameters: readonly number[], weeks: number): Term;
  /** ln of the density of the time of death; absent where nobody dies later than at once. */
  density?(parameters: readonly number[], weeks: number): Term;
  /** ln of the chance to be dead right after the first purchase; absent where that has no chance. */
  atOnce?(parameters: readonly number[]): Term;
  /** Shares of customers by their chance to stop within a year. */
  shares(parameters: readonly number[]): Shares;
  /** ∫_0^H e^(−δu) S(T+u)/S(T) du in weeks, of a customer alive after `weeks`; Infinity where it is. */
  discountedTime(parameters: readonly number[], weeks: number, window: PurchaseWindow): number;
  /** Weeks before the first purchase at which the density is singular. */
  reach(parameters: readonly number[]): number;
  /** How fast the logarithm of the density falls, a week. */
  steepness(parameters: readonly number[], weeks: number): number;
  /** The ways to s and β from an edge; absent where lives are at none. */
  inside?(parameters: readonly number[]): readonly Inside[];
  /** In plain words, what it means that its parameters tend to infinity (high) or 0. */
  edge(parameters: readonly number[], high: boolean): string;
  /** True where a customer alive after the first day never dies. */
  readonly unending?: true;
}

/** A shape at which rates of dropout hardly differ. */
const ALIKE = 100;

/** From nobody who stops to some who do. */
const SLOWLY: Inside = { start: [1, 1e6], parameter: 1, factor: 0.5, fixed: [0, 1] };

/** Lives are exponential at rates that are Gamma(s, β), β in weeks (Schmittlein, Morrison & Colombo 1987): the life of Pareto/NBD. */
export const paretoLife: Life = {
  parameterNames: ['s', 'beta'],
  timePowers: [0, 1],
  ranges: [
    { low: 1e-4, high: 1e3 },
    { low: 1e-4, high: 1e6 },
  ],
  starts({ customers, weeks }) {
    const age = weeks / customers;
    return [
      [0.5, age / 3],
      [0.3, age * 3],
      [1, age / 10],
      [2, age],
    ];
  },
  survival([s, beta], weeks) {
    const later = beta! + weeks;
    const log = -Math.log1p(weeks / beta!);
    const slope = weeks / (beta! * later);
    return {
      value: s! * log,
      gradient: [log, s! * slope],
      hessian: [
        [0, slope],
        [slope, s! * (1 / later ** 2 - 1 / beta! ** 2)],
      ],
    };
  },
  density([s, beta], weeks) {
    const later = beta! + weeks;
    const log = -Math.log1p(weeks / beta!);
    const slope = weeks / (beta! * later);
    return {
      value: Math.log(s! / later) + s! * log,
      gradient: [1 / s! + log, s! * slope - 1 / later],
      hessian: [
        [-1 / s! ** 2, slope],
        [slope, s! * (1 / later ** 2 - 1 / beta! ** 2) + 1 / later ** 2],
      ],
    };
  },
  shares([s, beta]) {
    const hazards = gammaShares(s!, beta!);
    return (chance) => hazards(hazardOf(chance));
  },
  discountedTime: ([s, beta], weeks, window) => ofParetoLife(s!, beta! + weeks, window),
  reach: ([, beta]) => beta!,
  steepness: ([s, beta], weeks) => (s! + 1) / (beta! + weeks),
  edge: paretoEdge,
};

/** The limit s, β → ∞ at s/β = μ: everybody dies at the rate μ a week. */
export const exponentialLife: Life = {
  parameterNames: ['mu'],
  timePowers: [-1],
  ranges: [{ low: 1e-7, high: 1e3 }],
  starts({ customers, weeks }) {
    const age = weeks / customers;
    return [[0.5 / age], [0.03 / age]];
  },
  survival: ([mu], weeks) => ({ value: -mu! * weeks, gradient: [-weeks], hessian: [[0]] }),
  density: ([mu], weeks) => ({
    value: Math.log(mu!) - mu! * weeks,
    gradient: [1 / mu! - weeks],
    hessian: [[-1 / mu! ** 2]],
  }),
  shares: ([mu]) => kindShares([-Math.expm1(-mu! * YEAR_WEEKS), 1]),
  discountedTime: ([mu], _, window) => decaying(mu!, window),
  reach: () => Number.POSITIVE_INFINITY,
  steepness: ([mu]) => mu!,
  inside: ([mu]) => [{ start: [ALIKE, ALIKE / mu!], parameter: 0, factor: 0.5, fixed: [0] }],
  edge: (_, high) => (high ? 'everybody stops buying at once' : NOBODY),
};

/** The limit s, β → 0: a share π is gone after the first purchase, the others stay for good. */
export const someAtOnce: Life = {
  parameterNames: ['pi'],
  timePowers: [0],
  ranges: [{ low: 1e-6, high: 1 - 1e-9 }],
  starts: ({ customers, repeat }) => [[0.7 * (1 - repeat / customers)], [0.2 * (1 - repeat / customers)]],
  survival: ([pi], weeks) =>
    weeks === 0
      ? { value: 0, gradient: [0], hessian: [[0]] }
      : { value: Math.log1p(-pi!), gradient: [-1 / (1 - pi!)], hessian: [[-1 / (1 - pi!) ** 2]] },
  atOnce: ([pi]) => ({ value: Math.log(pi!), gradient: [1 / pi!], hessian: [[-1 / pi! ** 2]] }),
  shares: ([pi]) => kindShares([0, 1 - pi!], [1, pi!]),
  discountedTime: ([pi], weeks, window) => (weeks === 0 ? 1 - pi! : 1) * decaying(0, window),
  reach: () => Number.POSITIVE_INFINITY,
  steepness: () => 0,
  // The share is gone after some minutes, hardly anybody later.
  inside: ([pi]) => [{ start: [-Math.log1p(-pi!) / 20, 1e-6], parameter: 1, factor: 10, fixed: [1] }, SLOWLY],
  edge: (_, high) => (high ? 'everybody stops buying at once' : NOBODY),
  unending: true,
};

/** The limit s/β → 0: nobody stops buying. */
export const forGood: Life = {
  parameterNames: [],
  timePowers: [],
  ranges: [],
  starts: () => [[]],
  survival: () => ({ value: 0, gradient: [], hessian: [] }),
  shares: () => kindShares([0, 1]),
  discountedTime: (_, __, window) => decaying(0, window),
  reach: () => Number.POSITIVE_INFINITY,
  steepness: () => 0,
  inside: () => [SLOWLY],
  edge: () => NOBODY,
  unending: true,
};

const NOBODY = 'nobody seems to stop buying';

/** In plain words, what it means that s and β tend to infinity (high) or 0. */
export function paretoEdge([s, beta]: readonly number[], high: boolean): string {
  if (s! / beta! < 1e-4) return NOBODY;
  return high ? 'everybody stops buying at the same rate' : 'some stop buying at once, the others never';
}

/** ∫_0^H e^(−(δ+μ)u) du in weeks. */
function decaying(mu: number, { delta, days }: PurchaseWindow): number {
  const fall = 7 * delta + mu;
  if (days === null) return fall > 0 ? 1 / fall : Number.POSITIVE_INFINITY;
  return fall === 0 ? days / 7 : -Math.expm1((-fall * days) / 7) / fall;
}
