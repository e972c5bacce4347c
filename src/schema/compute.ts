import { z } from 'zod';
import { ONE_RATE_COLUMNS } from '../report/contracts.ts';
import { SUMMARY_COLUMNS } from '../report/summary.ts';
import {
  CONTRACT_METHOD,
  contractModels,
  customers,
  customersListed,
  documentOf,
  input,
  METHOD,
  modelError,
  models,
  renewalsError,
  SURVIVOR_METHOD,
  segments,
  summary,
  survivorModel,
  tablesInput,
} from './blocks.ts';
import { figure, listOf, rowOf, words } from './kinds.ts';

const TENURE = [
  { name: 'tenure', kind: 'integer' },
  { name: 'customers', kind: 'integer' },
  { name: 'retention_next', kind: 'number' },
] as const;
const EQUITY = [
  { name: 'customer_equity', kind: 'money' },
  { name: 'equity_share', kind: 'share' },
] as const;

const method = z.strictObject({
  ...METHOD,
  customer_intervals: words.optional(),
  scores: z
    .strictObject({ definition: words, ...cuts('r'), ...cuts('f'), ...cuts('m'), ...cuts('clv_decile') })
    .optional(),
  customers: words.optional(),
});

/** The cut points of a score. */
function cuts<N extends string>(name: N) {
  return { [name]: z.array(figure).optional() };
}

const ofPurchases = documentOf('compute', method, input, {
  model: models,
  model_error: modelError,
  summary,
  segments,
  customers_listed: customersListed,
  customers: customers(false),
});

const ofContracts = documentOf(
  'compute',
  z.strictObject({ ...METHOD, ...CONTRACT_METHOD, customers: words.optional() }),
  input,
  {
    model: contractModels,
    model_error: renewalsError,
    summary: rowOf([...SUMMARY_COLUMNS, ...ONE_RATE_COLUMNS]),
    segments,
    tenures: z.array(
      rowOf([{ name: 'contract', kind: 'text' }, ...TENURE, { name: 'dert', kind: 'number' }, ...EQUITY]).partial({
        contract: true,
      }),
    ),
    customers_listed: customersListed,
    customers: customers(true),
  },
);

const ofSurvivors = documentOf('compute', z.strictObject(SURVIVOR_METHOD), tablesInput, {
  model: survivorModel,
  summary: rowOf([
    ...SUMMARY_COLUMNS.filter(({ name }) =>
      ['customers', 'customer_equity', 'customer_equity_interval', 'prospect_value'].includes(name),
    ),
    ...ONE_RATE_COLUMNS,
  ]),
  tenures: listOf([
    ...TENURE,
    { name: 'survival', kind: 'number' },
    { name: 'residual_value', kind: 'money' },
    ...EQUITY,
  ]),
  cohorts: listOf([
    { name: 'cohort', kind: 'text' },
    { name: 'customers_acquired', kind: 'integer' },
    { name: 'tenure', kind: 'integer' },
    { name: 'customers', kind: 'integer' },
    { name: 'residual_value', kind: 'money' },
    ...EQUITY,
  ]),
  survival: listOf([
    { name: 'period', kind: 'integer' },
    { name: 'customers_acquired', kind: 'integer' },
    { name: 'survivors', kind: 'integer' },
    { name: 'projected_survivors', kind: 'number' },
    { name: 'projected_survival', kind: 'number' },
  ]),
});

/** `clv compute`: of purchases, of subscriptions, of a survivor table. */
export const compute = z.union([ofPurchases, ofContracts, ofSurvivors]);
