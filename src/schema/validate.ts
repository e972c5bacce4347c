import { z } from 'zod';
import { AHEAD, ALIVE, FREQUENCY, RECENCY } from '../commands/validate/conditional-lists.ts';
import * as contracts from '../commands/validate/contracts/lists.ts';
import { DAY_COLUMNS, PERIOD_COLUMNS } from '../commands/validate/contracts/origins.ts';
import { DECILES, MODELS, WEEKS } from '../commands/validate/lists.ts';
import { ORIGINS, SUMMARY } from '../commands/validate/origin-lists.ts';
import { FREQUENCIES } from '../report/frequencies.ts';
import { documentOf, failure, input, METHOD, model, modelError, renewalsError, season, tablesInput } from './blocks.ts';
import { count, date, listOf, parameters, rowOf, text, words } from './kinds.ts';

const days = z.strictObject({ from: date, to: date, days: count });
const best = { best: z.string(), best_reason: words };
const undiscounted = { discount_rate_annual: z.null() };

const ofPurchases = documentOf('validate', z.strictObject({ ...METHOD, ...undiscounted }), input, {
  model: model.nullable(),
  holdout: days,
  models: z.array(
    rowOf(MODELS).extend({
      error: failure,
      model_error: modelError,
      parameters: parameters.nullable(),
      standard_errors: parameters.nullable(),
      season,
      deciles: listOf(DECILES).nullable(),
      weekly: listOf(WEEKS).nullable(),
      fit: listOf(FREQUENCIES).nullable(),
      ahead: listOf(AHEAD).nullable(),
      frequency: listOf(FREQUENCY).nullable(),
      recency: listOf(RECENCY).nullable(),
      alive: listOf(ALIVE).nullable(),
    }),
  ),
  origin_step_days: count.optional(),
  origins: z.array(rowOf(ORIGINS).extend({ error: failure })).optional(),
  summary: listOf(SUMMARY).optional(),
  ...best,
});

const contractTrials = z.array(
  rowOf(contracts.MODELS).extend({
    error: failure,
    model_error: renewalsError,
    parameters: parameters.nullable(),
    standard_errors: parameters.nullable(),
    periods: listOf(contracts.PERIODS).nullable(),
  }),
);

/** Every model at every origin, where there are several. */
function origins(columns: Parameters<typeof contracts.originsList>[0]) {
  return z.array(rowOf(contracts.originsList(columns)).extend({ error: failure })).optional();
}

const contractSummary = listOf(contracts.SUMMARY).optional();

const ofContracts = documentOf('validate', z.strictObject({ ...METHOD, ...undiscounted, contract: words }), input, {
  holdout: days,
  models: contractTrials,
  lengths: z.array(z.strictObject({ contract: z.string(), models: contractTrials })).optional(),
  origin_step_days: count.optional(),
  origins: origins(DAY_COLUMNS),
  summary: contractSummary,
  ...best,
});

const ofSurvivors = documentOf(
  'validate',
  z.strictObject({
    as_of: z.null(),
    currency: text,
    ...undiscounted,
    horizon: words,
    timing: words,
    population: words,
    definition: words,
  }),
  tablesInput,
  {
    holdout: z.strictObject({ periods: count, period: z.string(), fitted_periods: count, cohorts: count }),
    models: contractTrials,
    origin_step_periods: count.optional(),
    origins: origins(PERIOD_COLUMNS),
    summary: contractSummary,
    ...best,
  },
);

/** `clv validate`: of purchases, of subscriptions, of a survivor table. */
export const validate = z.union([ofPurchases, ofContracts, ofSurvivors]);
