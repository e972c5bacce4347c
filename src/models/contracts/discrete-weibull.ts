import { firstRenewal } from './first-renewal.ts';
import { fitSurvival, type Retention, survivalEvaluate } from './fitting.ts';
import { renewalsOf, type SurvivalModel } from './survival.ts';

/**
 * Discrete Weibull lifetimes (Nakagawa & Osaki 1975), the limit of BdW α, β → ∞ at ln(1 + α/β) = λ: customers do not differ, and
 * their chance to leave falls (c < 1) or grows (c > 1) with tenure, S(t) = e^(−λ t^c). c = 1 is one retention rate, e^(−λ).
 */
const retention: Retention = {
  name: 'discrete-weibull',
  parameterNames: ['lambda', 'c'],
  ranges: [
    { low: 1e-6, high: 1e3 },
    { low: 1e-3, high: 30 },
  ],
  edge: (_, parameter) =>
    parameter === 0 ? 'almost nobody leaves, or everybody' : 'the chance to stay does not settle as tenure grows',
  logRetention([lambda, c], k) {
    const [after, before] = [power(k, c!), power(k - 1, c!)];
    const [value, slope, bend] = after.map((each, i) => each - before[i]!) as [number, number, number];
    return {
      value: -lambda! * value,
      gradient: [-value, -lambda! * slope],
      hessian: [
        [0, -slope],
        [-slope, -lambda! * bend],
      ],
    };
  },
  starts: (rate) => [1, 0.6, 1.6].map((c) => [-Math.log(Math.min(rate, 0.999)), c]),
};

/** t^c and its first and second derivative in c. */
function power(t: number, c: number): [number, number, number] {
  const log = t > 1 ? Math.log(t) : 0;
  const value = t ** c;
  return [value, value * log, value * log * log];
}

export const discreteWeibull: SurvivalModel = {
  name: retention.name,
  parameterNames: retention.parameterNames,
  takes: 'customers do not differ in their chance to stay',
  limits: [firstRenewal],
  ranges: retention.ranges,
  evaluate: (runs, parameters) => survivalEvaluate(retention, renewalsOf(runs), parameters),
  fit: (runs, start) => fitSurvival(retention, runs, start),
  logLikelihood: (runs, parameters) => survivalEvaluate(retention, renewalsOf(runs), parameters).value,
  retention: ([lambda, c], k) => Math.exp(-lambda! * (k ** c! - (k - 1) ** c!)),
  // Σ of S(made + t)/S(made): no formula says.
  renewalsToCome: () => null,
  inside: ([lambda, c]) => [
    { start: [-ALIKE * Math.expm1(-lambda!), ALIKE * Math.exp(-lambda!), c!], parameter: 0, factor: 0.5, fixed: [0] },
  ],
};

/** A sum of the shapes of BdW at which customers hardly differ. */
const ALIKE = 5000;
