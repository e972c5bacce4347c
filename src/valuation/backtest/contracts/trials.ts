import { ClvError } from '../../../base/errors.ts';
import { messageText } from '../../../base/message-text.ts';
import type { RenewalHoldout } from '../../../data/contracts.ts';
import { predictRenewals, type RenewalPrediction } from '../../../engine/contracts/holdout.ts';
import type { Runs, SurvivalModel } from '../../../models/contracts/survival.ts';
import type { Fit } from '../../../models/model.ts';
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

/** Fits every model to the runs as of the date and predicts the holdout with it. */
export function contractsTried(
  models: readonly SurvivalModel[],
  runs: Runs,
  holdout: RenewalHoldout,
): ContractBacktest {
  const found = models.map((model) => ({ model, fit: fitOrFailure(model, runs) }));
  const failures = found.flatMap(({ fit }) => (fit instanceof ClvError ? [fit] : []));
  const trials = found.map(({ model, fit }): ContractTrial => {
    const { name, parameterNames } = model;
    if (fit instanceof ClvError) {
      return { name, error: { code: fit.code, message: messageText(fit.code, fit.values) } };
    }
    const aic = 2 * parameterNames.length - 2 * fit.logLikelihood;
    return { name, parameterNames, fit, aic, prediction: predictRenewals(model, fit.parameters, holdout.outcomes) };
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
