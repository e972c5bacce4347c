import type { Inside } from '../models/model.ts';
import { type Evaluation, maximise, type Range } from '../models/numeric/newton.ts';

/** Half the 95 % quantile of χ² with one degree of freedom: how far ln L may be below its maximum. */
const DROP = 1.920729410347062;
/** Steps away from the edge, and halvings of the last of them. */
const STEPS = 40;
const HALVINGS = 5;

/**
 * How far inside the edge a model is still as likely as the 95 % region of its likelihood allows: the one parameter that tends
 * to the edge is moved away from it, the others follow to their optimum (profile likelihood; Venzon & Moolgavkar 1988).
 * @param limit the limit that the model tends to, with its log-likelihood
 * @returns parameters of the model, one set a way that the limit tells and on which it is likely at all
 */
export function acrossEdge<S>(model: Reached<S>, states: S, limit: LimitFit): readonly (readonly number[])[] {
  const ways = limit.model.inside?.(limit.parameters) ?? [];
  const { evaluate, ranges } = model;
  if (!evaluate || !ranges) return [];
  return ways
    .map((way) => along({ evaluate, ranges }, states, way, limit.logLikelihood))
    .filter((found) => found !== null);
}

function along<S>(
  { evaluate, ranges }: Required<Reached<S>>,
  states: S,
  { start, parameter, factor, fixed }: Inside,
  logLikelihood: number,
): readonly number[] | null {
  const others = start.map((_, i) => i).filter((i) => !fixed.includes(i));
  /** The optimum of the others, from those of the step before. */
  const at = (value: number, from: readonly number[]): readonly number[] | null => {
    const whole = (own: readonly number[]): readonly number[] =>
      own.reduce((all, each, k) => all.with(others[k]!, each), from.with(parameter, value));
    const search = maximise(
      (own) => part(evaluate(states, whole(own)), others),
      others.map((i) => from[i]!),
      others.map((i) => ranges[i]!),
    );
    const likely = search.outcome !== 'edge' && logLikelihood - search.value <= DROP;
    return likely ? whole(search.parameters) : null;
  };
  let found: readonly number[] | null = null;
  let step = factor;
  let value = start[parameter]!;
  for (let round = 0; round < STEPS; round++) {
    const next = at(found ? value * step : value, found ?? start);
    if (!next) break;
    if (found) value *= step;
    found = next;
  }
  for (let round = 0; found && round < HALVINGS; round++) {
    step = Math.sqrt(step);
    const next = at(value * step, found);
    if (next) [found, value] = [next, value * step];
  }
  return found;
}

/** A model of buying or of contracts, as far as its likelihood is gone along. */
interface Reached<S> {
  readonly evaluate?: (states: S, parameters: readonly number[]) => Evaluation;
  readonly ranges?: readonly Range[];
}

interface LimitFit {
  readonly model: { readonly name: string; readonly inside?: (parameters: readonly number[]) => readonly Inside[] };
  readonly parameters: readonly number[];
  readonly logLikelihood: number;
}

/** The value and the derivatives in some of the parameters. */
function part({ value, gradient, hessian }: Evaluation, others: readonly number[]): Evaluation {
  return {
    value,
    gradient: others.map((i) => gradient[i]!),
    hessian: others.map((i) => others.map((j) => hessian[i]![j]!)),
  };
}
