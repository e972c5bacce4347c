import type { States } from '../data/states.ts';
import { EdgeError, enoughCustomers } from './fitting.ts';
import type { BuyingModel } from './model.ts';
import { sampleOf } from './states.ts';

/** Intervals more regular than this are hardly those of customers. */
export const MOST_REGULAR = 20;

/** The largest k that is tried where it is to be found: those above it take long to value, and their purchases differ little. */
export const MOST_TRIED = 8;

/** What is known of a model of one k: its log-likelihood, and the parameters where they are inside their ranges. */
interface Tried {
  readonly model: BuyingModel;
  readonly logLikelihood: number;
  readonly parameters: readonly number[] | null;
}

/**
 * The model to fit where k is to be found: of the models of k = 1, 2, … that of the highest likelihood, tried until it falls
 * (Platzer & Reutterer 2016). Any other model is itself. Many states are first tried by a sample; then only those k are
 * fitted to all of them that its parameters leave in doubt.
 * @throws ClvError E301 too few customers; any model may fail to fit, and is then judged by its limits
 */
export function regularModel(model: BuyingModel, states: States): BuyingModel {
  const { ofRegularity } = model;
  if (!ofRegularity) return model;
  enoughCustomers(states);
  return modelOfRegularity(model, ofHighestLikelihood(ofRegularity, states).regularity!);
}

/** The model of a k that was found for one whose k is to be found. */
export function modelOfRegularity({ ofRegularity, whenOne }: BuyingModel, k: number): BuyingModel {
  return (k === 1 && whenOne) || ofRegularity!(k);
}

function ofHighestLikelihood(of: (k: number) => BuyingModel, states: States): BuyingModel {
  if (states.logGaps === undefined) throw new TypeError('k is not to be found without the gaps between purchases');
  const sample = sampleOf(states);
  if (!sample) return highest(byLikelihood(of, (one, near) => tried(one, states, near), 0)).model;
  const doubt = DOUBT * (states.length / sample.length);
  const rough = byLikelihood(of, (one, near) => roughly(one, states, sample, near), doubt);
  const most = highest(rough).logLikelihood;
  const close = rough.filter(({ logLikelihood }) => logLikelihood >= most - doubt);
  if (close.length === 1) return close[0]!.model;
  return highest(close.map(({ model: one, parameters }) => tried(one, states, parameters))).model;
}

/** By how much a log-likelihood at the optimum of a sample may be below the highest, times the share of the sample. */
const DOUBT = 50;

/** Models of k = 1, 2, … until the likelihood has fallen by more than is in doubt. */
function byLikelihood(
  of: (k: number) => BuyingModel,
  judge: (model: BuyingModel, near: readonly number[] | null) => Tried,
  doubt: number,
): Tried[] {
  const found: Tried[] = [];
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 1; k <= MOST_TRIED; k++) {
    const one = judge(of(k), next(found.at(-1)?.parameters ?? null, k));
    found.push(one);
    if (one.logLikelihood < most - doubt) break;
    most = Math.max(most, one.logLikelihood);
  }
  return found;
}

/** Parameters r, α, a, b of k − 1 as those of k: with one event more a purchase, the rates of events are k/(k − 1) times as high. */
function next(parameters: readonly number[] | null, k: number): readonly number[] | null {
  return parameters?.map((value, i) => (i === 1 ? (value * (k - 1)) / k : value)) ?? null;
}

function tried(model: BuyingModel, states: States, near: readonly number[] | null): Tried {
  try {
    const { logLikelihood, parameters } = near && model.fitNear ? model.fitNear(states, near) : model.fit(states);
    return { model, logLikelihood, parameters };
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    const limits = (model.limits ?? []).map((limit) => tried(limit, states, null).logLikelihood);
    return { model, logLikelihood: Math.max(Number.NEGATIVE_INFINITY, ...limits), parameters: null };
  }
}

/** By the parameters of a sample, where it has some. */
function roughly(model: BuyingModel, states: States, sample: States, near: readonly number[] | null): Tried {
  const { parameters } = tried(model, sample, near);
  if (!parameters) return tried(model, states, null);
  return { model, logLikelihood: model.logLikelihood(states, parameters), parameters };
}

function highest(found: readonly Tried[]): Tried {
  return found.reduce((best, one) => (one.logLikelihood > best.logLikelihood ? one : best));
}
