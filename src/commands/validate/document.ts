import { isoOf } from '../../base/calendar.ts';
import { listOf, objectOf } from '../../data/lists.ts';
import type { Cell, Column, Json, Report } from '../../data/report.ts';
import { envelope } from '../../report/found.ts';
import { FREQUENCIES, frequencyRows as fitRows } from '../../report/frequencies.ts';
import { inputBlock } from '../../report/input.ts';
import { modelErrorBlock } from '../../report/intervals.ts';
import { marginNotes, seasonNote } from '../../report/methodology.ts';
import { modelBlock, noteBlock, seasonBlock } from '../../report/model.ts';
import { isTested, type Tested, type Trial } from '../../valuation/backtest/found.ts';
import { validateAnswer } from './answer.ts';
import { bestOf, bestOver } from './best.ts';
import {
  AHEAD,
  ALIVE,
  aheadRows,
  aliveRows,
  FREQUENCY,
  frequencyRows,
  RECENCY,
  recencyRows,
} from './conditional-lists.ts';
import type { Rolling, Validation, Verdict } from './found.ts';
import { DECILES, decileRows, MODELS, modelRow, WEEKS, weekRows } from './lists.ts';
import { originBlock, rollingLists, SUMMARY, summaryRow } from './origin-lists.ts';
import { originViews } from './origin-views.ts';
import { validateViews } from './views.ts';

/** The report of `clv validate`: what models fitted before a holdout expected of it, beside what happened. */
export function validateReport(validation: Validation): Report {
  const { assumptions, until, trials, spend, rolling } = validation;
  const verdict = verdictOf(validation);
  const models = trials.map((trial) => modelRow(trial, validation));
  return {
    command: 'validate',
    document: [
      ...envelope('validate', validation, methodology(validation), inputBlock(validation)),
      ['model', verdict.tested && modelBlock({ model: verdict.tested.note, spend })],
      ['holdout', { from: isoOf(assumptions.asOf + 1), to: isoOf(until), days: until - assumptions.asOf }],
      ['models', trials.map((trial, i) => ({ ...objectOf(MODELS, models[i]!), ...details(trial, validation) }))],
      ...(rolling ? rollingBlocks(rolling, assumptions.digits) : []),
      ['best', verdict.name],
      ['best_reason', verdict.reason],
    ],
    sections: [
      listOf('models', MODELS, models),
      ...DETAILS.map(({ name, columns, rows }) =>
        listOf(
          name,
          [{ name: 'model', kind: 'text' }, ...columns],
          trials.filter(isTested).flatMap((trial) => rows(trial, validation).map((row) => [trial.name, ...row])),
        ),
      ),
      ...(rolling ? rollingLists(rolling, assumptions.digits) : []),
    ],
    main: 'models',
    views: rolling
      ? originViews(validation, rolling, verdict)
      : validateViews(validation, verdict.tested!, verdict.reason),
    answer: async () => validateAnswer(validation, verdict),
  };
}

function verdictOf({ trials, rolling }: Validation): Verdict {
  if (!rolling) {
    const { best, reason } = bestOf(trials);
    return { name: best.name, reason, tested: best };
  }
  const { best, reason } = bestOver(rolling.summaries);
  const last = trials[rolling.summaries.indexOf(best)]!;
  return { name: best.name, reason, tested: isTested(last) ? last : null };
}

/** Lists of one model at the last origin, each a member of it in the document and a section of all models. */
const DETAILS: readonly {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: (tested: Tested, validation: Validation) => Cell[][];
}[] = [
  { name: 'deciles', columns: DECILES, rows: decileRows },
  { name: 'weekly', columns: WEEKS, rows: weekRows },
  { name: 'fit', columns: FREQUENCIES, rows: ({ frequencies }) => fitRows(frequencies) },
  { name: 'ahead', columns: AHEAD, rows: aheadRows },
  { name: 'frequency', columns: FREQUENCY, rows: frequencyRows },
  { name: 'recency', columns: RECENCY, rows: recencyRows },
  { name: 'alive', columns: ALIVE, rows: aliveRows },
];

function rollingBlocks({ step, scores, summaries }: Rolling, digits: number): Report['document'] {
  return [
    ['origin_step_days', step],
    ['origins', scores.map((score) => originBlock(score, digits))],
    ['summary', summaries.map((summary) => objectOf(SUMMARY, summaryRow(summary)))],
  ];
}

function methodology({ assumptions, span, rolling }: Validation): Json {
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
      'weekly: of all customers. fit: customers by repeat purchases up to the as-of date (7+: seven and more), and as the model, ' +
      'fitted to them, expects them of customers of their ages; ahead: the same customers by their ' +
      'purchases in the holdout, expected null where a model has no formula of them (CNBD-k, k above 1). frequency, recency: mean purchases of the holdout a customer by repeat purchases (7+: seven and ' +
      'more) and by whole weeks since the last purchase in ten bins of equal width; alive: mean P(alive) by both; rows without ' +
      'customers are left out. ' +
      (rolling ? rollingText(rolling) : 'best: lowest mae'),
  };
}

function rollingText({ step }: Rolling): string {
  return (
    `origins: every model at every as-of date, ${step} days from one to the next = min(holdout, (data − holdout − a quarter of ` +
    'the data) / (origins − 1)), the last holdout at the end; nothing after an origin is known at it; fitted_as: with the k that ' +
    'is found, or the simpler model at an edge of the parameters; ratio: predicted / actual. summary: means over the origins ' +
    'that fit; abs_log: |ln(predicted / actual)|, where both are above 0; half_width: of the interval, as a share of the ' +
    'predicted. as_of, model, holdout, models: of the last origin. best: lowest mean_mae of the models with the most fits'
  );
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
      ...Object.fromEntries(DETAILS.map(({ name }) => [name, null])),
    };
  }
  const { parameters, standard_errors } = noteBlock(trial.note) as Record<string, Json>;
  return {
    model_error: modelErrorBlock(trial.modelError),
    parameters: parameters!,
    standard_errors: standard_errors!,
    ...seasonBlock(trial.note),
    ...Object.fromEntries(
      DETAILS.map(({ name, columns, rows }) => [name, rows(trial, validation).map((row) => objectOf(columns, row))]),
    ),
  };
}
