import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { program } from '../../src/program.ts';
import { DOCUMENTS, jsonSchema } from '../../src/schema/registry.ts';
import { documentIn, faultsOf } from '../documents.ts';

const CASES = join(import.meta.dirname, '../../fixtures/cases');

/** What golden cases print as JSON. */
const goldens = readdirSync(CASES).flatMap((name) => {
  const text = readFileSync(join(CASES, name, 'expout'), { encoding: 'utf8' });
  const document = documentIn(text);
  return document === null ? [] : [{ name, text, document }];
});

type Value = null | string | number | boolean | Value[] | { [key: string]: Value };

/** Every object in a document, but of each list only in its first member. */
function objectsIn(value: Value): { [key: string]: Value }[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : objectsIn(value[0]!);
  if (value === null || typeof value !== 'object') return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

describe('schemas', () => {
  it.each(goldens)('$name is as its schema says', ({ text }) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it.each(goldens)('$name is as the JSON Schema says that is printed', ({ document }) => {
    const known = DOCUMENTS.find(({ id }) => id === document.$schema)!;
    const printed = z.fromJSONSchema(JSON.parse(JSON.stringify(jsonSchema(known))));
    expect(printed.safeParse(document).error?.issues ?? []).toEqual([]);
  });

  it.each(goldens)('$name could not have a member more, wherever it stands', ({ document }) => {
    const { type } = DOCUMENTS.find(({ id }) => id === document.$schema)!;
    const refused = objectsIn(document as unknown as Value).map((one) => {
      one['unforeseen'] = [];
      const { success } = type.safeParse(document);
      delete one['unforeseen'];
      return !success;
    });
    expect(refused).not.toContain(false);
  });

  it.each(goldens)('$name could not lack what it begins with', ({ document }) => {
    const { type } = DOCUMENTS.find(({ id }) => id === document.$schema)!;
    for (const name of ['$schema', 'schema_version', 'command'])
      expect(type.safeParse({ ...document, [name]: undefined }).success, name).toBe(false);
  });

  it('are there for every command that writes a report', () => {
    const named = DOCUMENTS.map(({ name }) => name);
    const written = program(() => {}).commands.filter((command) =>
      command.options.some(({ long }) => long === '--format'),
    );
    for (const command of written) expect(named).toContain(command.name());
  });

  it('have each an id of its own, and a name that stands in it', () => {
    expect(new Set(DOCUMENTS.map(({ id }) => id)).size).toBe(DOCUMENTS.length);
    for (const { id, name } of DOCUMENTS) expect(id).toMatch(new RegExp(`^urn:clv:${name}:\\d\\.\\d$`));
  });
});
