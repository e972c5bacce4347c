import { ClvError } from '../../base/errors.ts';
import type { SpendStates } from '../../data/states.ts';
import { MIN_REPEAT } from '../fitting.ts';
import { OWN_SPEND, type SecondMoment, type SpendFit } from './estimate.ts';
import { spendCorrelation } from './gamma-gamma-likelihood.ts';

/**
 * No model of spend: a customer's next purchases bring what the past ones brought on average. Makes no assumption about
 * frequency and spend, but takes a mean of one purchase at its word. Customers without a mean take that of their segment.
 */
export const meanSpend = {
  name: 'mean',
  parameterNames: ['mean'],
  fillsMeans: true,

  /** The mean margin per purchase of all purchases counted. E304 too few customers. It has no likelihood: NaN. */
  fit(states: SpendStates): SpendFit {
    let [customers, purchases, margin] = [0, 0, 0];
    for (let i = 0; i < states.length; i++) {
      customers += states.count[i]!;
      purchases += states.count[i]! * states.x[i]!;
      margin += states.count[i]! * states.x[i]! * states.mean[i]!;
    }
    if (customers < MIN_REPEAT)
      throw new ClvError('E304', { repeat: customers, model: 'mean', min_repeat: MIN_REPEAT });
    return {
      parameters: [margin / purchases],
      logLikelihood: Number.NaN,
      customers,
      covariance: [[0]],
      iterations: 0,
      correlation: spendCorrelation(states),
    };
  },

  logLikelihood(): number {
    return Number.NaN;
  },

  /** The own mean as it is. */
  credibility(): { base: number; weight: number } {
    return { base: 0, weight: 1 };
  },

  secondMoment: (): SecondMoment => OWN_SPEND,

  populationMean(parameters: readonly number[]): number {
    return parameters[0]!;
  },
};
