import type { States } from '../data/states.ts';
import type { BuyingModel, Estimate } from '../models/model.ts';
import { purchasesVariance } from './holdout.ts';

/**
 * The error that a model makes whatever its parameters, as a relative standard deviation τ of what it expects of all customers
 * together: of purchases over 22 origins of 6 real logs about .12, which stands for 4 origins beside those of the log at hand.
 */
export const USUAL_MODEL_ERROR = 0.12;
const WEIGHT = 4;

/** What was expected at an earlier day of the log, and what came. */
export interface Backcast {
  readonly expected: number;
  readonly actual: number;
  /** Variance of the purchases as the model has it: of what customers do, and of the parameters. */
  readonly variance: number;
}

/** τ² = (4·.12² + Σ max(0, ln² (actual/expected) − relative variance)) / (4 + origins). */
export function modelError(backcasts: readonly Backcast[]): number {
  const found = backcasts.reduce(
    (sum, { expected, actual, variance }) => {
      return sum + Math.max(0, Math.log(actual / expected) ** 2 - variance / expected ** 2);
    },
    WEIGHT * USUAL_MODEL_ERROR ** 2,
  );
  return Math.sqrt(found / (WEIGHT + backcasts.length));
}

/** What a model fitted to states expects of the days after, against what came; null where either is nothing. */
export function backcast(
  states: States,
  model: BuyingModel,
  fit: Estimate,
  days: number,
  actual: number,
): Backcast | null {
  const { parameters } = fit;
  const window = { delta: 0, days };
  const pAlive = model.pAlive(states, parameters);
  const each = model.purchases(states, parameters, pAlive, window);
  const expected = each.reduce((sum, purchases, i) => sum + states.count[i]! * purchases, 0);
  if (!(expected > 0 && actual > 0)) return null;
  return { expected, actual, variance: purchasesVariance(states, model, fit, window, { pAlive, expected: each }) };
}
