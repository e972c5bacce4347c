import { ClvError } from '../../../base/errors.ts';
import { messageText } from '../../../base/message-text.ts';
import type { RenewalHoldout } from '../../../data/contracts.ts';
import { predictRenewals, type RenewalPrediction } from '../../../engine/contracts/holdout.ts';
import { renewalsVariance } from '../../../engine/contracts/outcome.ts';
import type { Runs, SurvivalModel } from '../../../models/contracts/survival.ts';
import type { Fit } from '../../../models/model.ts';
import type { ModelError } from '../../found.ts';
import { modelFailure } from '../../model-failure.ts';
import type { Failed } from '../found.ts';

/** A model of contracts that was fitted before the holdout, and what it expects of it. */
export interface ContractTested {
  readonly name: string;
  readonly parameterNames: readonly string[];
  readonly fit: Fit;
  /** Akaike's criterion, 2 × parameters − 2 ln L: lower is better. */
  readonly aic: number;
  readonly prediction: RenewalPrediction;
  /** Of the renewals, given no error of the model: of what customers do and of the parameters. */
  readonly variance: number;
  /** Null where it is left out of the interval. */
  readonly modelError: ModelError | null;
}

export type ContractTrial = ContractTested | Failed;

export function isContractTested(trial: ContractTrial): trial is ContractTested {
  return !('error' in trial);
}

/** What was known of subscriptions at a date, and what came after it. */
export interface ContractBacktest {
  readonly holdout: RenewalHoldout;
  readonly trials: readonly ContractTrial[];
  /** The first failure, where no model fits. */
  readonly failure: ClvError | null;
}

/** Fits every model to the runs as of the date and predicts the holdout with it. @param modelErrorOf of a model that fits */
export function contractsTried(
  models: readonly SurvivalModel[],
  runs: Runs,
  holdout: RenewalHoldout,
  modelErrorOf: (model: SurvivalModel) => ModelError | null,
): ContractBacktest {
  const found = models.map((model) => ({ model, fit: fitOrFailure(model, runs) }));
  const failures = found.flatMap(({ fit }) => (fit instanceof ClvError ? [fit] : []));
  const trials = found.map(({ model, fit }): ContractTrial => {
    const { name, parameterNames } = model;
    if (fit instanceof ClvError) {
      return { name, error: { code: fit.code, message: messageText(fit.code, fit.values) } };
    }
    const aic = 2 * parameterNames.length - 2 * fit.logLikelihood;
    const { outcomes } = holdout;
    return {
      ...{ name, parameterNames, fit, aic, modelError: modelErrorOf(model) },
      prediction: predictRenewals(model, fit.parameters, outcomes),
      variance: renewalsVariance(model, fit.parameters, fit.covariance, outcomes),
    };
  });
  return { holdout, trials, failure: failures.length === models.length ? failures[0]! : null };
}

function fitOrFailure(model: SurvivalModel, runs: Runs): Fit | ClvError {
  try {
    return model.fit(runs);
  } catch (error) {
    return modelFailure(error);
  }
}
