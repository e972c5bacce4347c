import { NORMAL_95 } from '../../base/normal.ts';
import type { CustomerBounds } from '../../data/states.ts';
import { livingGradients, populationGradient, type Uncertainty } from '../gradients.ts';
import { quadratic } from '../intervals.ts';
import type { Valued } from '../valued.ts';
import { confidenceOf, relativeVariances } from './confidence.ts';
import { predictionOf } from './prediction.ts';

/** What the intervals of every customer's value are made of, by its state; the models have `pairs`, `buyAgain` and `law`. */
export function customerBounds(valued: Valued, known: Uncertainty | null, tau: number): CustomerBounds {
  const doubt = known ? doubtOf(valued, known) : new Float64Array(valued.states.length);
  return {
    prediction: predictionOf(
      valued,
      (purchases) => valued.spend.law!(purchases),
      doubt.map((own) => own + tau * tau),
    ),
    confidence: known && confidenceOf(valued, known),
  };
}

/**
 * Relative variance of what a living customer of each state is expected to bring, from the parameters. What they leave open of
 * P(alive) is in the chance itself, which is a mean.
 */
function doubtOf(valued: Valued, known: Uncertainty): Float64Array {
  const { states, general, window, factors, spend } = valued;
  const doubt = relativeVariances(known.buyingCovariance, livingGradients(valued), factors.dert);
  for (const parameters of known.inside) {
    const other = general!.purchases(states, parameters, factors.pAlive, window);
    for (let i = 0; i < doubt.length; i++)
      if (factors.dert[i]! > 0) doubt[i]! += (Math.log(other[i]! / factors.dert[i]!) / NORMAL_95) ** 2;
  }
  const mean = spend.credibility(0, spend.fit.parameters).base;
  const ofSpend = quadratic(known.spendCovariance, populationGradient(spend)) / mean ** 2;
  return doubt.map((own) => own + ofSpend);
}
