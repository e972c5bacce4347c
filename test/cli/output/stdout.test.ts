import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'rolldown';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Where the module of the output lies as a program of its own imports it. */
const folder = mkdtempSync(join(tmpdir(), 'clv-stdout-'));
const built = join(folder, 'output.mjs');
beforeAll(() =>
  build({ input: 'src/cli/output/open.ts', platform: 'node', output: { file: built, codeSplitting: false } }),
);
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes chunks to its standard output, and what became of it to stderr. */
const PROGRAM = `
  import { openOutput } from ${JSON.stringify(built)};
  let made = 0;
  async function* chunks() {
    for (; made < Number(process.argv[2]); made++) yield 'x'.repeat(99_999) + '\\n';
  }
  const output = await openOutput(process.argv[1]);
  await output.prepare(chunks()).then((place) => place()).then(() => console.error('done'), (error) => console.error(error.code, error.values.detail));
  if (process.argv[3]) console.error(made);
`;

function run(shell: string): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, PROGRAM, NODE: process.execPath };
  return spawnSync('bash', ['--norc', '-o', 'pipefail', '-c', shell], { env, encoding: 'utf8' });
}

const NODE = '"$NODE" --input-type=module -e "$PROGRAM" --';

test.each(['-', '/dev/stdout'])('all of it arrives through a slow pipe (%s)', (file) => {
  const { status, stdout, stderr } = run(`${NODE} ${file} 200 | (sleep 0.3; wc -c)`);
  expect([status, Number(stdout), stderr]).toEqual([0, 20_000_000, 'done\n']);
});

test('a reader that leaves ends it quietly, and the rest is not made', () => {
  const { status, stdout, stderr } = run(`${NODE} - 1000000 made | head -c 3`);
  expect([status, stdout]).toEqual([0, 'xxx']);
  expect(stderr).toMatch(/^done\n\d{1,3}\n$/);
});

test('a full device is E421', () => {
  expect(run(`${NODE} - 3 > /dev/full`)).toMatchObject({ status: 0, stderr: 'E421 ENOSPC\n' });
});

test('standard output that is appended to a file keeps what was there', () => {
  const { stdout } = run(
    `f=$(mktemp) && echo before > $f && ${NODE} - 1 >> $f && ${NODE} /dev/stdout 1 >> $f && wc -lc < $f; rm $f`,
  );
  expect(stdout.trim().split(/\s+/)).toEqual(['3', '200007']);
});
