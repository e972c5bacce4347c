import { z } from 'zod';
import { DOCUMENTS } from '../src/schema/registry.ts';

/** What is wrong with a JSON document by the schema that it names; nothing for any other text. */
export function faultsOf(text: string): readonly string[] {
  const document = documentIn(text);
  if (document === null) return [];
  const { $schema } = document;
  const known = DOCUMENTS.find(({ id }) => id === $schema);
  if (!known) return [`no schema ${$schema}`];
  const found = optionsOf(known.type).map((one) => one.safeParse(document));
  if (found.some(({ success }) => success)) return [];
  const [least] = found.map(({ error }) => error!.issues).sort((a, b) => a.length - b.length);
  return least!.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

/** Each way that a document may look, so that faults are those of the one that it nearly is. */
function optionsOf(type: z.ZodType): readonly z.ZodType[] {
  return type instanceof z.ZodUnion ? (type.options as z.ZodType[]) : [type];
}

/** The document that a text is; null where it is none of ours. */
export function documentIn(text: string): { readonly $schema: string } | null {
  if (!text.startsWith('{\n  "$schema": "urn:clv:')) return null;
  try {
    return JSON.parse(text);
  } catch {
    // Several texts, one after the other.
    return null;
  }
}
