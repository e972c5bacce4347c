import { EdgeError } from './fitting.ts';
import type { Fit } from './model.ts';

/** What can be fitted to states S, and the simpler models that it tends to at an edge of its parameters. */
interface Limited<S> {
  readonly limits?: readonly Limited<S>[];
  fit(states: S, start?: readonly number[]): Fit;
}

/** A model that was fitted, the one that was asked for or the limit that it tends to. */
export interface Fitting<M extends Limited<never>> {
  readonly model: M;
  readonly fit: ReturnType<M['fit']>;
}

/**
 * Fits a model, or where its likelihood is highest at an edge of the parameters the limit that it tends to: of its limits the
 * one of the highest likelihood. @param start an optimum nearby: what it leads to decides, unless that is an edge
 * @throws ClvError of the model, where its limits have no optimum either; what else its fit throws
 */
export function fitOrLimit<S, M extends Limited<S>>(model: M, states: S, start?: readonly number[]): Fitting<M> {
  const near = start && edgeOr(() => ({ model, fit: model.fit(states, start) as ReturnType<M['fit']> }));
  if (near && !(near instanceof EdgeError)) return near;
  return fitOnce(model, states, new Map());
}

/** Models and all that they tend to. */
export function withLimits<M extends { readonly limits?: readonly M[] }>(models: readonly M[]): readonly M[] {
  return models.flatMap((model) => [model, ...withLimits(model.limits ?? [])]);
}

type Tried<M extends Limited<never>> = Map<M, Fitting<M> | EdgeError>;

/** A limit that several models share is fitted once. */
function fitOnce<S, M extends Limited<S>>(model: M, states: S, tried: Tried<M>): Fitting<M> {
  const known = tried.get(model) ?? attempt(model, states, tried);
  tried.set(model, known);
  if (known instanceof EdgeError) throw known;
  return known;
}

function attempt<S, M extends Limited<S>>(model: M, states: S, tried: Tried<M>): Fitting<M> | EdgeError {
  const own = edgeOr(() => ({ model, fit: model.fit(states) as ReturnType<M['fit']> }));
  if (!(own instanceof EdgeError)) return own;
  let best: Fitting<M> | null = null;
  for (const limit of (model.limits ?? []) as readonly M[]) {
    const found = edgeOr(() => fitOnce(limit, states, tried));
    if (!(found instanceof EdgeError) && likelier(found.fit, best?.fit)) best = found;
  }
  return best ?? own;
}

/** A model without a likelihood is the last choice. */
function likelier(one: Fit, best: Fit | undefined): boolean {
  return best === undefined || !(best.logLikelihood >= one.logLikelihood);
}

function edgeOr<T>(of: () => T): T | EdgeError {
  try {
    return of();
  } catch (error) {
    if (error instanceof EdgeError) return error;
    throw error;
  }
}
