import type { SpendStates } from '../../data/states.ts';
import { fitFrom, type Likelihood } from '../fitting.ts';
import { spendSampleOf } from '../states.ts';
import type { Credibility, SecondMoment, SpendFit, SpendLaw } from './estimate.ts';
import { gammaGammaEvaluate, spendCorrelation } from './gamma-gamma-likelihood.ts';
import { enoughSpend, inUnitsOfTheirMean, scaled } from './in-units.ts';
import { alikeSpend, ownSpend } from './limits.ts';
import { NoMeanError } from './no-mean.ts';

/**
 * Gamma–gamma model of spend (Fader & Hardie, note 025): a purchase's money is Gamma(p, ν), ν is Gamma(q, γ) over customers.
 * Of x purchases with mean m̄ the own mean has the weight px/(px+q−1), the mean of the population, pγ/(q−1), the rest.
 * γ has the unit of the money: scaling money by k scales γ by k and nothing else.
 */
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
  limits: [alikeSpend, ownSpend],

  /** To customers with x ≥ 1 and m̄ > 0 only. Errors E304 too few, E302, E303, E330 an infinite mean. */
  fit(all: SpendStates, start?: readonly number[]): SpendFit {
    const { states, customers, unit } = enoughSpend(likelihood.name, all);
    const starts = start ? [[start[0]!, start[1]!, start[2]! / unit]] : STARTS;
    const fit = fitFrom(likelihood, states, start ? null : spendSampleOf(states), customers, starts);
    const q = fit.parameters[1]!;
    if (q <= 1) throw new NoMeanError(likelihood.name, q);
    return { ...scaled(fit, customers, unit, [2]), correlation: spendCorrelation(states) };
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

  /** E(Z²) = p²(γ+x m̄)²/((px+q−1)(px+q−2)), Z = p/ν, and a purchase is Gamma(p, ν). */
  secondMoment(x: number, parameters: readonly number[]): SecondMoment | null {
    const [p, q, gamma] = parameters as [number, number, number];
    const n = p * x + q;
    if (n <= 2) return null;
    const scale = (p * p) / ((n - 1) * (n - 2));
    return { base: scale * gamma * gamma, linear: 2 * scale * gamma * x, quadratic: scale * x * x, dispersion: 1 / p };
  },

  /** ν is Gamma(px + q, γ + x m̄), Z = p/ν. */
  law(x: number, [p, q]: readonly number[]): SpendLaw {
    const shape = p! * x + q!;
    return { shape, scale: shape - 1, dispersion: 1 / p! };
  },

  /** For x = 0 the mean of the population. */
  credibility(x: number, parameters: readonly number[]): Credibility {
    const [p, q, gamma] = parameters as [number, number, number];
    return { base: (p * gamma) / (p * x + q - 1), weight: (p * x) / (p * x + q - 1) };
  },
};
