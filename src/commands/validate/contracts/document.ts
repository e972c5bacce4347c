import { listOf, objectOf } from '../../../data/lists.ts';
import type { Cell, Column, Json, Report } from '../../../data/report.ts';
import { envelope } from '../../../report/found.ts';
import { modelErrorBlock } from '../../../report/intervals.ts';
import type { LengthBacktest } from '../../../valuation/backtest/contracts/by-length.ts';
import { contractScoreOf, contractSummaries, type Happened } from '../../../valuation/backtest/contracts/scores.ts';
import { type ContractTrial, isContractTested } from '../../../valuation/backtest/contracts/trials.ts';
import { contractAnswer } from './answer.ts';
import { bestContract } from './best.ts';
import type { ContractRolling, ContractValidation } from './found.ts';
import {
  MODELS,
  modelRow,
  originBlock,
  originRow,
  originsList,
  PERIODS,
  periodRows,
  SUMMARY,
  summaryRow,
} from './lists.ts';
import { originColumns, stepText } from './origins.ts';
import { contractValidationViews } from './views.ts';

/** The report of `clv validate` of contracts: what models fitted before a holdout expected of it, beside what happened. */
export function contractValidationReport(validation: ContractValidation): Report {
  const { trials, happened, lengths, rolling, methodology, input, holdout } = validation;
  const { digits } = validation.money;
  const summaries = rolling?.summaries ?? summariesOfOne(validation);
  const best = bestContract(summaries, rolling ? rolling.scores.length / trials.length : 1);
  const models = trials.map((trial) => modelRow(trial, happened, digits));
  return {
    command: 'validate',
    document: [
      ...envelope(
        'validate',
        validation,
        { ...methodology, definition: definitionOf(rolling, lengths.length > 0) },
        input,
      ),
      ['holdout', holdout],
      ['models', trials.map((trial, i) => ({ ...objectOf(MODELS, models[i]!), ...details(trial, happened, digits) }))],
      ...lengthsBlock(validation),
      ...(rolling ? rollingBlocks(rolling, digits) : []),
      ['best', best.name],
      ['best_reason', best.reason],
    ],
    sections: [
      listOf(
        'models',
        [...(lengths.length > 0 ? [CONTRACT] : []), ...MODELS],
        lengths.length === 0
          ? models
          : [
              ...models.map((row) => ['all', ...row]),
              ...lengths.flatMap((one) =>
                one.trials.map((trial) => [one.length, ...modelRow(trial, one.happened, digits)]),
              ),
            ],
      ),
      listOf(
        'periods',
        [...(lengths.length > 0 ? [CONTRACT] : []), { name: 'model', kind: 'text' }, ...PERIODS],
        lengths.length === 0
          ? periodsOf(validation, digits)
          : lengths.flatMap((one) => periodsOf(one, digits).map((row) => [one.length, ...row])),
      ),
      ...(rolling ? rollingLists(rolling, digits) : []),
    ],
    main: 'models',
    views: contractValidationViews(validation, summaries, best),
    answer: async () => contractAnswer(validation, summaries, best),
  };
}

const CONTRACT: Column = { name: 'contract', kind: 'text' };

/** The renewals of every model that fits by period. */
function periodsOf({ trials, happened }: Pick<LengthBacktest, 'trials' | 'happened'>, digits: number): Cell[][] {
  return trials
    .filter(isContractTested)
    .flatMap((trial) => periodRows(trial, happened, digits).map((row) => [trial.name, ...row]));
}

/** Every model of each length, where there are several. */
function lengthsBlock({ lengths, money: { digits } }: ContractValidation): Report['document'] {
  if (lengths.length === 0) return [];
  const block = ({ length, trials, happened }: LengthBacktest): Json => ({
    contract: length,
    models: trials.map((trial) => ({
      ...objectOf(MODELS, modelRow(trial, happened, digits)),
      ...details(trial, happened, digits),
    })),
  });
  return [['lengths', lengths.map(block)]];
}

function summariesOfOne({ trials, happened }: ContractValidation) {
  return contractSummaries(trials.map((trial) => contractScoreOf(trial, happened, { asOf: 0, until: 0 })));
}

function rollingBlocks({ step, unit, scores, summaries }: ContractRolling, digits: number): Report['document'] {
  const columns = originsList(originColumns(scores));
  return [
    [`origin_step_${unit}s`, step],
    ['origins', scores.map((score) => originBlock(score, columns, digits))],
    ['summary', summaries.map((summary) => objectOf(SUMMARY, summaryRow(summary)))],
  ];
}

function rollingLists({ scores, summaries }: ContractRolling, digits: number) {
  const columns = originsList(originColumns(scores));
  return [
    listOf(
      'origins',
      columns,
      scores.map((score) => originRow(score, columns, digits)),
    ),
    listOf('summary', SUMMARY, summaries.map(summaryRow)),
  ];
}

function definitionOf(rolling: ContractRolling | null, areSums: boolean): string {
  return (
    'models are fitted to what is known on the as-of date and predict what the customers running then do after it; those who ' +
    'come later or come back are left out. periods: the first, second … of each customer after the as-of date; a renewal counts ' +
    'on both sides where it is decided by the end of the holdout, whichever way. predicted_renewals: customers × S(m + n)/S(m), ' +
    'm renewals made by the as-of date. renewals: all that are made, each survivor of a period being one; survivors: customers ' +
    'who made every renewal that was decided. predicted_margin: predicted renewals × the margin a period of each customer by ' +
    'the as-of date. prediction_interval: 95 %, of the renewals: parameters, outcome and model error; interval_holds: whether ' +
    'actual_renewals lie in it. error: predicted / actual − 1; mean_period_error: mean over the periods of |renewals_error|. aic: 2 × ' +
    'parameters − 2 log_likelihood. holdout_log_likelihood: of what happened, by the model. ' +
    (areSums
      ? 'Each length has a fit of its own (lengths); models: their sums, a period being the n-th renewal of whatever length. '
      : '') +
    (rolling
      ? `origins: every model at every as-of date, ${stepText(rolling)} from one to the next; nothing after an origin is known ` +
        'at it. summary: means over the origins that fit of the size of each error. as_of, holdout, models: of the last origin. ' +
        'best: lowest mean_abs_renewals_error of the models with the most fits'
      : 'best: lowest |renewals_error|')
  );
}

/** What of a model is no figure of one line; null where it failed. */
function details(trial: ContractTrial, happened: Happened, digits: number): { readonly [key: string]: Json } {
  if (!isContractTested(trial)) {
    const { code, message } = trial.error;
    return { error: { code, message }, model_error: null, parameters: null, standard_errors: null, periods: null };
  }
  const { parameterNames, fit } = trial;
  const by = (values: readonly number[]): Json =>
    parameterNames.length === 0 ? null : Object.fromEntries(parameterNames.map((key, i) => [key, values[i]!]));
  return {
    model_error: modelErrorBlock(trial.modelError, 'renewals'),
    parameters: by(fit.parameters),
    standard_errors: fit.covariance && by(fit.covariance.map((row, i) => Math.sqrt(row[i]!))),
    periods: periodRows(trial, happened, digits).map((row) => objectOf(PERIODS, row)),
  };
}
