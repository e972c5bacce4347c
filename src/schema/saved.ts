import { z } from 'zod';
import { season } from './blocks.ts';
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
