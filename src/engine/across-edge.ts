import type { Estimate, Inside } from '../models/model.ts';
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

/** From this relative standard error of a parameter on, 0 or infinity is within its 95 % and no normal law holds for it. */
const DOUBTFUL = 0.5;
/** By how much a doubtful parameter is moved at a time. */
const FACTOR = Math.E;

/**
 * Parameters as likely as the 95 % region of the likelihood allows, where one of them is told so badly that what depends on it is
 * not normal: the one told worst is moved up and down, the others follow to their optimum (profile likelihood).
 * @param fit an optimum inside of all edges
 */
export function withinDoubt<S>(
  { evaluate, ranges }: Reached<S>,
  states: S,
  { parameters, covariance }: Pick<Estimate, 'parameters' | 'covariance'>,
): readonly (readonly number[])[] {
  if (!evaluate || !ranges || !covariance) return [];
  const errors = parameters.map((value, i) => Math.sqrt(covariance[i]![i]!) / value);
  const most = Math.max(...errors);
  if (!(most >= DOUBTFUL)) return [];
  const parameter = errors.indexOf(most);
  const { low, high } = ranges[parameter]!;
  const highest = evaluate(states, parameters).value;
  const at = profileOf({ evaluate, ranges }, states, { parameter, fixed: [parameter] }, highest);
  return [FACTOR, 1 / FACTOR].flatMap((factor) => {
    const found: (readonly number[])[] = [];
    for (let last = parameters; found.length < STEPS; found.push(last)) {
      const value = last[parameter]! * factor;
      const next = value < low || value > high ? null : at(value, last);
      if (!next) break;
      last = next;
    }
    return found;
  });
}

function along<S>(
  model: Required<Reached<S>>,
  states: S,
  way: Inside,
  logLikelihood: number,
): readonly number[] | null {
  const { start, parameter, factor } = way;
  const at = profileOf(model, states, way, logLikelihood);
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

/**
 * Parameters with one of them at a value and the others at their optimum, from those nearby on; null where that is not as likely
 * as the 95 % region allows.
 * @param fixed the one, and those that are not moved at all @param logLikelihood the highest
 */
function profileOf<S>(
  { evaluate, ranges }: Required<Reached<S>>,
  states: S,
  { parameter, fixed }: Pick<Inside, 'parameter' | 'fixed'>,
  logLikelihood: number,
): (value: number, from: readonly number[]) => readonly number[] | null {
  return (value, from) => {
    const others = from.map((_, i) => i).filter((i) => !fixed.includes(i));
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
