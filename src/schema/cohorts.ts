import { z } from 'zod';
import { AGES, COHORTS } from '../commands/cohorts/lists.ts';
import { documentOf, input, METHOD, model } from './blocks.ts';
import { count, figure, money, segmentsOf, words } from './kinds.ts';

/** `clv cohorts`: customers by when or where they were won. */
export const cohorts = documentOf('cohorts', z.strictObject({ ...METHOD, every: words }), input, {
  model: model.nullable(),
  totals: z.strictObject({
    customers: count,
    customers_without_purchase: count,
    margin: money,
    customer_equity: money.nullable(),
    acquisition_cost: money.nullable(),
    acquisition_cost_without_cohort: money.nullable(),
    customers_with_cost: count.nullable(),
    cac: money.nullable(),
    ltv_to_cac: figure.nullable(),
  }),
  cohorts: segmentsOf(COHORTS),
  ages: segmentsOf(AGES),
});
