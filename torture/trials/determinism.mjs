import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { start } from '../clv.mjs';
import { nodeOf, VERSIONS } from '../determinism/nodes.mjs';
import { csvOf, logOf, QUICK } from '../logs.mjs';
import { holds, same } from '../wrong.mjs';

const ZONES = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns', 'Asia/Kathmandu'];
const LANGUAGES = ['C', 'de_DE.UTF-8', 'tr_TR.UTF-8'];
const THREADS = ['1', '2', '8'];
const PRELOAD = `--import=${pathToFileURL(join(import.meta.dirname, '../determinism/threads.mjs'))}`;
const COMMANDS = [
  ['compute', '--by', 'region'],
  ['audit'],
  ['statement', '--from', '2023-06-30'],
  ['validate', '--holdout', '26w', '--models', 'pareto-nbd,bg-nbd'],
];

/** Where the temporary folder was before trials had their own: what is installed there stays for the next. */
const OUTER = process.env['TMPDIR'];

/** The runtimes that can be had, found once a run. */
let nodes;
function runtimes() {
  const own = process.env['TMPDIR'];
  if (OUTER === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = OUTER;
  nodes ??= VERSIONS.map((version) => [version, nodeOf(version)]).filter(([, bin]) => bin !== null);
  process.env['TMPDIR'] = own;
  return nodes;
}

/**
 * The same bytes whatever the zone, the language and the threads of the engine; by hand (`--kind nodes`) under every runtime that
 * is supported too, each with another zone and language.
 */
export const determinism = {
  name: 'determinism',
  share: 1,
  async trial(random, folder, asked) {
    const file = join(folder, 'data.csv');
    writeFileSync(file, csvOf(logOf(random, random.whole(200, 500))));
    const [command, ...options] = random.pick(COMMANDS);
    const quick = command === 'validate' ? QUICK.filter((word) => !['--model', 'pareto-nbd'].includes(word)) : QUICK;
    const words = [command, file, ...quick, ...options, '--format', 'json'];
    mkdirSync(join(folder, 'own'));
    const runIn = async ([zone, language, threads], node) => {
      const env = { TMPDIR: join(folder, 'own'), TZ: zone, LANG: language, LC_ALL: language };
      const engine = { NODE_OPTIONS: PRELOAD, TORTURE_THREADS: threads };
      const { code, out, err } = await start(words, { env: { ...env, ...engine }, node });
      return { code, out, err };
    };
    const drawn = () => [random.pick(ZONES), random.pick(LANGUAGES), random.pick(THREADS)];
    const first = await runIn(['UTC', 'C', '1']);
    if (asked === 'nodes') {
      if (runtimes().length === 0) return { kind: 'skipped: no runtimes from the registry', figures: 0 };
      for (const [version, bin] of runtimes()) {
        const how = drawn();
        same(`${command} by Node ${version} under ${how}`, await runIn(how, bin), first);
      }
      return {
        kind: `${command} by Node ${runtimes()
          .map(([version]) => version)
          .join(', ')}`,
        figures: runtimes().length,
      };
    }
    const how = drawn();
    const other = await runIn(how);
    holds(`it ran: ${first.err}`, first.code === 0 || /error\[E3/.test(first.err));
    same(`${command} under ${how}`, other, first);
    return { kind: first.code === 0 ? command : `${command}, refused`, figures: 1 };
  },
};
