import { isoOf } from '../base/calendar.ts';
import { unitsText } from '../base/money.ts';
import type { Scores } from '../data/chosen/scores.ts';
import type { ListedCustomers, RiskCuts, Since } from '../data/customer-columns.ts';
import { Exact, type Json } from '../data/report.ts';
import type { CustomerSource } from './customers.ts';
import { CUSTOMER_INTERVALS } from './methodology.ts';

/** What a document says of its list of customers. */

/** Says of an empty list of customers that they were not asked for. */
export function listedNote(customers: CustomerSource | null): { readonly [key: string]: Json } {
  return customers ? {} : { customers: 'valued one by one, and not listed: totals alone' };
}

/** Which customers are listed, and their sums, where not all are. */
export function listedBlock(customers: CustomerSource | null, digits: number): readonly (readonly [string, Json])[] {
  const chosen = customers?.chosen;
  if (!chosen) return [];
  const { text, customers: count, clv } = chosen;
  return [['customers_listed', { only: text, customers: count, clv: new Exact(unitsText(clv, digits)) }]];
}

/** What the columns that were asked for are. */
export function columnNotes({ intervals, scores, next, risk, since }: ListedCustomers): {
  readonly [key: string]: Json;
} {
  return {
    ...(intervals && { customer_intervals: CUSTOMER_INTERVALS }),
    ...(scores && { scores: scoresBlock(scores) }),
    ...(next && { next_purchase: NEXT_PURCHASE }),
    ...(risk && { churn_risk: riskText(risk) }),
    ...(since && { clv_change: changeText(since) }),
  };
}

/** What scores are, with their cut points. */
function scoresBlock({ parts, columns }: Scores): Json {
  return {
    definition:
      `r: days from the last purchase to the as-of date, f: purchases, m: revenue, each scored 1 to ${parts}, ${parts} the best; ` +
      'clv_decile: tenths by CLV, 1 the highest. A cut point is the value of the last customer of an equal part of all customers, ' +
      'from score 1 on; who is strictly better (for clv_decile: lower) is in the next, so that equal customers have equal scores and ' +
      'parts may be uneven, or empty',
    ...Object.fromEntries(columns.map(({ name, cuts }) => [name, cuts.map((cut) => new Exact(cut))])),
  };
}

const NEXT_PURCHASE =
  'p_buys_again: chance that any purchase comes after the as-of date, by the model. If one comes, next_purchase is the day by ' +
  'which it is as likely as not to have come (median), next_purchase_from and next_purchase_to the days by which it has come with ' +
  '10% and 90%, so that 80% lie between; given what the customer bought and when, parameters taken as known; 20 years ahead stand ' +
  'for that day or later';

function riskText({ high, low }: RiskCuts): string {
  const percent = (cut: number): string => `${Number((100 * cut).toFixed(4))}%`;
  return `by P(alive), the chance still to be a customer on the as-of date: high below ${percent(high)}, low from ${percent(low)} on, medium between`;
}

function changeText({ number, asOf }: Since): string {
  return (
    `CLV less what close ${number}, as of ${isoOf(asOf)}, reported of the customer, 0 for who was not in it; ` +
    'changes of rows, options and parameters since then are in it. clv diff tells who is gone'
  );
}
