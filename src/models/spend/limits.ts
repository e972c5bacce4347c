import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import type { SpendStates } from '../../data/states.ts';
import { fitFrom, type Likelihood } from '../fitting.ts';
import type { Fit } from '../model.ts';
import type { Evaluation } from '../numeric/newton.ts';
import { type Credibility, OWN_SPEND, type SecondMoment, type SpendFit, type SpendLaw } from './estimate.ts';
import { spendCorrelation } from './gamma-gamma-likelihood.ts';
import { enoughSpend, inUnitsOfTheirMean, scaled } from './in-units.ts';

/** What gamma–gamma (Fader & Hardie, note 025) tends to at the edges of p, q and γ; the notation is that of gamma-gamma.ts. */

const SHAPE = { low: 1e-4, high: 1e4 };
const MONEY = { low: 1e-6, high: 1e6 };

/** Every customer's mean is this one. */
function constantSpend(mean: number, dispersion: number): SecondMoment {
  return { base: mean * mean, linear: 0, quadratic: 0, dispersion };
}

/** Every customer's mean is what is expected of it. */
function certain(dispersion: number): SpendLaw {
  return { shape: Number.POSITIVE_INFINITY, scale: 1, dispersion };
}

/** All spend alike, and every purchase the same: E(M) is the mean of all purchases. It has no likelihood: NaN. */
const oneMean = {
  name: 'one-mean',
  parameterNames: ['mean'],
  takes: 'all purchases bring the same',
  limits: [],
  fillsMeans: false,

  /** @throws ClvError E304 too few customers */
  fit(all: SpendStates): SpendFit {
    const { states, customers, unit } = enoughSpend('one-mean', all);
    const { mean, variance } = meanOf(states);
    const fit = { parameters: [mean], logLikelihood: Number.NaN, customers, covariance: [[variance]], iterations: 0 };
    return { ...scaled(fit, customers, unit, [0]), correlation: spendCorrelation(states) };
  },

  logLikelihood: (): number => Number.NaN,
  populationMean: ([mean]: readonly number[]): number => mean!,
  credibility: (_: number, [mean]: readonly number[]): Credibility => ({ base: mean!, weight: 0 }),
  secondMoment: (_: number, [mean]: readonly number[]): SecondMoment => constantSpend(mean!, 0),
  law: (): SpendLaw => certain(0),
};

/**
 * q, γ → ∞ at pγ/(q−1) = m: all customers spend alike, their purchases Gamma with shape p and mean m, so that
 *   L = (px/m)^(px) m̄^(px−1) e^(−px m̄/m)/Γ(px).
 */
const alike: Likelihood<SpendStates> = {
  name: 'gamma-spend',
  parameterNames: ['p', 'mean'],
  ranges: [SHAPE, MONEY],
  edge: (_, parameter, high) =>
    parameter === 0 && high ? 'all purchases bring the same' : 'purchases differ beyond measure',
  evaluate: (states, [p, m]) =>
    summed(states, 2, (x, mean) => {
      const n = p! * x;
      const [logs, far] = [Math.log((n * mean) / m!), mean / m!];
      return [
        n * (logs - far) - Math.log(mean) - gammaln(n),
        [x * (logs + 1 - far - digamma(n)), (n * (far - 1)) / m!],
        [
          [x * (1 / p! - x * trigamma(n)), (x * (far - 1)) / m!],
          [(x * (far - 1)) / m!, (n * (1 - 2 * far)) / m! ** 2],
        ],
      ];
    }),
};

export const alikeSpend = {
  name: alike.name,
  parameterNames: alike.parameterNames,
  takes: 'all customers spend alike',
  limits: [oneMean],
  fillsMeans: false,

  /** @throws ClvError E304 too few customers, E302, E303 */
  fit(all: SpendStates, start?: readonly number[]): SpendFit {
    const starts = [
      [1, 1],
      [10, 1],
    ];
    return fitted(alike, all, start ?? null, starts, (fit) => fit);
  },

  logLikelihood: (all: SpendStates, parameters: readonly number[]): number => likelihoodOf(alike, all, parameters),

  populationMean: ([, mean]: readonly number[]): number => mean!,
  credibility: (_: number, [, mean]: readonly number[]): Credibility => ({ base: mean!, weight: 0 }),
  secondMoment: (_: number, [p, mean]: readonly number[]): SecondMoment => constantSpend(mean!, 1 / p!),
  law: (_: number, [p]: readonly number[]): SpendLaw => certain(1 / p!),
};

/**
 * p → ∞ at pγ = γ′: every customer's purchases are all equal, their size inverse gamma over customers, so that
 *   L = γ′^q/Γ(q) m̄^(−q−1) e^(−γ′/m̄).
 * A customer keeps the own mean; who has none takes the mean of all purchases.
 */
