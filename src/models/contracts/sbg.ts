import { constantRetention } from './constant-retention.ts';
import { firstRenewal } from './first-renewal.ts';
import { fitSurvival, type Retention, survivalEdge, survivalEvaluate } from './fitting.ts';
import { renewalsOf, type SurvivalModel } from './survival.ts';

/**
 * Shifted beta-geometric model of contracts (Fader & Hardie 2007, "How to project customer retention"): each customer leaves
 * at a renewal with a chance of its own, always the same, Beta(α, β) over customers. Retention rises with tenure, since those
 * likely to leave are gone: r_k = (β+k−1)/(α+β+k−1), S(t) = B(α, β+t)/B(α, β).
 */
const EDGES = { low: 1e-4, high: 1e4 };

const retention: Retention = {
  name: 'sbg',
  parameterNames: ['alpha', 'beta'],
  ranges: [EDGES, EDGES],
  edge: survivalEdge,
  logRetention(parameters, k) {
    const [alpha, beta] = parameters as [number, number];
    const stay = 1 / (beta + k - 1);
    const all = 1 / (alpha + beta + k - 1);
    return {
      value: -Math.log1p(alpha * stay),
      gradient: [-all, stay - all],
      hessian: [
        [all ** 2, all ** 2],
        [all ** 2, all ** 2 - stay ** 2],
      ],
    };
  },
  starts: (rate) => [1, 5, 0.2, 30].map((size) => [(1 - rate) * size, rate * size]),
};

export const sbg: SurvivalModel = {
  name: retention.name,
  parameterNames: retention.parameterNames,
  limits: [constantRetention, firstRenewal],
  ranges: retention.ranges,
  evaluate: (runs, parameters) => survivalEvaluate(retention, renewalsOf(runs), parameters),
  fit: (runs, start) => fitSurvival(retention, runs, start),
  logLikelihood: (runs, parameters) => survivalEvaluate(retention, renewalsOf(runs), parameters).value,
  retention(parameters, k) {
    const [alpha, beta] = parameters as [number, number];
    return (beta + k - 1) / (alpha + beta + k - 1);
  },
  renewalsToCome(parameters, made) {
    const [alpha, beta] = parameters as [number, number];
    return alpha > 1 ? (beta + made) / (alpha - 1) : Number.POSITIVE_INFINITY;
  },
};
