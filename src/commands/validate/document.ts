import { isoOf } from '../../base/calendar.ts';
import { listOf, objectOf } from '../../data/lists.ts';
import { FIGURE_DIGITS, type Json, type Report } from '../../data/report.ts';
import { envelope } from '../../report/found.ts';
import { inputBlock } from '../../report/input.ts';
import { modelErrorBlock } from '../../report/intervals.ts';
import { marginNotes, seasonNote } from '../../report/methodology.ts';
import { modelBlock, noteBlock, seasonBlock } from '../../report/model.ts';
import { isTested, type Tested, type Trial } from '../../valuation/backtest/found.ts';
import type { Validation } from './found.ts';
import { DECILES, decileRows, MODELS, modelRow, WEEKS, weekRows } from './lists.ts';
import { validateViews } from './views.ts';

/** The report of `clv validate`: what models fitted before a holdout expected of it, beside what happened. */
export function validateReport(validation: Validation): Report {
  const { assumptions, until, trials, spend } = validation;
  const { best, reason } = bestOf(trials);
  const tested = trials.filter(isTested);
  const models = trials.map((trial) => modelRow(trial, validation));
  const deciles = tested.flatMap((trial) => decileRows(trial, validation).map((row) => [trial.name, ...row]));
  const weekly = tested.flatMap((trial) => weekRows(trial, validation).map((row) => [trial.name, ...row]));
  return {
    command: 'validate',
    document: [
      ...envelope('validate', validation, methodology(validation), inputBlock(validation)),
      ['model', modelBlock({ model: best.note, spend })],
      ['holdout', { from: isoOf(assumptions.asOf + 1), to: isoOf(until), days: until - assumptions.asOf }],
      ['models', trials.map((trial, i) => ({ ...objectOf(MODELS, models[i]!), ...details(trial, validation) }))],
      ['best', best.name],
      ['best_reason', reason],
    ],
    sections: [
      listOf('models', MODELS, models),
      listOf('deciles', [{ name: 'model', kind: 'text' }, ...DECILES], deciles),
      listOf('weekly', [{ name: 'model', kind: 'text' }, ...WEEKS], weekly),
    ],
    main: 'models',
    views: validateViews(validation, best, reason),
  };
}

function methodology({ assumptions, span }: Validation): Json {
  return {
    as_of: isoOf(assumptions.asOf),
    currency: assumptions.currency,
    discount_rate_annual: null,
    horizon: `the holdout, ${span}`,
    timing: 'undiscounted',
    ...seasonNote(assumptions),
    ...marginNotes(assumptions),
    population: 'customers with a purchase on or before the as-of date',
    definition:
      'models are fitted to what is known on the as-of date and predict the holdout, the days after it; predicted margin: ' +
      'expected purchases × expected margin per purchase; actual margin: of all rows of these customers in the holdout. ' +
      'mae, rmse: of purchases a customer. spearman: ranks by predicted and actual purchases, ties averaged. ' +
      'deciles: means a customer of ten equal groups ranked by predicted purchases, the highest first; customers with equal ' +
      'predictions share their places. top_decile_found: share of the tenth that bought most among the tenth predicted to, ' +
      'ties sharing likewise. prediction_interval: 95 %, of the total purchases: parameters, outcome and model error. ' +
      'best: lowest mae',
  };
}

/** What of a model is no figure of one line; null where it failed. */
function details(trial: Trial, validation: Validation): { readonly [key: string]: Json } {
  if (!isTested(trial)) {
    const { code, message } = trial.error;
    return {
      error: { code, message },
      model_error: null,
      parameters: null,
      standard_errors: null,
      deciles: null,
      weekly: null,
    };
  }
  const { parameters, standard_errors } = noteBlock(trial.note) as Record<string, Json>;
  return {
    model_error: modelErrorBlock(trial.modelError),
    parameters: parameters!,
    standard_errors: standard_errors!,
    ...seasonBlock(trial.note),
    deciles: decileRows(trial, validation).map((row) => objectOf(DECILES, row)),
    weekly: weekRows(trial, validation).map((row) => objectOf(WEEKS, row)),
  };
}

/** The model with the lowest mean absolute error of purchases, the earlier of two alike; and in words why it is the best. */
export function bestOf(trials: readonly Trial[]): { readonly best: Tested; readonly reason: string } {
  const [best, next] = trials.filter(isTested).sort((a, b) => a.accuracy.mae - b.accuracy.mae);
  const failed = trials.length - trials.filter(isTested).length;
  if (!next) return { best: best!, reason: failed > 0 ? 'the only one that could be fitted' : 'the only one tried' };
  const [mae, other] = [errorText(best!), errorText(next)];
  const reason =
    mae === other
      ? `lowest mean absolute error of purchases, ${mae} a customer, as ${next.name}`
      : `lowest mean absolute error of purchases, ${mae} a customer; next ${next.name} with ${other}`;
  return { best: best!, reason };
}

function errorText({ accuracy }: Tested): string {
  return accuracy.mae.toFixed(FIGURE_DIGITS);
}
