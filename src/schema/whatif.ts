import { z } from 'zod';
import { OUTCOME, TORNADO } from '../commands/whatif/lists.ts';
import {
  CONTRACT_METHOD,
  contractModels,
  documentOf,
  input,
  METHOD,
  models,
  SURVIVOR_METHOD,
  survivorModel,
  tablesInput,
} from './blocks.ts';
import { count, figure, listOf, money, named, rowOf, words } from './kinds.ts';

/** What drivers are, and how figures follow from them. */
const DRIVERS = {
  what_if: words,
  drivers: named,
  customer_equity: words,
  change: words,
  elasticity: words,
  break_even_acquisition_cost: words,
  payback_months: words,
  return_on_spend: words,
};

const OUTCOMES = {
  scenarios: z.array(rowOf(OUTCOME).extend({ name: z.string(), set: named })),
  tornado: listOf(TORNADO),
  break_even_acquisition_cost: money,
  acquisition_cost: money.nullable(),
  payback_months: figure.nullable(),
  return_on_spend: figure.nullable(),
};

const baseline = z.strictObject({ customers: count, customer_equity: money });
const ofTransactions = {
  baseline: baseline.extend({ acquired_last_year: count, revenue: money, acquisition_value: money }),
  ...OUTCOMES,
};

/** `clv whatif`: of purchases, of subscriptions, of a survivor table. */
export const whatif = z.union([
  documentOf('whatif', z.strictObject({ ...METHOD, ...DRIVERS, acquisition_value: words }), input, {
    model: models,
    ...ofTransactions,
  }),
  documentOf(
    'whatif',
    z.strictObject({
      ...METHOD,
      ...CONTRACT_METHOD,
      ...DRIVERS,
      acquisition_value: words,
      lengths: words.optional(),
    }),
    input,
    { model: contractModels, ...ofTransactions },
  ),
  documentOf('whatif', z.strictObject({ ...SURVIVOR_METHOD, ...DRIVERS }), tablesInput, {
    model: survivorModel,
    baseline,
    ...OUTCOMES,
  }),
]);
