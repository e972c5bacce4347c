import { EdgeError } from '../fitting.ts';
import type { Fit } from '../model.ts';
import { renewalsOf, type SurvivalModel } from './survival.ts';

/**
 * Customers leave at their first renewal, a share π of them, or never: the limit of sBG α, β → 0 at α/(α + β) = π, and of BdW
 * c → 0. Maximum likelihood is the share of the first renewals due that were not made, with the binomial's variance.
 */
export const firstRenewal: SurvivalModel = {
  name: 'first-renewal',
  parameterNames: ['pi'],
  takes: 'customers leave at their first renewal or never',
  unending: true,
  fit(runs): Fit {
    const { made, lost } = renewalsOf(runs);
    const due = made[0]! + lost[0]!;
    const later = lost.subarray(1).reduce((sum, n) => sum + n, 0);
    const pi = lost[0]! / due;
    if (later > 0 || !(pi > 0 && pi < 1))
      throw new EdgeError('E303', {
        model: firstRenewal.name,
        detail: 'customers leave at other renewals than the first',
      });
    return {
      parameters: [pi],
      logLikelihood: firstRenewal.logLikelihood(runs, [pi]),
      customers: runs.ended.reduce((sum, n, i) => sum + n + runs.alive[i]!, 0),
      covariance: [[(pi * (1 - pi)) / due]],
      iterations: 0,
    };
  },
  logLikelihood(runs, [pi]) {
    const { made, lost } = renewalsOf(runs);
    if (lost.subarray(1).some((n) => n > 0)) return Number.NEGATIVE_INFINITY;
    const term = (count: number, share: number): number => (count > 0 ? count * Math.log(share) : 0);
    return term(made[0] ?? 0, 1 - pi!) + term(lost[0] ?? 0, pi!);
  },
  retention: ([pi], k) => (k === 1 ? 1 - pi! : 1),
  renewalsToCome: () => Number.POSITIVE_INFINITY,
};
