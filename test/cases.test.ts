import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MESSAGES } from '../src/base/messages.ts';

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

async function run(name: string) {
  const folder = mkdtempSync(join(tmpdir(), 'clv-case-'));
  cpSync(join(CASES, name), folder, { recursive: true, filter: (path) => !OURS.has(basename(path)) });
  const env = {
    ...process.env,
    PATH: `${join(ROOT, 'test/bin')}:${process.env['PATH']}`,
    FIXTURES: join(ROOT, 'fixtures'),
    NO_COLOR: '1',
  };
  const command = readFileSync(join(CASES, name, 'cmd'), 'utf8');
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile('bash', ['--norc', '-c', command], { cwd: folder, env, maxBuffer: 1 << 26 }, (error, out, err) => {
      rmSync(folder, { recursive: true, force: true });
      const clean = (text: string) => text.replaceAll(folder, '.').replaceAll(ROOT, '..');
      resolve({ code: Number(error?.code ?? 0), out: clean(out), err: clean(err) });
    });
  });
}

function expected(name: string, file: string): string {
  const path = join(CASES, name, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

const names = existsSync(CASES) ? readdirSync(CASES).sort() : [];

describe('golden cases', () => {
  it.concurrent.each(names)('%s', async (name) => {
    const found = await run(name);
    if (POPULATE) {
      writeFileSync(join(CASES, name, 'expout'), found.out);
      writeFileSync(join(CASES, name, 'experr'), found.err);
      writeFileSync(join(CASES, name, 'expcode'), `${found.code}\n`);
    }
    expect(found.err).toBe(expected(name, 'experr'));
    expect(found.out).toBe(expected(name, 'expout'));
    expect(found.code).toBe(Number(expected(name, 'expcode') || '0'));
  });

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
