import { z } from 'zod';
import { COHORTS } from '../aggregator/cohorts.ts';
import { CURVE } from '../aggregator/curve.ts';
import { GROUP_COLUMNS } from '../aggregator/groups.ts';
import { PAST_COLUMNS } from '../commands/audit/customers.ts';
import { IDENTITY } from '../commands/audit/identity.ts';
import { BRIDGE } from '../commands/audit/periods.ts';
import { RETENTION } from '../commands/audit/retention.ts';
import type { Column } from '../data/report.ts';
import { CONTRACT_METHOD, contractModels, documentOf, input, METHOD, model } from './blocks.ts';
import { count, date, figure, listOf, money, rowOf, segmentsOf, text, words } from './kinds.ts';

/** Groups of customers; those who are not valued have no equity. */
function groupOf(names: readonly Column[]) {
  return rowOf([...names, ...GROUP_COLUMNS]).partial({ customer_equity: true, equity_share: true, clv_mean: true });
}

const deciles = z.array(groupOf([{ name: 'decile', kind: 'integer' }]));
const period = z.strictObject({ from: date, to: date });

const common = {
  totals: z.strictObject({
    customers: count,
    customers_without_purchase: count,
    profitable_customers: count,
    unprofitable_customers: count,
    purchases: count,
    sales: money,
    refunds: money,
    revenue: money,
    margin_before_costs: money,
    costs: money,
    profit: money,
    customer_equity: money.nullable(),
  }),
  customer_deciles: deciles,
  profit_deciles: deciles,
  whale_curve: z.strictObject({
    peak_share: figure.nullable(),
    customers_at_peak_share: figure.nullable(),
    destroyed: money,
    peak_profit: money,
    customers_at_peak: count,
    points: listOf(CURVE),
  }),
  cohorts: listOf(COHORTS),
  segments: z.array(groupOf([]).catchall(text)),
  past_and_future: z
    .strictObject({
      profit_mean: money,
      clv_mean: money.nullable(),
      groups: z.array(
        groupOf([
          { name: 'past', kind: 'text' },
          { name: 'future', kind: 'text' },
        ]),
      ),
    })
    .nullable(),
  customers: segmentsOf([{ name: 'customer_id', kind: 'text' }, ...PAST_COLUMNS]),
};

const ofPurchases = documentOf('audit', z.strictObject({ ...METHOD, rounding: words }), input, {
  model: model.nullable(),
  ...common,
  identity: listOf(IDENTITY),
  bridge: z.strictObject({ earlier: period, later: period, groups: listOf(BRIDGE) }),
});

const ofContracts = documentOf('audit', z.strictObject({ ...METHOD, ...CONTRACT_METHOD, rounding: words }), input, {
  model: contractModels.nullable(),
  ...common,
  retention: listOf(RETENTION),
});

/** `clv audit`: of purchases, of subscriptions. */
export const audit = z.union([ofPurchases, ofContracts]);
