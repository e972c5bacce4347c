import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandsIn, keyOf } from '../src/cli/config/given.ts';
import { program } from '../src/program.ts';

const PAGE = join(import.meta.dirname, '../docs/configuration.md');
const HEAD = '| key | of | what it is |\n|---|---|---|\n';
const POPULATE = process.env['CLV_POPULATE'] === '1' && !process.env['CI'];

/** Every key with the commands that have it, and what the help says of it, by name. */
function table(): string {
  const keys = new Map<string, { of: string[]; words: string }>();
  for (const [name, command] of commandsIn(program(() => {})))
    for (const option of command.options) {
      if (option.hidden) continue;
      const known = keys.get(keyOf(option)) ?? { of: [], words: option.description };
      keys.set(keyOf(option), { ...known, of: [...known.of, name] });
    }
  const sorted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1));
  const most = Math.max(...sorted.map(([, { of }]) => of.length));
  return sorted
    .map(
      ([key, { of, words }]) =>
        `| \`${key}\` | ${of.length === most ? 'all' : of.join(', ')} | ${words.replaceAll('|', '\\|')} |\n`,
    )
    .join('');
}

describe('docs/configuration.md', () => {
  it('explains every key, in the words of the help', () => {
    const text = readFileSync(PAGE, 'utf8');
    const [before] = text.split(HEAD);
    if (POPULATE) writeFileSync(PAGE, before + HEAD + table());
    else expect(text).toBe(before + HEAD + table());
  });
});
