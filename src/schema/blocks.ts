import { z } from 'zod';
import { SEGMENT_COLUMNS } from '../aggregator/segments.ts';
import { UNREAD_SCORES } from '../data/chosen/scores.ts';
import { listColumns } from '../report/customers.ts';
import { schemaOf, versionOf } from '../report/found.ts';
import { SUMMARY_COLUMNS } from '../report/summary.ts';
import { count, date, figure, money, parameters, rowOf, segmentsOf, someOf, text, words } from './kinds.ts';

/** The blocks that documents of several commands have in common. */

export const warning = z.strictObject({ code: z.string(), message: z.string() });

/** What every document begins with. */
export function headed<S extends z.ZodRawShape>(command: string, members: S) {
  return z.strictObject({
    $schema: z.literal(schemaOf(command)),
    schema_version: z.literal(versionOf(command)),
    command: z.literal(command),
    ...members,
  });
}

/** A document that says by what it was found, of what, and what is to be heeded. */
export function documentOf<S extends z.ZodRawShape>(
  command: string,
  methodology: z.ZodType,
  input: z.ZodType,
  members: S,
) {
  return headed(command, { methodology, input, warnings: z.array(warning), ...members });
}

/** The methodology of whatever is valued by transactions. */
export const METHOD = {
  as_of: date,
  currency: text,
  discount_rate_annual: figure,
  horizon: words,
  timing: words,
  season: words.optional(),
  calendar: words.optional(),
  margin: words,
  spend_from: words,
  refunds: words,
  amount: words.optional(),
  amounts: words,
  decimal_mark: words.optional(),
  population: words,
  segments: words.optional(),
  definition: words,
};

const cost = z.strictObject({ amount_per_period: figure, timing: words }).nullable();

/** What a methodology of subscriptions has besides. */
export const CONTRACT_METHOD = {
  contract: words,
  periods_per_year: figure.nullable(),
  margin_growth_annual: figure,
  retention_cost: cost,
  decisions: words,
  late: words,
};

/** The methodology of a survivor table. */
export const SURVIVOR_METHOD = {
  as_of: z.null(),
  currency: text,
  discount_rate_annual: figure,
  periods_per_year: figure,
  horizon: words,
  timing: words,
  margin: words,
  margin_growth_annual: figure,
  retention_cost: cost,
  population: words,
  definition: words,
};

const table = z.strictObject({ name: z.string(), sha256: z.string(), bytes: count, records: count });
const FILE = { ...table.shape, rejected: count, amount_total: money };
const part = z.strictObject({ records: count, amount: money }).meta({ id: 'records' });
const customersPart = z.strictObject({ customers: count, ...part.shape });

/** The files read, and what became of every record of them. */
export const input = z
  .strictObject({
    reading: z
      .strictObject({
        layout: z.strictObject({ name: z.string(), title: z.string() }).nullable(),
        customer: words,
        date: words,
        amount: words,
      })
      .optional(),
    files: z.array(z.strictObject(FILE)).optional(),
    book: z
      .strictObject({ name: z.string(), format: count, adds: z.array(z.strictObject({ number: count, ...FILE })) })
      .optional(),
    table: z.strictObject({ name: z.string(), rows: count, checksum: z.string() }).optional(),
    tables: z.array(table),
    reconciliation: z.strictObject({
      valued: customersPart,
      without_purchase: customersPart,
      after_as_of: customersPart,
      continuation_lines: part,
      left_out: z.array(z.strictObject({ column: text, value: text, reason: text, ...part.shape })),
      repeated: part,
      without_customer: part,
      rejected: z.strictObject({ records: count }),
      total: part,
    }),
  })
  .meta({ id: 'input' });

/** Where tables alone are read. */
export const tablesInput = z.strictObject({ files: z.tuple([]), tables: z.array(table) });

export const season = z
  .strictObject({ factors: parameters, learned_from_days: count.nullable() })
  .nullable()
  .optional();

/** What was fitted, and how well. */
const NOTE = {
  regularity: count.optional(),
  chosen: words.optional(),
  limit_of: z.string().optional(),
  parameters: parameters,
  standard_errors: parameters.nullable(),
  log_likelihood: figure.nullable(),
  customers: count,
};

const spend = z
  .strictObject({
    name: z.string(),
    spend_from: z.enum(['repeat', 'all']),
    ...NOTE,
    correlation: figure.nullable(),
  })
  .meta({ id: 'spend_model' });

/** A model of buying and that of spend. */
export const model = z
  .strictObject({
    name: z.string(),
    time_unit: z.string(),
    ...NOTE,
    season,
    groups: z.array(z.strictObject({ pooled: z.boolean() }).catchall(text)).nullable(),
    source: text,
    spend: spend.nullable(),
  })
  .meta({ id: 'model' });

const NO_PARAMETERS = { parameters: z.null(), standard_errors: z.null(), log_likelihood: z.null(), customers: count };

/** Models, a pair a group of customers. */
const grouped = z.strictObject({
  name: text,
  time_unit: z.string(),
  ...NO_PARAMETERS,
  season,
  groups: z.array(
    z
      .strictObject({ pooled: z.boolean(), name: z.string().optional(), ...NOTE, prospect_value: money, spend })
      .catchall(text),
  ),
  source: text,
  spend: z.strictObject({ name: z.string() }),
});

export const models = z.union([model, grouped]);

const ONE_CONTRACT = { name: z.string(), time_unit: z.literal('period'), ...NOTE };
export const contractModel = z
  .strictObject({ ...ONE_CONTRACT, groups: z.null(), source: text, spend: z.null() })
  .meta({ id: 'contract_model' });
const contractGroups = z.strictObject({
  name: text,
  time_unit: z.literal('period'),
  ...NO_PARAMETERS,
  groups: z.array(
    z.strictObject({
      contract: z.string(),
      group: z.string().optional(),
      ...ONE_CONTRACT,
      periods_per_year: figure,
      subscriptions_running: count,
      customer_equity: money,
    }),
  ),
  source: text,
  spend: z.null(),
});

/** The model of contracts, or one a length and group. */
export const contractModels = z.union([contractModel, contractGroups]);
export const survivorModel = z.strictObject(ONE_CONTRACT);

/** The error of the model in prediction intervals. */
function errorOf(counted: 'purchases' | 'renewals') {
  return z
    .strictObject({
      tau: figure,
      source: z.enum(['given', 'saved', 'usual', 'learned']),
      origins: z.array(
        z.strictObject({ as_of: date, days: count, [`expected_${counted}`]: figure, [`actual_${counted}`]: figure }),
      ),
    })
    .nullable();
}

export const modelError = errorOf('purchases');
export const renewalsError = errorOf('renewals');

export const summary = rowOf(SUMMARY_COLUMNS);
export const segments = segmentsOf(SEGMENT_COLUMNS);

/** The list of customers. @param subscribers whether they are customers of contracts */
export function customers(subscribers: boolean) {
  return someOf(listColumns([], { subscribers, intervals: true, scores: UNREAD_SCORES }));
}

/** Which customers are listed, where not all are. */
export const customersListed = z.strictObject({ only: words, customers: count, clv: money }).optional();

/** An error that left out a part of the work. */
export const failure = z.strictObject({ code: z.string(), message: z.string() }).nullable();
