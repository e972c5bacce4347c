import { ClvError, type ValuesOf } from '../base/errors.ts';
import type { States } from '../data/states.ts';
import type { Fit } from './model.ts';
import { type Evaluation, maximise, type Range, type Search } from './numeric/newton.ts';
import { cholesky, inverse, type Matrix } from './numeric/symmetric.ts';
import { totalsOf } from './states.ts';

/** Too few customers tell nothing about how customers differ (definitions: Model). */
const MIN_CUSTOMERS = 100;
export const MIN_REPEAT = 30;

/** What fitting needs to know of a model. */
export interface Likelihood<S> {
  readonly name: string;
  readonly parameterNames: readonly string[];
  readonly ranges: readonly Range[];
  /** Says that the likelihood may have several optima: every start is followed, and the best end decides, an edge too. */
  readonly peaks?: 'many';
  /** In plain words, what it means that a parameter tends to infinity (high) or 0. */
  edge(parameters: readonly number[], parameter: number, high: boolean): string;
  evaluate(states: S, parameters: readonly number[]): Evaluation;
}

/** The gate: errors E301, and E309 where there is nobody. Returns the number of customers. */
export function enoughCustomers(states: States): number {
  const { customers, repeat } = totalsOf(states);
  if (customers === 0) throw new ClvError('E309');
  if (customers >= MIN_CUSTOMERS && repeat >= MIN_REPEAT) return customers;
  throw new ClvError('E301', { customers, repeat, min_customers: MIN_CUSTOMERS, min_repeat: MIN_REPEAT });
}

/**
 * The first start that leads to an optimum decides; where there is a sample, its own optimum is the first start.
 * Errors E302 not converged, E303 at an edge.
 */
export function fitFrom<S>(
  model: Likelihood<S>,
  states: S,
  sample: S | null,
  customers: number,
  starts: readonly (readonly number[])[],
): Fit {
  const rough = sample && search(model, sample, starts);
  const found = search(model, states, startsAfter(rough, model, starts));
  const lower = found.outcome === 'optimum' ? cholesky(found.information) : null;
  if (!lower) throw failure(model, found);
  const { parameters } = found;
  const covariance: Matrix = inverse(lower).map((row, i) => row.map((c, j) => c * parameters[i]! * parameters[j]!));
  return { parameters, logLikelihood: found.value, customers, covariance, iterations: found.iterations };
}

/** What is left to follow after a sample: from its optimum on, or if it ended at an edge the way that led there. */
function startsAfter<S>(rough: Followed | null, model: Likelihood<S>, starts: readonly (readonly number[])[]) {
  if (!rough || rough.outcome === 'stalled') return starts;
  if (rough.outcome === 'edge') return [rough.start];
  return model.peaks === 'many' ? [rough.parameters] : [rough.parameters, ...starts];
}

type Followed = Search & { readonly start: readonly number[] };

function search<S>(model: Likelihood<S>, states: S, starts: readonly (readonly number[])[]): Followed {
  let best: Followed | undefined;
  for (const start of starts) {
    const found = { ...maximise((p) => model.evaluate(states, p), start, model.ranges), start };
    if (found.outcome === 'optimum' && model.peaks !== 'many') return found;
    if (!best || found.value > best.value) best = found;
  }
  return best!;
}

/** E302 or E303: no optimum within the parameters, so that a limit of the model may have one. */
export class EdgeError extends (ClvError as new (
  code: 'E302' | 'E303',
  values: ValuesOf<'E302' | 'E303'>,
) => ClvError<'E302' | 'E303'>) {}

function failure<S>(model: Likelihood<S>, found: Search): EdgeError {
  const values = found.parameters.map((p, i) => `${model.parameterNames[i]} ${p.toPrecision(3)}`).join(', ');
  if (!found.edge) return new EdgeError('E302', { model: model.name, detail: `stopped at ${values}` });
  const words = model.edge(found.parameters, found.edge.parameter, found.edge.high);
  return new EdgeError('E303', { model: model.name, detail: `${words} (${values})` });
}
