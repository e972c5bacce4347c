import { z } from 'zod';
import { columnsOf } from '../commands/explain/cash-flows.ts';
import { listColumns } from '../report/customers.ts';
import {
  CONTRACT_METHOD,
  contractModel,
  documentOf,
  input,
  METHOD,
  model,
  SURVIVOR_METHOD,
  survivorModel,
  tablesInput,
} from './blocks.ts';
import { count, date, figure, listOf, money, rowOf, text, words } from './kinds.ts';

const purchases = listOf(columnsOf('expected_purchases'));
const payments = listOf(columnsOf('expected_payments'));

/** A state that is typed has neither records nor, without an as-of date, a day. */
const nothing = z.strictObject({ files: z.tuple([]), tables: z.tuple([]), reconciliation: z.null() });

const ofPurchases = documentOf(
  'explain',
  z.strictObject({
    ...METHOD,
    as_of: date.nullable(),
    customer_intervals: words.optional(),
    cash_flows: words,
  }),
  z.union([input, nothing]),
  {
    model,
    customer: rowOf(listColumns([], { intervals: true }))
      .partial({ clv_interval: true, prediction_interval: true })
      .catchall(text),
    cash_flows: purchases,
  },
);

const subscription = {
  tenure_periods: count,
  margin_per_period: money,
  p_alive: figure,
  retention_next: figure.nullable(),
  dert: figure,
};

const ofContracts = documentOf('explain', z.strictObject({ ...METHOD, ...CONTRACT_METHOD, cash_flows: words }), input, {
  model: contractModel.nullable(),
  customer: z
    .strictObject({
      customer_id: z.string(),
      first_purchase: date,
      last_purchase: date,
      revenue: money,
      margin: money,
      ...z.strictObject(subscription).partial().shape,
      clv: money,
      subscriptions: z.array(
        z.strictObject({
          subscription: z.string().optional(),
          contract: z.string(),
          model: z.string(),
          ...subscription,
          clv: money,
        }),
      ),
    })
    .catchall(text),
  cash_flows: payments,
});

const ofSurvivors = documentOf('explain', z.strictObject({ ...SURVIVOR_METHOD, cash_flows: words }), tablesInput, {
  model: survivorModel,
  cohort: z.strictObject({
    cohort: text,
    customers_acquired: count,
    tenure: count,
    customers: count,
    retention_next: figure.nullable(),
    residual_value: money,
    customer_equity: money,
  }),
  cash_flows: payments,
});

/** `clv explain`: a customer or a state, a subscriber, a cohort of a survivor table. */
export const explain = z.union([ofPurchases, ofContracts, ofSurvivors]);
