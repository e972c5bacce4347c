import { z } from 'zod';
import { input, season, tablesInput } from './blocks.ts';
import { count, date, figure, parameters } from './kinds.ts';

/** The files of --save-model, which --use-model reads. */

const covariance = z.array(z.array(figure)).nullable();
const NOTE = {
  name: z.string(),
  regularity: count.optional(),
  parameters,
  covariance,
  log_likelihood: figure.nullable(),
  customers: count,
  season,
};

const FITTED = {
  schema_version: z.literal('1.0'),
  as_of: date,
  input: z.union([
    z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
    z.tuple([z.strictObject({ name: z.string(), checksum: z.string() })]),
  ]),
};
const ERROR = {
  model_error: z.strictObject({ tau: figure, source: z.string() }).optional(),
};

/** Of purchases. */
export const savedModel = z.strictObject({
  $schema: z.literal('urn:clv:model:1.0'),
  ...FITTED,
  model: z.strictObject({
    ...NOTE,
    time_unit: z.literal('week'),
    spend: z.strictObject({ ...NOTE, spend_from: z.enum(['repeat', 'all']) }),
  }),
  ...ERROR,
});

/** Of subscriptions. */
export const savedContracts = z.strictObject({
  $schema: z.literal('urn:clv:contract-model:1.0'),
  ...FITTED,
  model: z.strictObject({
    time_unit: z.literal('period'),
    fit_by: z.array(z.string()),
    contracts: z.array(
      z.strictObject({
        contract: z.string(),
        group: z.array(z.string()),
        grace_days: count,
        name: z.string(),
        limit_of: z.string().optional(),
        parameters,
        rate: z.string().optional(),
        covariance,
        across: z.array(z.array(figure)).optional(),
        log_likelihood: figure.nullable(),
        customers: count,
      }),
    ),
  }),
  ...ERROR,
});

const sum = { sha256: z.string().nullable(), bytes: count.nullable() };

/** The file of --manifest, which clv verify reads. */
export const manifest = z.strictObject({
  $schema: z.literal('urn:clv:manifest:1.0'),
  schema_version: z.literal('1.0'),
  command: z.string(),
  clv: z.string(),
  environment: z.strictObject({
    node: z.string(),
    platform: z.string(),
    duckdb: z.string(),
    time_zones: z.string().nullable(),
    icu: z.string().nullable(),
  }),
  directory: z.string(),
  arguments: z.array(z.string()),
  options: z.array(z.strictObject({ option: z.string(), value: z.string(), origin: z.string() })),
  inputs: z.array(z.strictObject({ file: z.string(), ...sum })),
  outputs: z.array(
    z.strictObject({
      file: z.string().nullable(),
      format: z.string().nullable(),
      section: z.string().nullable(),
      ...sum,
    }),
  ),
  result: z.array(z.string()),
  input: z.union([input, tablesInput]).nullable(),
  manifest_sha256: z.string(),
});
