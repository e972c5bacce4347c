import type { SpendStates } from '../../data/states.ts';
import { withLimits } from '../limits.ts';
import type { Credibility, SecondMoment, SpendFit, SpendLaw } from './estimate.ts';
import { gammaGamma } from './gamma-gamma.ts';
import { meanSpend } from './mean-spend.ts';

/** What is expected of a customer's margin per purchase, given the mean of those seen. Parameters in currency units. */
export interface SpendModel {
  readonly name: string;
  readonly parameterNames: readonly string[];
  /** Errors: E302, E303, E304, E330. `start` skips the search for a start (a refit). */
  fit(states: SpendStates, start?: readonly number[]): SpendFit;
  /** Of states under parameters, all constants in; NaN where the model has none. */
  logLikelihood(states: SpendStates, parameters: readonly number[]): number;
  /** E(M | x, m̄) = base + weight · m̄ for a mean of x purchases. */
  credibility(x: number, parameters: readonly number[]): Credibility;
  /** What the variance of a customer's purchases needs; null where it has none. */
  secondMoment(x: number, parameters: readonly number[]): SecondMoment | null;
  /** The law of a customer's margins, a positive mean of x purchases being known; absent where the model has none. */
  law?(x: number, parameters: readonly number[]): SpendLaw;
  /** Expected margin per purchase of a customer not seen yet. */
  populationMean(parameters: readonly number[]): number;
  /** Simpler models that this one tends to at an edge of its parameters; each may have limits of its own. */
  readonly limits?: readonly SpendModel[];
  /** Of a limit, in plain words, what it takes of all customers. */
  readonly takes?: string;
  /** True where customers without a mean take that of their segment, and the ledger fills it in. */
  readonly fillsMeans: boolean;
}

/** Every model of spend. A new one is a file and a line here. */
export const SPEND_MODELS: readonly SpendModel[] = [gammaGamma, meanSpend];

/** @returns the model of that name, the limits of others included */
export function spendModel(name: string): SpendModel | undefined {
  return withLimits(SPEND_MODELS).find((model) => model.name === name);
}
