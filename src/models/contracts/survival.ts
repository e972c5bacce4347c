import type { Fit, Inside } from '../model.ts';
import type { Evaluation, Range } from '../numeric/newton.ts';

/**
 * Models of contracts: how long customers keep renewing. Time is whole periods; the first payment is at 0, the k-th renewal
 * falls due after k periods. Who pays n periods and leaves has lifetime T = n: n − 1 renewals made, the n-th not.
 */
export interface SurvivalModel {
  readonly name: string;
  readonly parameterNames: readonly string[];
  /**
   * Maximum likelihood, converged to the last digit. `start` skips the search for a start (a refit).
   * Errors: E311 too few customers, E302 not converged, E303 an edge of the parameters.
   */
  fit(runs: Runs, start?: readonly number[]): Fit;
  /** Σ ended · ln P(T = t) + alive · ln S(t), all constants in. */
  logLikelihood(runs: Runs, parameters: readonly number[]): number;
  /** r_k: of those who made k − 1 renewals, the share that makes the k-th; k ≥ 1. */
  retention(parameters: readonly number[], k: number): number;
  /** Expected renewals still to come after `made` of them, not discounted: Infinity where they are, null where no formula says. */
  renewalsToCome(parameters: readonly number[], made: number): number | null;
  /** Simpler models that this one tends to at an edge of its parameters; each may have limits of its own. */
  readonly limits?: readonly SurvivalModel[];
  /** Value, gradient and Hessian of the log-likelihood, and where the parameters are sane: to go along it from a limit. */
  readonly evaluate?: (runs: Runs, parameters: readonly number[]) => Evaluation;
  readonly ranges?: readonly Range[];
  /** Of a limit, the ways from its parameters into the general model of that name. */
  readonly inside?: (parameters: readonly number[]) => readonly Inside[];
  /** Of a limit, in plain words, what it takes of all customers. */
  readonly takes?: string;
  /** True where nobody leaves after a while: a lifetime has no end. */
  readonly unending?: true;
}

/** Customers by tenure, counted, cohorts of any length pooled; one row a tenure. */
export interface Runs {
  readonly length: number;
  readonly tenure: Int32Array;
  /** Customers who left after so many paid periods: at renewal `tenure`, ≥ 1. */
  readonly ended: Float64Array;
  /** Customers who are there after so many renewals made. */
  readonly alive: Float64Array;
}

/** Runs of survivor counts, a list a cohort: customers at 0, 1, 2 … periods, never rising. */
export function survivalRuns(cohorts: readonly (readonly number[])[]): Runs {
  const length = Math.max(0, ...cohorts.map((survivors) => survivors.length));
  const ended = new Float64Array(length);
  const alive = new Float64Array(length);
  for (const survivors of cohorts) {
    for (let t = 1; t < survivors.length; t++) ended[t]! += survivors[t - 1]! - survivors[t]!;
    if (survivors.length > 0) alive[survivors.length - 1]! += survivors.at(-1)!;
  }
  return { length, tenure: Int32Array.from({ length }, (_, t) => t), ended, alive };
}

/** Renewals by their number k = index + 1: how many were made and how many not. */
export interface Renewals {
  readonly made: Float64Array;
  readonly lost: Float64Array;
}

export function renewalsOf({ length, tenure, ended, alive }: Runs): Renewals {
  let longest = 0;
  for (let i = 0; i < length; i++) if (ended[i]! + alive[i]! > 0) longest = Math.max(longest, tenure[i]!);
  const made = new Float64Array(longest);
  const lost = new Float64Array(longest);
  for (let i = 0; i < length; i++) {
    const t = tenure[i]!;
    if (ended[i]! > 0) {
      lost[t - 1]! += ended[i]!;
      for (let k = 1; k < t; k++) made[k - 1]! += ended[i]!;
    }
    if (alive[i]! > 0) for (let k = 1; k <= t; k++) made[k - 1]! += alive[i]!;
  }
  return { made, lost };
}

/** The one rate that fits all renewals best, as the renewals made of those due; maximum likelihood of constant retention. */
export function pooledRetention(runs: Runs): { readonly made: number; readonly due: number } {
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  const { made, lost } = renewalsOf(runs);
  return { made: sum(made), due: sum(made) + sum(lost) };
}

/** S(0), S(1) … S(periods): the share that is there after so many renewals. */
export function survival(model: SurvivalModel, parameters: readonly number[], periods: number): Float64Array {
  const shares = new Float64Array(periods + 1).fill(1);
  for (let t = 1; t <= periods; t++) shares[t] = shares[t - 1]! * model.retention(parameters, t);
  return shares;
}
