import { ClvError } from '../../../base/errors.ts';
import type { ContractCells, RenewalHoldout } from '../../../data/contracts.ts';
import type { SurvivalModel } from '../../../models/contracts/survival.ts';
import { cellsAt, cellsOfFit } from '../../contracts/by-fit.ts';
import { runsOfCells } from '../../contracts/fit.ts';
import type { ModelError } from '../../found.ts';
import { type Happened, happenedIn, sum } from './scores.ts';
import { type ContractTested, type ContractTrial, contractsTried, isContractTested } from './trials.ts';

/** The models of the subscriptions of one length, and what happened to those. */
export interface LengthBacktest {
  readonly length: string;
  readonly trials: readonly ContractTrial[];
  readonly happened: Happened;
  /** The first failure, where no model fits. */
  readonly failure: ClvError | null;
}

/** All subscriptions: the sums over their lengths. */
export interface SummedBacktest extends Omit<LengthBacktest, 'length'> {
  /** Those that are summed, one at least. */
  readonly lengths: readonly LengthBacktest[];
  /** Lengths that no model fits, where others are fitted: no part of the sums. */
  readonly leftOut: readonly LengthBacktest[];
}

/** The model error of a model for the subscriptions of some lengths together; null where it is left out. */
export type ModelErrorOf = (model: SurvivalModel, lengths: readonly string[]) => ModelError | null;

const NOBODY: RenewalHoldout = {
  outcomes: {
    length: 0,
    made: new Int32Array(0),
    decided: new Int32Array(0),
    renewed: new Int32Array(0),
    count: new Float64Array(0),
    margin: new Float64Array(0),
  },
  margin: [],
};

/** Fits every model to the subscriptions of each length. @param holdouts by the text of the length */
export function backtestsByLength(
  models: readonly SurvivalModel[],
  cells: ContractCells,
  holdouts: ReadonlyMap<string, RenewalHoldout>,
  modelErrorOf: ModelErrorOf,
): readonly LengthBacktest[] {
  return cells.fits.map(({ length: { text } }, which) => {
    const holdout = holdouts.get(text) ?? NOBODY;
    const runs = runsOfCells(cellsAt(cells, cellsOfFit(cells, which)));
    const { trials, failure } = contractsTried(models, runs, holdout, (model) => modelErrorOf(model, [text]));
    return { length: text, trials, happened: happenedIn(holdout), failure };
  });
}

/** The sums over lengths. A model that fails for one of them fails. @param all one at least */
export function together(
  models: readonly SurvivalModel[],
  all: readonly LengthBacktest[],
  modelErrorOf: ModelErrorOf,
): SummedBacktest {
  const fitted = all.filter(({ failure }) => failure === null);
  const lengths = fitted.length > 0 ? fitted : all;
  const leftOut = all.filter((one) => !lengths.includes(one));
  if (lengths.length === 1) return { ...lengths[0]!, lengths, leftOut };
  const texts = lengths.map(({ length }) => length);
  const trials = models.map((model, i) =>
    summedTrial(
      model.name,
      lengths.map(({ length, trials }) => [length, trials[i]!] as const),
      () => modelErrorOf(model, texts),
    ),
  );
  return {
    trials,
    happened: summedHappened(lengths.map(({ happened }) => happened)),
    failure: trials.some(isContractTested) ? null : fitsNone(lengths),
    lengths,
    leftOut,
  };
}

/** E345: by length why a model does not fit it, the first that does not. */
function fitsNone(lengths: readonly LengthBacktest[]): ClvError {
  const reasons = lengths.flatMap(({ length, trials }) => {
    const failed = trials.find((trial) => !isContractTested(trial));
    return failed && 'error' in failed ? [`${length}: ${failed.error.message} (${failed.error.code})`] : [];
  });
  return new ClvError('E345', { reasons: reasons.join('; ') });
}

function summedTrial(
  name: string,
  each: readonly (readonly [string, ContractTrial])[],
  modelErrorOf: () => ModelError | null,
): ContractTrial {
  const tested: ContractTested[] = [];
  for (const [length, trial] of each) {
    if (!isContractTested(trial)) {
      const { code, message } = trial.error;
      return { name, error: { code, message: `${length}: ${message}` } };
    }
    tested.push(trial);
  }
  const total = (of: (one: ContractTested) => number): number => sum(tested.map(of));
  return {
    name,
    parameterNames: [],
    fit: {
      parameters: [],
      logLikelihood: total(({ fit }) => fit.logLikelihood),
      customers: total(({ fit }) => fit.customers),
      covariance: [],
      iterations: Math.max(...tested.map(({ fit }) => fit.iterations)),
    },
    aic: total(({ aic }) => aic),
    // Each length has a fit of its own, so that their errors are independent.
    variance: total(({ variance }) => variance),
    modelError: modelErrorOf(),
    prediction: {
      renewals: summed(tested.map(({ prediction }) => prediction.renewals)),
      margin: summed(tested.map(({ prediction }) => prediction.margin)),
      survivors: total(({ prediction }) => prediction.survivors),
      logLikelihood: total(({ prediction }) => prediction.logLikelihood),
    },
  };
}

function summedHappened(each: readonly Happened[]): Happened {
  const longest = Math.max(...each.map(({ decided }) => decided.length));
  return {
    customers: sum(each.map(({ customers }) => customers)),
    decided: summed(each.map(({ decided }) => decided)),
    renewals: summed(each.map(({ renewals }) => renewals)),
    survivors: sum(each.map(({ survivors }) => survivors)),
    margin: Array.from({ length: longest }, (_, k) => each.reduce((all, { margin }) => all + (margin?.[k] ?? 0n), 0n)),
  };
}

/** Place by place; the shorter ones end in zeros. */
function summed(each: readonly Float64Array[]): Float64Array {
  const longest = Math.max(...each.map(({ length }) => length));
  return Float64Array.from({ length: longest }, (_, k) => sum(each.map((values) => values[k] ?? 0)));
}
