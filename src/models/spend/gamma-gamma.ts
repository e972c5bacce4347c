import { ClvError } from '../../base/errors.ts';
import type { SpendStates } from '../../data/states.ts';
import { fitFrom, type Likelihood, MIN_REPEAT } from '../fitting.ts';
import type { Estimate, Fit } from '../model.ts';
import { spendSampleOf } from '../states.ts';
import { gammaGammaEvaluate, spendCorrelation } from './gamma-gamma-likelihood.ts';

/**
 * Gamma–gamma model of spend (Fader & Hardie, note 025): a purchase's money is Gamma(p, ν), ν is Gamma(q, γ) over customers.
 * Of x purchases with mean m̄ the own mean has the weight px/(px+q−1), the mean of the population, pγ/(q−1), the rest.
 * γ has the unit of the money: scaling money by k scales γ by k and nothing else.
 */
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

const likelihood: Likelihood<SpendStates> = {
  name: 'gamma-gamma',
  parameterNames: ['p', 'q', 'gamma'],
  ranges: [
    { low: 1e-4, high: 1e4 },
    { low: 1e-4, high: 1e4 },
    { low: 1e-6, high: 1e6 },
  ],
  edge(_, parameter, high) {
    if (parameter === 0) return high ? 'all purchases of a customer are equal' : 'purchases differ beyond measure';
    return high ? 'all customers spend alike' : 'customers differ beyond measure';
  },
  evaluate: gammaGammaEvaluate,
};

/** The three starts differ in how much of the variance lies between customers; money has a geometric mean of 1. */
const STARTS = [
  [4, 4, 0.75],
  [1, 2, 1],
  [20, 10, 0.45],
];

export const gammaGamma = {
  name: likelihood.name,
  parameterNames: likelihood.parameterNames,

  /** To customers with x ≥ 1 and m̄ > 0 only. Errors E304 too few, E302, E303 (also where the mean would be infinite). */
  fit(all: SpendStates, start?: readonly number[]): SpendFit {
    const { states, customers, unit } = inUnitsOfTheirMean(all);
    if (customers < MIN_REPEAT)
      throw new ClvError('E304', { repeat: customers, model: likelihood.name, min_repeat: MIN_REPEAT });
    const starts = start ? [[start[0]!, start[1]!, start[2]! / unit]] : STARTS;
    const fit = fitFrom(likelihood, states, start ? null : spendSampleOf(states), customers, starts);
    const [p, q, gamma] = fit.parameters as [number, number, number];
    if (q <= 1)
      throw new ClvError('E303', {
        model: likelihood.name,
        detail: `the mean of the population would be infinite (q ${q.toPrecision(3)}, not above 1)`,
      });
    return {
      ...fit,
      parameters: [p, q, gamma * unit],
      logLikelihood: fit.logLikelihood - customers * Math.log(unit),
      covariance: fit.covariance.map((row, i) => row.map((c, j) => c * (i === 2 ? unit : 1) * (j === 2 ? unit : 1))),
      correlation: spendCorrelation(states),
    };
  },

  logLikelihood(all: SpendStates, parameters: readonly number[]): number {
    const { states, customers, unit } = inUnitsOfTheirMean(all);
    const [p, q, gamma] = parameters as [number, number, number];
    return gammaGammaEvaluate(states, [p, q, gamma / unit]).value - customers * Math.log(unit);
  },

  fillsMeans: false,

  populationMean(parameters: readonly number[]): number {
    return gammaGamma.credibility(0, parameters).base;
  },

  /** For x = 0 the mean of the population. */
  credibility(x: number, parameters: readonly number[]): Credibility {
    const [p, q, gamma] = parameters as [number, number, number];
    return { base: (p * gamma) / (p * x + q - 1), weight: (p * x) / (p * x + q - 1) };
  },
};

/** The states that enter the fit, money divided by its geometric mean, so that the unit of money changes nothing. */
function inUnitsOfTheirMean(all: SpendStates): { states: SpendStates; customers: number; unit: number } {
  const [x, mean, count] = [new Int32Array(all.length), new Float64Array(all.length), new Float64Array(all.length)];
  let [length, customers, logs] = [0, 0, 0];
  for (let i = 0; i < all.length; i++) {
    if (all.x[i]! < 1 || !(all.mean[i]! > 0)) continue;
    x[length] = all.x[i]!;
    mean[length] = all.mean[i]!;
    count[length] = all.count[i]!;
    customers += all.count[i]!;
    logs += all.count[i]! * Math.log(all.mean[i]!);
    length++;
  }
  const unit = customers > 0 ? Math.exp(logs / customers) : 1;
  const states = {
    length,
    x: x.subarray(0, length),
    mean: mean.subarray(0, length).map((one) => one / unit),
    count: count.subarray(0, length),
  };
  return { states, customers, unit };
}
