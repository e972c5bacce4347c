import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { start } from '../clv.mjs';
import { csvOf, logOf, QUICK } from '../logs.mjs';
import { same } from '../wrong.mjs';

const ZONES = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns', 'Asia/Kathmandu'];
const LANGUAGES = ['C', 'de_DE.UTF-8', 'tr_TR.UTF-8'];
/** What keeps a run on one processor, where the system has it. */
const ONE_PROCESSOR = spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : [];
const COMMANDS = [
  ['compute', '--by', 'region'],
  ['audit'],
  ['statement', '--from', '2023-06-30'],
  ['validate', '--holdout', '26w', '--models', 'pareto-nbd,bg-nbd'],
];

/** The same bytes whatever the zone, the language and the number of processors. */
export const determinism = {
  name: 'determinism',
  share: 1,
  async trial(random, folder) {
    const file = join(folder, 'data.csv');
    writeFileSync(file, csvOf(logOf(random, random.whole(200, 500))));
    const [command, ...options] = random.pick(COMMANDS);
    const quick = command === 'validate' ? QUICK.filter((word) => !['--model', 'pareto-nbd'].includes(word)) : QUICK;
    const words = [command, file, ...quick, ...options, '--format', 'json'];
    mkdirSync(join(folder, 'own'));
    const runIn = async (env, prefix = []) => {
      const { code, out, err } = await start(words, { env: { TMPDIR: join(folder, 'own'), ...env }, prefix });
      return { code, out, err };
    };
    const first = await runIn({ TZ: 'UTC', LANG: 'C' });
    const [zone, language] = [random.pick(ZONES), random.pick(LANGUAGES)];
    const other = await runIn({ TZ: zone, LANG: language, LC_ALL: language }, ONE_PROCESSOR);
    same(`${command} under ${zone}, ${language}`, other, first);
    return { kind: first.code === 0 ? command : `${command}, refused`, figures: 1 };
  },
};
