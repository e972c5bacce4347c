import { withOutput } from '../../cli/frame.ts';
import { choice } from '../../cli/option-values.ts';
import { writeJson } from '../../cli/output/write-json.ts';
import { writingOf } from '../../cli/output/writing.ts';
import { type KnownSchema, schemasReport } from './document.ts';
import type { SchemaOptions } from './options.ts';

/**
 * `clv schema`: the list of what has a schema, or one of them.
 * @param known every document that is written as JSON
 * @throws ClvError E101 where there is none of that name
 */
export async function schema<D extends KnownSchema>(
  name: string | undefined,
  options: SchemaOptions,
  known: readonly D[],
  schemaOf: (document: D) => object,
): Promise<void> {
  if (name === undefined) return withOutput(writingOf(options), undefined, ({ write }) => write(schemasReport(known)));
  const names = known.map((document) => document.name);
  const asked = choice('clv schema', name, names);
  await writeJson(schemaOf(known.find((document) => document.name === asked)!), options, 'clv schema', 'a schema');
}
