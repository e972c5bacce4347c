import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The last of each line that is supported, on 29 November 2026. */
export const VERSIONS = ['20.20.2', '22.23.3', '24.21.0'];
const FOLDER = join(tmpdir(), 'clv-torture-nodes');

/** The runtime of a version, from the npm package `node`, which is installed once in a temporary folder; null where it cannot be had. */
export function nodeOf(version) {
  const home = join(FOLDER, version);
  const bin = join(home, 'node_modules/node/bin/node');
  if (!existsSync(bin)) {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "private": true }');
    spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', `node@${version}`], {
      cwd: home,
      stdio: 'ignore',
    });
  }
  const { stdout } = spawnSync(bin, ['--version'], { encoding: 'utf8' });
  return stdout?.trim() === `v${version}` ? bin : null;
}
