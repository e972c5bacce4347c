import { z } from 'zod';
import { BRANDS } from '../commands/share/document.ts';
import { CONTRACT_METHOD, contractModels, documentOf, input, METHOD, models, tablesInput } from './blocks.ts';
import { count, figure, listOf, money, parameters, text, words } from './kinds.ts';

const DEFINITIONS = { market: words, equity_share: words, market_share: words, difference_points: words };
const BESIDE = { ...DEFINITIONS, revenue: words, market_money: words };
const MARKET = { us: text, brands: listOf(BRANDS) };

const given = z.strictObject({ market_equity: figure, includes_us: z.boolean() });
const size = z.strictObject({ market_customers: count, market_avg_clv: figure, includes_us: z.boolean() });
const competitors = z.strictObject({
  file: z.string(),
  timing: text,
  competitors: z.array(
    z.strictObject({
      name: z.string(),
      basis: z.enum(['equity', 'average_clv', 'parameters']),
      customers: count.nullable(),
      customer_equity: money.nullable(),
      average_clv: money.nullable(),
      margin: money.nullable(),
      retention: figure.nullable(),
      growth: figure.nullable(),
      revenue: money.nullable(),
    }),
  ),
});

const beside = {
  ...MARKET,
  route: z.enum(['market-total', 'market-size', 'competitor-parameters', 'competitor-table']),
  route_inputs: z.union([given, size, competitors]),
};

const switching = documentOf(
  'share',
  z.strictObject({
    as_of: z.null(),
    currency: text,
    discount_rate_annual: figure,
    horizon: words,
    timing: words,
    margin: words,
    population: words,
    definition: words,
    steady_state: words,
    ...DEFINITIONS,
  }),
  tablesInput,
  {
    ...MARKET,
    model: z.null(),
    route: z.literal('switching-matrix'),
    route_inputs: z.strictObject({
      file: z.string(),
      given: words,
      switching: z.record(z.string(), parameters),
      last_bought: parameters,
      last_bought_from: words,
      contribution: parameters.nullable(),
      purchases_per_year: figure,
      population: count,
      from_purchase: count,
      last_purchase: count.nullable(),
    }),
  },
);

/** `clv share`: of purchases, of subscriptions, of a market of switching customers. */
export const share = z.union([
  documentOf('share', z.strictObject({ ...METHOD, ...BESIDE }), input, { model: models, ...beside }),
  documentOf('share', z.strictObject({ ...METHOD, ...CONTRACT_METHOD, customers: words, ...BESIDE }), input, {
    model: contractModels,
    ...beside,
  }),
  switching,
]);
