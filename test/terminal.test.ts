import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What a person at a terminal sees while a command runs, by way of a pseudo-terminal (util-linux `script`). */
const ROOT = join(import.meta.dirname, '..');
const missing = spawnSync('script', ['--version']).status !== 0;

async function onTerminal(command: string, env: Record<string, string> = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'clv-terminal-'));
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
    rmSync(folder, { recursive: true, force: true });
  }
}

const COMPUTE = `clv compute ${join(ROOT, 'fixtures/transactions.csv')} --margin 30% --interval none -o out.csv`;

describe.skipIf(missing)('a run on a terminal', () => {
  it('shows one line, rewritten, and leaves no trace of it', async () => {
    const seen = await onTerminal(COMPUTE);
    const lines = seen.split('\r\x1b[2K');
    const stages = lines.flatMap((line) => /^clv: (adding|rolling|fitting|valuing|writing)/.exec(line)?.[1] ?? []);
    expect(stages).toEqual(['adding', 'rolling', 'fitting', 'valuing', 'writing']);
    expect(lines.some((line) => /^clv: reading .*transactions\.csv: [\d.]+ of [\d.]+ kB$/.test(line))).toBe(true);
    // What stays: notes, warnings, and what the shell says afterwards.
    const kept = lines.filter((line) => line.includes('\n')).join('');
    expect(kept).toContain('columns found by name');
    expect(kept).not.toMatch(/reading|fitting|writing/);
    expect(lines.at(-1)!.trim()).toBe('out.csv');
  });

  it('shows warnings alone with -q, nothing with -qq, and no progress where the terminal cannot erase', async () => {
    expect(await onTerminal(`${COMPUTE} -q`)).toMatch(/^(clv: warning[^\r\n]*\r?\n)+out\.csv\s*$/);
    expect((await onTerminal(`${COMPUTE} -qq`)).trim()).toBe('out.csv');
    expect(await onTerminal(COMPUTE, { TERM: 'dumb' })).not.toContain('\x1b');
  });
});
