import type { SpendStates } from '../../data/states.ts';
import { type Credibility, gammaGamma, type SpendFit } from './gamma-gamma.ts';
import { meanSpend } from './mean-spend.ts';

/** What is expected of a customer's margin per purchase, given the mean of those seen. Parameters in currency units. */
export interface SpendModel {
  readonly name: string;
  readonly parameterNames: readonly string[];
  /** Errors: E302, E303, E304. `start` skips the search for a start (a refit). */
  fit(states: SpendStates, start?: readonly number[]): SpendFit;
  /** Of states under parameters, all constants in; NaN where the model has none. */
  logLikelihood(states: SpendStates, parameters: readonly number[]): number;
  /** E(M | x, m̄) = base + weight · m̄ for a mean of x purchases. */
  credibility(x: number, parameters: readonly number[]): Credibility;
  /** Expected margin per purchase of a customer not seen yet. */
  populationMean(parameters: readonly number[]): number;
  /** True where customers without a mean take that of their segment, and the ledger fills it in. */
  readonly fillsMeans: boolean;
}

/** Every model of spend. A new one is a file and a line here. */
export const SPEND_MODELS: readonly SpendModel[] = [gammaGamma, meanSpend];

export function spendModel(name: string): SpendModel | undefined {
  return SPEND_MODELS.find((model) => model.name === name);
}
