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
  takes: 'customers do not differ in their chance to stay',
  fit(runs): Fit {
    const { made, due } = pooledRetention(runs);
    const customers = runs.ended.reduce((sum, n, i) => sum + n + runs.alive[i]!, 0);
    if (due === 0) throw new ClvError('E312', { customers });
    if (made === due) throw new ClvError('E322', { due });
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
  inside: ([rate]) => [{ start: [ALIKE * (1 - rate!), ALIKE * rate!], parameter: 0, factor: 0.5, fixed: [0] }],
  renewalsToCome: ([rate]) => (rate! < 1 ? rate! / (1 - rate!) : Number.POSITIVE_INFINITY),
};

/** A sum of the shapes of sBG at which customers hardly differ. */
const ALIKE = 5000;
