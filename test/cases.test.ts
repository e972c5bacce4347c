import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MESSAGES } from '../src/base/messages.ts';
import { besideFixtures } from './beside-fixtures.ts';
import { run } from './command.ts';
import { faultsOf } from './documents.ts';

/**
 * Golden cases: fixtures/cases/NAME holds `cmd` (a shell command run in a copy of the folder), `expout`, `experr` and
 * `expcode` (0 when absent), and the inputs. To write the expectations anew: CLV_POPULATE=1 npx vitest run test/cases.test.ts,
 * then read the diff. CI never writes them.
 */
const ROOT = join(import.meta.dirname, '..');
const CASES = join(ROOT, 'fixtures/cases');
const POPULATE = process.env['CLV_POPULATE'] === '1' && !process.env['CI'];

/** What describes a case is no part of the folder it runs in. */
const OURS = new Set(['cmd', 'expout', 'experr', 'expcode']);

async function check(name: string) {
  const { place, folder } = besideFixtures();
  try {
    cpSync(join(CASES, name), folder, { recursive: true, filter: (path) => !OURS.has(basename(path)) });
    const { code, out, err } = await run(expected(name, 'cmd'), folder, '../fixtures');
    const clean = (text: string) => text.replaceAll(folder, '.').replaceAll(ROOT, '..');
    const found = { out: clean(out), err: clean(err) };
    if (POPULATE) {
      writeFileSync(join(CASES, name, 'expout'), found.out);
      writeFileSync(join(CASES, name, 'experr'), found.err);
      writeFileSync(join(CASES, name, 'expcode'), `${code}\n`);
    }
    expect(found.err).toBe(expected(name, 'experr'));
    expect(found.out).toBe(expected(name, 'expout'));
    expect(code).toBe(Number(expected(name, 'expcode') || '0'));
    for (const text of [out, ...documentsIn(folder)]) expect(faultsOf(text)).toEqual([]);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** The JSON that a case has written or brought along. */
function documentsIn(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.map((file) => readFileSync(join(folder, file), 'utf8'));
}

function expected(name: string, file: string): string {
  const path = join(CASES, name, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

const names = existsSync(CASES) ? readdirSync(CASES).sort() : [];

describe('golden cases', () => {
  it.each(names)('%s', check);

  it('a failing case prints nothing on stdout and a coded error with its exit code', () => {
    for (const name of names) {
      const code = Number(expected(name, 'expcode') || '0');
      const errors = [...expected(name, 'experr').matchAll(/error\[(\w+)\]/g)].map((match) => match[1]!);
      const exits = errors.map((error) => MESSAGES[error as keyof typeof MESSAGES].exit);
      // A case of several commands ends as the last of them does.
      if (expected(name, 'cmd').trim().includes('\n')) expect([0, ...exits], name).toContain(code);
      else for (const exit of exits) expect(exit, `${name} ${errors.join(' ')}`).toBe(code);
    }
  });
});