const own: Likelihood<SpendStates> = {
  name: 'inverse-gamma-spend',
  parameterNames: ['q', 'gamma'],
  ranges: [SHAPE, MONEY],
  edge: (_, parameter, high) =>
    parameter === 0 && high ? 'all customers spend alike' : 'customers differ beyond measure',
  evaluate: (states, [q, gamma]) =>
    summed(states, 2, (_, mean) => [
      q! * Math.log(gamma!) - gammaln(q!) - (q! + 1) * Math.log(mean) - gamma! / mean,
      [Math.log(gamma!) - digamma(q!) - Math.log(mean), q! / gamma! - 1 / mean],
      [
        [-trigamma(q!), 1 / gamma!],
        [1 / gamma!, -q! / gamma! ** 2],
      ],
    ]),
};

export const ownSpend = {
  name: own.name,
  parameterNames: [...own.parameterNames, 'mean'],
  takes: 'the purchases of a customer are all equal',
  limits: [oneMean],
  fillsMeans: false,

  /** @throws ClvError E304 too few customers, E302, E303 */
  fit(all: SpendStates, start?: readonly number[]): SpendFit {
    const starts = [
      [2, 1],
      [10, 9],
    ];
    return fitted(own, all, start ?? null, starts, (fit, states) => {
      const { mean, variance } = meanOf(states);
      return {
        ...fit,
        parameters: [...fit.parameters, mean],
        covariance: [...fit.covariance.map((row) => [...row, 0]), [0, 0, variance]],
      };
    });
  },

  logLikelihood: (all: SpendStates, parameters: readonly number[]): number => likelihoodOf(own, all, parameters),

  populationMean: ([, , mean]: readonly number[]): number => mean!,
  credibility: (x: number, [, , mean]: readonly number[]): Credibility =>
    x > 0 ? { base: 0, weight: 1 } : { base: mean!, weight: 0 },
  secondMoment: (x: number, [, , mean]: readonly number[]): SecondMoment =>
    x > 0 ? OWN_SPEND : constantSpend(mean!, 0),
  /** Who has no mean yet has one like those of the others. */
  law: (x: number, [q, gamma, mean]: readonly number[]): SpendLaw =>
    x > 0 ? certain(0) : { shape: q!, scale: gamma! / mean!, dispersion: 0 },
};

/**
 * A fit of a law whose second parameter has the unit of money, as has what is added to its parameters.
 * @param complete adds what the law leaves out, in units of the mean
 */
function fitted(
  law: Likelihood<SpendStates>,
  all: SpendStates,
  start: readonly number[] | null,
  starts: readonly (readonly number[])[],
  complete: (fit: Fit, states: SpendStates) => Fit,
): SpendFit {
  const { states, customers, unit } = enoughSpend(law.name, all);
  const from = start ? [[start[0]!, start[1]! / unit]] : starts;
  const fit = complete(fitFrom(law, states, null, customers, from), states);
  return { ...scaled(fit, customers, unit, [1, 2]), correlation: spendCorrelation(states) };
}

function likelihoodOf(law: Likelihood<SpendStates>, all: SpendStates, [shape, money]: readonly number[]): number {
  const { states, customers, unit } = inUnitsOfTheirMean(all);
  return law.evaluate(states, [shape!, money! / unit]).value - customers * Math.log(unit);
}

/** The mean of all purchases, and the variance of that as an estimate, customers being drawn. */
function meanOf(states: SpendStates): { readonly mean: number; readonly variance: number } {
  let [purchases, money, squares] = [0, 0, 0];
  each(states, (count, x, mean) => {
    purchases += count * x;
    money += count * x * mean;
  });
  each(states, (count, x, mean) => {
    squares += count * (x * (mean - money / purchases)) ** 2;
  });
  return { mean: money / purchases, variance: squares / purchases ** 2 };
}

function each(states: SpendStates, visit: (count: number, x: number, mean: number) => void): void {
  for (let i = 0; i < states.length; i++) visit(states.count[i]!, states.x[i]!, states.mean[i]!);
}

/** Σ count · ln L with its derivatives. */
function summed(
  states: SpendStates,
  size: number,
  of: (x: number, mean: number) => readonly [number, readonly number[], readonly (readonly number[])[]],
): Evaluation {
  let value = 0;
  const gradient = new Array<number>(size).fill(0);
  const hessian = gradient.map(() => new Array<number>(size).fill(0));
  each(states, (count, x, mean) => {
    const [log, slopes, bends] = of(x, mean);
    value += count * log;
    for (let i = 0; i < size; i++) {
      gradient[i]! += count * slopes[i]!;
      for (let j = 0; j < size; j++) hessian[i]![j]! += count * bends[i]![j]!;
    }
  });
  return { value, gradient, hessian };
}
