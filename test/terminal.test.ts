import { execFile, spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { besideFixtures } from './beside-fixtures.ts';

/** What a person at a terminal sees while a command runs, by way of a pseudo-terminal (util-linux `script`). */
const ROOT = join(import.meta.dirname, '..');
const missing = spawnSync('script', ['--version']).status !== 0;

async function onTerminal(command: string, env: Record<string, string> = {}): Promise<string> {
  const { place, folder } = besideFixtures();
  try {
    return await new Promise((resolve, reject) => {
      const options = {
        cwd: folder,
        env: {
          ...process.env,
          TERM: 'xterm',
          NO_COLOR: '1',
          PATH: `${join(ROOT, 'test/bin')}:${process.env['PATH']}`,
          ...env,
        },
      };
      execFile('script', ['-qec', `${command} && ls`, '/dev/null'], options, (error, out) => {
        if (error) reject(error);
        else resolve(out);
      });
    });
  } finally {
    expect(readdirSync(folder).filter((name) => name.endsWith('.lock'))).toEqual([]);
    rmSync(place, { recursive: true, force: true });
  }
}

/** The first words of the stages that the line of progress told, in their order. */
function stagesIn(seen: string): readonly string[] {
  return seen
    .split('\r\x1b[2K')
    .flatMap((line) => /^clv: (adding|rolling|fitting|finding|looking|valuing|writing)/.exec(line)?.[1] ?? []);
}

const FILE = '../fixtures/transactions.csv';
const COMPUTE = `clv compute ${FILE} --margin 30% --interval none --model pareto-nbd --season none -o out.csv`;

describe.skipIf(missing)('a run on a terminal', () => {
  it('shows one line, rewritten, and leaves no trace of it', async () => {
    const seen = await onTerminal(COMPUTE);
    const lines = seen.split('\r\x1b[2K');
    expect(stagesIn(seen)).toEqual(['adding', 'rolling', 'fitting', 'valuing', 'writing']);
    expect(lines.some((line) => /^clv: reading .*transactions\.csv: [\d.]+ of [\d.]+ kB$/.test(line))).toBe(true);
    // What stays: notes, warnings, and what the shell says afterwards.
    const kept = lines.filter((line) => line.includes('\n')).join('');
    expect(kept).toContain('columns found by name');
    expect(kept).not.toMatch(/reading|fitting|writing/);
    expect(lines.at(-1)!.trim()).toBe('out.csv');
  });

  it.each([
    [
      'compute --interval bootstrap=20 --model pareto-nbd --season none',
      'adding rolling fitting finding valuing writing',
    ],
    ['statement', 'adding rolling rolling fitting fitting valuing writing'],
    ['validate --holdout 26w', 'adding rolling looking fitting writing'],
    ['whatif --set margin=+1%', 'adding rolling fitting valuing writing'],
    ['audit', 'adding rolling fitting valuing adding writing'],
  ])('says the stages of %s where they start', async (command, stages) => {
    const seen = await onTerminal(`clv ${command} ${FILE} --margin 30% -o out.csv`);
    expect(stagesIn(seen).join(' ')).toBe(stages);
  });

  it('shows warnings alone with -q, nothing with -qq, and no progress where the terminal cannot erase', async () => {
    expect(await onTerminal(`${COMPUTE} -q`)).toMatch(/^(clv: warning[^\r\n]*\r?\n)+out\.csv\s*$/);
    expect((await onTerminal(`${COMPUTE} -qq`)).trim()).toBe('out.csv');
    expect(await onTerminal(COMPUTE, { TERM: 'dumb' })).not.toContain('\x1b');
  });
});
