import { ClvError } from '../../base/errors.ts';
import type { Fit } from '../model.ts';
import { pooledRetention, renewalsOf, type SurvivalModel } from './survival.ts';

/**
 * One retention rate for all customers and renewals: a geometric lifetime. Maximum likelihood is the share of the renewals due
 * that were made, with the binomial's variance. It undervalues a base whose customers differ (see sbg.ts).
 */
export const constantRetention: SurvivalModel = {
  name: 'retention',
  parameterNames: ['retention'],
  fit(runs): Fit {
    const { made, due } = pooledRetention(runs);
    const customers = runs.ended.reduce((sum, n, i) => sum + n + runs.alive[i]!, 0);
    if (due === 0) throw new ClvError('E312', { customers });
    const rate = made / due;
    return {
      parameters: [rate],
      logLikelihood: constantRetention.logLikelihood(runs, [rate]),
      customers,
      covariance: [[(rate * (1 - rate)) / due]],
      iterations: 0,
    };
  },
  logLikelihood(runs, [rate]) {
    const { made, lost } = renewalsOf(runs);
    const term = (count: number, share: number): number => (count === 0 ? 0 : count * Math.log(share));
    return made.reduce((sum, n, i) => sum + term(n, rate!) + term(lost[i]!, 1 - rate!), 0);
  },
  retention: ([rate]) => rate!,
  renewalsToCome: ([rate]) => (rate! < 1 ? rate! / (1 - rate!) : Number.POSITIVE_INFINITY),
};
