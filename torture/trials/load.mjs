import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustBeEmpty, start } from '../clv.mjs';
import { csvOf, logOf, QUICK } from '../logs.mjs';
import { holds, same } from '../wrong.mjs';

const COMMANDS = [
  ['compute', '--by', 'region', '--interval', 'none'],
  ['audit'],
  ['cohorts', '--every', '1q'],
  ['statement', '--from', '2023-06-30'],
  ['check', '--assert', 'records>0'],
];

/** A kind by hand: more than there are processors for, and memory of a small machine. */
const MANY = '24 at once';
const ROUNDS = join(import.meta.dirname, '../load/rounds.mjs');
/** Bytes by which a process may grow between the middle third of its rounds and the last: what a round holds is many times that. */
const GROWTH = { rss: 16 << 20, heap: 4 << 20 };

const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** The library used again and again in one process: the same figures, no more memory, files or working files than before. */
function again(file, tmp, rounds) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--expose-gc', ROUNDS, file, String(rounds)], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: tmp },
  });
  holds(`rounds end with ${status}: ${stderr}`, status === 0);
  const all = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  same('rounds', all.length, rounds);
  for (const name of ['bytes', 'files', 'left'])
    same(`${name} of every round`, new Set(all.map((one) => one[name])).size, 1);
  same('working files that are left', all[0].left, 0);
  const third = Math.floor(rounds / 3);
  for (const [name, most] of Object.entries(GROWTH)) {
    const [before, after] = [all.slice(third, 2 * third), all.slice(2 * third)].map((part) =>
      middle(part.map((one) => one[name])),
    );
    holds(`${name} grows from ${before} to ${after} bytes over ${third} rounds`, after - before <= most);
  }
  return { kind: `${rounds} rounds in one process`, figures: 4 * rounds };
}

/**
 * Commands side by side, 2 to 8 or (`--kind '24 at once'`) 24, write what each of them writes alone, and leave nothing in the
 * directory that they share; the library in
 * one process, 9 times or (`--kind rounds`) 90, takes no more memory and files than before.
 */
export const load = {
  name: 'load',
  share: 1,
  async trial(random, folder, asked) {
    const file = join(folder, 'data.csv');
    writeFileSync(file, csvOf(logOf(random, random.whole(200, 400))));
    const tmp = join(folder, 'own');
    mkdirSync(tmp);
    if (asked === 'rounds' || (asked === undefined && random.whole(0, 3) === 0))
      return again(file, tmp, asked === 'rounds' ? 90 : 9);
    const many = asked === MANY ? 24 : random.whole(2, 8);
    const chosen = Array.from({ length: many }, () => random.pick(COMMANDS));
    const runOf = async ([command, ...options]) => {
      const quick = command === 'check' ? ['-qq'] : QUICK;
      const { code, out, err } = await start([command, file, ...quick, ...options, '--format', 'json'], {
        env: { TMPDIR: tmp },
      });
      return { code, out, err };
    };
    const together = await Promise.all(chosen.map(runOf));
    mustBeEmpty(tmp);
    const alone = new Map();
    for (const [i, command] of chosen.entries()) {
      if (!alone.has(command)) alone.set(command, await runOf(command));
      same(`${command[0]} beside ${chosen.length - 1} others`, together[i], alone.get(command));
    }
    return { kind: `${chosen.length} at once`, figures: chosen.length };
  },
};
