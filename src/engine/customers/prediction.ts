import type { Prediction } from '../../data/states.ts';
import { gammaRatioQuantile } from '../../models/numeric/gamma-ratio.ts';
import type { SpendLaw } from '../../models/spend/estimate.ts';
import { purchasesInMean } from '../factors.ts';
import type { Valued } from '../valued.ts';

/** What a 95 % interval leaves out, and how much of it at either end where what comes may be too little. */
const OUTSIDE = 0.05;
/** Beyond these a shape makes no difference to the cent. */
const SHAPES = { least: 1e-3, most: 1e5 };

/**
 * The 95 % prediction interval of what a customer will bring, by its state, in discounted purchases at the customer's expected
 * margin: quantiles of Z · D.
 *   D, the discounted purchases in multiples of the mean margin, is 0 with the chance that no purchase comes, and else is taken to
 * be Gamma with the mean and the mean square that the model has for it, Σ of pairs, and of squares with the dispersion of spend.
 *   Z, the customer's mean margin, is what the posterior of the model of spend has: for gamma–gamma scale/Gamma(shape).
 * Where no purchase comes with a chance above 2.5 %, the interval is from 0 to what is exceeded with a chance of 5 %; else it
 * leaves out 2.5 % at either end.
 * @param doubt relative variance of the purchases of who is alive: of their parameters and of the error of the model
 */
export function predictionOf(valued: Valued, lawOf: (purchases: number) => SpendLaw, doubt: Float64Array): Prediction {
  const { states, model, fit, window, spendFrom, factors } = valued;
  const { pAlive, dert } = factors;
  const buyAgain = model.buyAgain!(states, fit.parameters, pAlive, window);
  const pairs = model.pairs!(states, fit.parameters, pAlive, window);
  const twice = model.purchases(states, fit.parameters, pAlive, { ...window, delta: 2 * window.delta });
  const [low, high] = [new Float64Array(states.length), new Float64Array(states.length)];
  let [known, law] = [-1, lawOf(0)];
  for (let i = 0; i < states.length; i++) {
    const x = states.x[i]!;
    if (x !== known) law = lawOf(purchasesInMean(x, spendFrom));
    known = x;
    const bought = buyAgain[i]!;
    if (bought <= OUTSIDE) continue;
    const mean = dert[i]! / bought;
    const square = (pairs[i]! * (1 + doubt[i]!) + twice[i]! * (1 + law.dispersion)) / bought;
    const quantile = quantilesOf(mean, square, law);
    const none = 1 - bought;
    const end = none > OUTSIDE / 2 ? OUTSIDE : OUTSIDE / 2;
    high[i] = quantile(1 - end / bought);
    if (none < OUTSIDE / 2) low[i] = quantile((OUTSIDE / 2 - none) / bought);
  }
  return { low, high };
}

/** Quantiles of Z · D of who buys again. */
function quantilesOf(mean: number, square: number, { shape, scale }: SpendLaw): (p: number) => number {
  const own = Math.min(SHAPES.most, Math.max(SHAPES.least, 1 / Math.max(0, square / (mean * mean) - 1)));
  const [rest, times] = Number.isFinite(shape) ? [shape, scale] : [SHAPES.most, SHAPES.most];
  return (p) => (mean / own) * times * gammaRatioQuantile(own, rest, p);
}
