import { ClvError } from '../../base/errors.ts';
import { fitFrom, type Likelihood } from '../fitting.ts';
import type { Fit } from '../model.ts';
import type { Evaluation } from '../numeric/newton.ts';
import { type Renewals, type Runs, renewalsOf } from './survival.ts';

/** Fewer customers, or leavers, than this tell nothing about how customers differ. */
const MIN_CUSTOMERS = 100;
const MIN_ENDED = 30;

/** What fitting needs to know of a survival model. */
export interface Retention extends Omit<Likelihood<Renewals>, 'evaluate'> {
  /** ln r_k with its derivatives. */
  logRetention(parameters: readonly number[], k: number): Evaluation;
  /** Tried in turn, given the pooled retention. */
  starts(retention: number): readonly (readonly number[])[];
}

/**
 * The likelihood of runs is that of their renewals, since P(T = t) and S(t) are products of r_k and 1 − r_t:
 *   Σ n_t ln P(T = t) + n_alive ln S(T) = Σ_k made_k ln r_k + lost_k ln(1 − r_k).
 */
export function survivalEvaluate(model: Retention, renewals: Renewals, parameters: readonly number[]): Evaluation {
  const size = parameters.length;
  let value = 0;
  const gradient = new Array<number>(size).fill(0);
  const hessian = parameters.map(() => new Array<number>(size).fill(0));
  for (let k = 1; k <= renewals.made.length; k++) {
    const [made, lost] = [renewals.made[k - 1]!, renewals.lost[k - 1]!];
    const log = model.logRetention(parameters, k);
    const leaves = -Math.expm1(log.value);
    const odds = Math.exp(log.value) / leaves;
    if (made > 0) value += made * log.value;
    if (lost > 0) value += lost * Math.log(leaves);
    const slope = made - lost * odds;
    const bend = (lost * odds) / leaves;
    for (let i = 0; i < size; i++) {
      gradient[i]! += slope * log.gradient[i]!;
      for (let j = 0; j < size; j++)
        hessian[i]![j]! += slope * log.hessian[i]![j]! - bend * log.gradient[i]! * log.gradient[j]!;
    }
  }
  return { value, gradient, hessian };
}

/** Errors E311 too few customers, leavers or renewals for so many parameters, E302, E303. */
export function fitSurvival(model: Retention, runs: Runs, start?: readonly number[]): Fit {
  const renewals = renewalsOf(runs);
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  const [customers, ended] = [sum(runs.ended) + sum(runs.alive), sum(runs.ended)];
  const periods = renewals.made.length;
  const least = { min_customers: MIN_CUSTOMERS, min_ended: MIN_ENDED, min_periods: model.parameterNames.length };
  if (customers < MIN_CUSTOMERS || ended < MIN_ENDED || periods < least.min_periods)
    throw new ClvError('E311', { customers, ended, periods, model: model.name, ...least });
  const made = sum(renewals.made);
  const starts = start ? [start] : model.starts(Math.max(made, 1) / (made + ended));
  const likelihood = {
    ...model,
    evaluate: (states: Renewals, parameters: readonly number[]) => survivalEvaluate(model, states, parameters),
  };
  return fitFrom(likelihood, renewals, null, customers, starts);
}

/** What it means that α and β tend to an edge, for both models. */
export function survivalEdge(_: readonly number[], parameter: number, high: boolean): string {
  if (parameter > 1) return 'the chance to stay does not settle as tenure grows';
  return high ? 'customers do not seem to differ in their chance to stay' : 'customers leave at once or never';
}
