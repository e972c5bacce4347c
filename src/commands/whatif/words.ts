import type { Json } from '../../data/report.ts';

/** What the drivers are and how figures follow from them, in the words of the output contract. */

/** Of purchases. */
export const BUYING_WORDS: { readonly [key: string]: Json } = {
  what_if:
    'the past stays as it is: parameters and what is known of each customer are those of the baseline; from the as-of date on ' +
    'the drivers change, those of a scenario together',
  drivers: {
    margin: 'margin of every purchase',
    purchase_rate: 'purchases of a customer while it is one; how long it stays one does not change',
    dropout: 'customers drop out so many times as fast: what is left of each lifetime is divided by 1 + change',
    retention: 'the chance to stay a year is multiplied by 1 + change: the rate δ = ln(1 + d) falls by ln(1 + change)',
    discount_rate: 'annual effective rate',
    acquisition:
      'customers won in the year after the as-of date; baseline: as many as made their first purchase in the 365.25 days up to it',
  },
  ...outcomeWords('the first purchase at once', 'discounted as CLV is'),
};

/** Of subscriptions. */
export const CONTRACT_WORDS = {
  what_if:
    'the past stays as it is: parameters and what is known of each customer are those of the baseline; from the as-of date on ' +
    'the drivers change, those of a scenario together',
  drivers: {
    margin: 'margin of every payment',
    price: 'every payment by so much, what it costs to serve a customer staying as it is: all of it is margin',
    retention:
      'the chance to stay a year is multiplied by 1 + change: each renewal by (1 + change)^(1 / periods a year), never above 1',
    retention_cost: 'cost of keeping a customer, a period',
    growth: 'annual growth of the margin',
    discount_rate: 'annual effective rate',
    acquisition:
      'customers won in the year after the as-of date; baseline: as many as made their first payment in the 365.25 days up to it',
  },
  ...outcomeWords('the first payment at once', 'discounted by whole periods'),
};

/** What is told of every scenario. @param first what a new customer begins with */
function outcomeWords(first: string, discounted: string) {
  return {
    customer_equity: 'of the customers there are: those yet to be won are no part of it',
    acquisition_value:
      'of the customers won in a year, each worth the prospect value of the scenario, not discounted; null where acquisition ' +
      'does not change; baseline: as many as in the last year, each worth break_even_acquisition_cost',
    change: 'of customer_equity; where acquisition changes, of customer_equity + acquisition_value, and so its shares',
    elasticity: 'change over the change of the driver, both as shares; null unless one driver changes by a share',
    break_even_acquisition_cost: `prospect value: ${first}, then those expected within the horizon`,
    payback_months:
      `months of 30.4375 days until the expected margin of a new customer, ${first}, ${discounted}, ` +
      'adds up to acquisition_cost, rounded up to a tenth; null: never within the horizon',
    return_on_spend:
      '(change − campaign_cost) / campaign_cost, which is exact as given, with up to 4 decimals in any currency',
  };
}

/** Of subscriptions of several lengths. */
export const MIX_WORDS: { readonly [key: string]: Json } = {
  lengths:
    'each length has a fit of its own; customer equity is their exact sum; a new customer is worth the mean over all ' +
    'subscriptions of what a new one of their length is, and pays back as that mean does',
};

const { acquisition: _, ...OF_SURVIVORS } = CONTRACT_WORDS.drivers;
const { acquisition_value: __, ...SURVIVOR_OUTCOME } = CONTRACT_WORDS;

/** Of a survivor table, which does not tell how many customers are won. */
export const SURVIVOR_WORDS: { readonly [key: string]: Json } = {
  ...SURVIVOR_OUTCOME,
  what_if:
    'the past stands: parameters and renewals made are those of the baseline; the drivers change from the end of the table on, ' +
    'those of a scenario together',
  drivers: OF_SURVIVORS,
  change: 'of customer_equity',
};
