import { z } from 'zod';
import { LINES } from '../aggregator/statement-lines.ts';
import { RECURRING_DATES, RECURRING_LADDER } from '../report/recurring.ts';
import { RESTATED } from '../report/statement/lists.ts';
import {
  CONTRACT_METHOD,
  contractModels,
  documentOf,
  input,
  METHOD,
  modelError,
  models,
  renewalsError,
} from './blocks.ts';
import { count, date, figure, interval, listOf, money, segmentsOf, text, words } from './kinds.ts';

/** How a statement goes from one date to the other. */
const LADDER = {
  from: date,
  to: date,
  opening_date: words,
  method: words,
  lines: z.strictObject(Object.fromEntries(LINES.map((line) => [line, words]))),
  changes_since_prior_period: z.array(words),
  prior_period_recast: z.strictObject({
    as_of: date,
    customer_equity_reported: money,
    customer_equity_recast: money,
    difference: money,
    basis: words,
  }),
  limitations: words,
};

const dated = { discount_rate_annual: figure, margin: words, model: words };
const datedModels = z.strictObject({ ...dated, spend_model: z.string(), source: words });
const datedContracts = z.strictObject(dated);

/** The methodology of a statement of purchases. */
export const statementMethod = z.strictObject({
  ...METHOD,
  ...LADDER,
  model_change_standard_error: words,
  intervals: words,
  margin_realised: words,
  assumptions: z.strictObject({ opening: datedModels, closing: datedModels }),
});

const lines = z.array(z.strictObject({ line: z.enum(LINES), amount: money }));
const counts = z.strictObject({ opening: count, restated: count, new: count, transferred: count, closing: count });
const realised = { realised: money, realised_new_customers: money };

/** One statement. */
export const statementBlock = z
  .strictObject({
    from: date,
    to: date,
    lines,
    model_change_standard_error: money.nullable(),
    customers: counts,
    expected_active: z.strictObject({ opening: figure, closing: figure }),
    revenue: money,
    margin: z.strictObject({
      expected: money,
      ...realised,
      by_closing_margins: z.strictObject(realised).nullable(),
    }),
    mean_margin_not_positive: z.strictObject({ customers: count, customer_equity: money }),
  })
  .meta({ id: 'statement' });

/** The lines of every segment. */
export const statementSegments = z
  .array(z.strictObject({ customers: counts, lines }).catchall(text))
  .meta({ id: 'statement_segments' });

export const restatements = listOf(RESTATED);

const LADDERS = {
  statement: statementBlock,
  closing: z.strictObject({
    customer_equity: money,
    customer_equity_interval: interval.nullable(),
    prediction_interval: interval.nullable(),
  }),
  segments: statementSegments,
  series: z.array(statementBlock.extend({ segments: statementSegments.optional() })),
};

/** How much of the recurring revenue of the opening is left. */
export const recurringRates = z.strictObject({
  from: date,
  to: date,
  opening: money,
  closing: money,
  nrr: figure.nullable(),
  grr: figure.nullable(),
  customers_kept: text,
  gross_churn_rate: figure.nullable(),
  net_churn_rate: figure.nullable(),
  quick_ratio: figure.nullable(),
  arpa: money.nullable(),
});

export const recurringSegments = segmentsOf([...RECURRING_DATES, ...RECURRING_LADDER]);

const ofPurchases = documentOf('statement', statementMethod, input, {
  model: models,
  opening_model: models,
  model_error: modelError,
  ...LADDERS,
  restatements,
});

const contractLadder = {
  ...METHOD,
  ...CONTRACT_METHOD,
  ...LADDER,
  expected: words,
  margin_realised: words,
  intervals: words,
  assumptions: z.strictObject({ opening: datedContracts, closing: datedContracts }),
};

/** The methodology of a statement of subscriptions, but for recurring revenue. */
export const contractStatementMethod = z.strictObject(contractLadder);

const ofContracts = documentOf('statement', z.strictObject({ ...contractLadder, recurring_revenue: words }), input, {
  model: contractModels,
  opening_model: contractModels,
  model_error: renewalsError,
  ...LADDERS,
  restatements,
  recurring_revenue: z.strictObject({
    months: listOf([...RECURRING_DATES, ...RECURRING_LADDER]),
    segments: recurringSegments,
    rates: recurringRates,
  }),
});

/** `clv statement`: of purchases, of subscriptions. */
export const statement = z.union([ofPurchases, ofContracts]);
