import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withScratch } from '../src/cli/scratch.ts';
import { failure } from '../src/main.ts';

describe('failures', () => {
  it('E500: what nobody raised on purpose is a bug of ours, with its stack', async () => {
    const { text, code } = await failure(new TypeError('x is not a function'), false);
    expect(text).toMatch(/^clv: error\[E500\] internal error: TypeError: x is not a function/);
    expect(code).toBe(70);
    expect((await failure('thrown text', false)).text).toContain('thrown text');
  });

  it.each(['--help', 'compute --help', '--version'])(
    '%s ends well in a pipe that closes, and is E421 on a full disk',
    (what) => {
      const clv = `node ${join(import.meta.dirname, '../bin/clv.js')} ${what}`;
      const run = (command: string) =>
        spawnSync('bash', ['--norc', '-c', `set -o pipefail; ${command}`], { encoding: 'utf8' });
      expect(run(`${clv} | head -c 3 | cat`)).toMatchObject({ status: 0, stderr: '' });
      const full = run(`${clv} > /dev/full`);
      expect([full.status, full.stderr]).toEqual([74, expect.stringContaining('E421')]);
    },
  );

  it('E412: no place for a working directory', async () => {
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = '/nowhere/at/all';
    try {
      await expect(withScratch(new AbortController().signal, async () => {})).rejects.toMatchObject({ code: 'E412' });
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });
});
