import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Exports of real systems with right totals, not part of the project: skipped where they are missing. Runs the built program. */
const CHECK = join(import.meta.dirname, '../../shared/exports/check.mjs');

it.skipIf(!existsSync(CHECK))(
  'every export is right as it comes, or refused for what it lacks (../shared/exports)',
  () => {
    const said = execFileSync(process.execPath, [CHECK], { cwd: join(import.meta.dirname, '..'), encoding: 'utf8' });
    const [, right, all] = /^(\d+) of (\d+) exports right$/m.exec(said)!;
    expect(Number(all)).toBeGreaterThanOrEqual(15);
    expect(right, said).toBe(all);
  },
);
