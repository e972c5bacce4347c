import { z } from 'zod';
import { schemaOf } from '../report/found.ts';
import { check, config, errors, schema, verify } from './about.ts';
import { audit } from './audit.ts';
import { close, closes, diff, ledger } from './books.ts';
import { cohorts } from './cohorts.ts';
import { compute } from './compute.ts';
import { explain } from './explain.ts';
import { inspect, layouts } from './inspect.ts';
import { mrr } from './mrr.ts';
import { manifest, savedContracts, savedModel } from './saved.ts';
import { share } from './share.ts';
import { statement } from './statement.ts';
import { validate } from './validate.ts';
import { whatif } from './whatif.ts';

/** What a JSON document must look like. */
export interface Documented {
  readonly name: string;
  /** What stands in it as `$schema`. */
  readonly id: string;
  readonly of: string;
  readonly type: z.ZodType;
}

const command = (name: string, type: z.ZodType): Documented => ({
  name,
  id: schemaOf(name),
  of: `clv ${name} --format json`,
  type,
});

/** Every document that is written as JSON, by its name. */
export const DOCUMENTS: readonly Documented[] = [
  command('audit', audit),
  command('check', check),
  command('close', close),
  command('closes', closes),
  command('cohorts', cohorts),
  command('compute', compute),
  command('config', config),
  command('diff', diff),
  command('errors', errors),
  command('explain', explain),
  command('inspect', inspect),
  command('layouts', layouts),
  command('ledger', ledger),
  command('mrr', mrr),
  command('schema', schema),
  command('share', share),
  command('statement', statement),
  command('validate', validate),
  command('verify', verify),
  command('whatif', whatif),
  { name: 'manifest', id: 'urn:clv:manifest:1.0', of: 'clv compute --manifest FILE', type: manifest },
  { name: 'model', id: 'urn:clv:model:1.0', of: 'clv compute --save-model FILE', type: savedModel },
  {
    name: 'contract-model',
    id: 'urn:clv:contract-model:1.0',
    of: 'clv compute --contract 1m --save-model FILE',
    type: savedContracts,
  },
];

/** The JSON Schema of a document, in the dialect 2020-12. */
export function jsonSchema({ id, of, type }: Documented): object {
  const { $schema, ...rest } = z.toJSONSchema(type, { target: 'draft-2020-12' });
  return { $schema, $id: id, title: of, ...rest };
}
