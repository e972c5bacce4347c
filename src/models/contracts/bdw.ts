import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import type { Evaluation } from '../numeric/newton.ts';
import { discreteWeibull } from './discrete-weibull.ts';
import { firstRenewal } from './first-renewal.ts';
import { fitSurvival, type Retention, survivalEdge, survivalEvaluate } from './fitting.ts';
import { renewalsOf, type SurvivalModel } from './survival.ts';

/**
 * Beta-discrete-Weibull model of contracts (Fader, Hardie, Liu, Davin & Steenburgh 2018, "How to project customer retention
 * revisited"): as sBG, but each customer's own chance to leave falls (c < 1) or grows (c > 1) with tenure:
 * S(t) = B(α, β+t^c)/B(α, β). c = 1 is sBG.
 */
const EDGES = { low: 1e-4, high: 1e4 };

const retention: Retention = {
  name: 'bdw',
  parameterNames: ['alpha', 'beta', 'c'],
  ranges: [EDGES, EDGES, { low: 1e-3, high: 30 }],
  edge: survivalEdge,
  logRetention(parameters, k) {
    const [after, before] = [logShare(parameters, k), logShare(parameters, k - 1)];
    return {
      value: after.value - before.value,
      gradient: after.gradient.map((g, i) => g - before.gradient[i]!),
      hessian: after.hessian.map((row, i) => row.map((h, j) => h - before.hessian[i]![j]!)),
    };
  },
  starts: (rate) => [1, 0.6, 1.6].flatMap((c) => [1, 6].map((size) => [(1 - rate) * size, rate * size, c])),
};

/** ln B(α, β+t^c) less ln Γ(α), which does not change with t. */
function logShare(parameters: readonly number[], t: number): Evaluation {
  const [alpha, beta, c] = parameters as [number, number, number];
  const z = t ** c;
  const first = t > 1 ? z * Math.log(t) : 0;
  const second = t > 1 ? first * Math.log(t) : 0;
  const slope = digamma(beta + z) - digamma(alpha + beta + z);
  const all = trigamma(alpha + beta + z);
  const bend = trigamma(beta + z) - all;
  return {
    value: logGammaRatio(beta + z, alpha),
    gradient: [-digamma(alpha + beta + z), slope, first * slope],
    hessian: [
      [-all, -all, -first * all],
      [-all, bend, first * bend],
      [-first * all, first * bend, second * slope + first * first * bend],
    ],
  };
}

export const bdw: SurvivalModel = {
  name: retention.name,
  parameterNames: retention.parameterNames,
  limits: [discreteWeibull, firstRenewal],
  ranges: retention.ranges,
  evaluate: (runs, parameters) => survivalEvaluate(retention, renewalsOf(runs), parameters),
  fit: (runs, start) => fitSurvival(retention, runs, start),
  logLikelihood: (runs, parameters) => survivalEvaluate(retention, renewalsOf(runs), parameters).value,
  retention(parameters, k) {
    const [alpha, beta, c] = parameters as [number, number, number];
    return Math.exp(logGammaRatio(beta + k ** c, alpha) - logGammaRatio(beta + (k - 1) ** c, alpha));
  },
  renewalsToCome: ([alpha, , c]) => (alpha! * c! > 1 ? null : Number.POSITIVE_INFINITY),
};

/** Of a logarithm of the gamma function: from here on Stirling's series with four terms is right to the last digit. */
const LARGE = 20;

/** ln Γ(x) − ln Γ(x + a) for x, a > 0, without the cancellation of two large logarithms. */
export function logGammaRatio(x: number, a: number): number {
  if (x < LARGE) return gammaln(x) - gammaln(x + a);
  return a - (x - 0.5) * Math.log1p(a / x) - a * Math.log(x + a) + stirling(x) - stirling(x + a);
}

function stirling(x: number): number {
  const square = 1 / (x * x);
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / x;
}
