import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustBeEmpty, start } from '../clv.mjs';
import { csvOf, logOf, QUICK } from '../logs.mjs';
import { same } from '../wrong.mjs';

const COMMANDS = [
  ['compute', '--by', 'region', '--interval', 'none'],
  ['audit'],
  ['cohorts', '--every', '1q'],
  ['statement', '--from', '2023-06-30'],
  ['check', '--assert', 'records>0'],
];

/** Commands side by side write what each of them writes alone, and leave nothing in the directory that they share. */
export const load = {
  name: 'load',
  share: 1,
  async trial(random, folder) {
    const file = join(folder, 'data.csv');
    writeFileSync(file, csvOf(logOf(random, random.whole(200, 400))));
    const tmp = join(folder, 'own');
    mkdirSync(tmp);
    const chosen = Array.from({ length: random.whole(2, 8) }, () => random.pick(COMMANDS));
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
