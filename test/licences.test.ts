import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALLOWED, packages, page, texts } from '../scripts/licences.mjs';

describe('the licences of what comes to a user', () => {
  it('are such that the whole may be given away under MIT', () => {
    const others = packages().filter(({ licence }) => !ALLOWED.includes(licence ?? ''));
    expect(others).toEqual([]);
  });

  it('stand in the docs as they are in the lockfile', () => {
    expect(readFileSync(join(import.meta.dirname, '../docs/licences.md'), 'utf8')).toBe(page());
  });

  it('come with their texts', () => {
    const text = texts();
    for (const { name, version } of packages().filter((one) => !one.name.startsWith('@duckdb/node-bindings-'))) {
      expect(text).toContain(`${name} ${version}`);
    }
    expect(text).not.toContain('Licence: null');
  });
});
