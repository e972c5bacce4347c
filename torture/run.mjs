// Trials that are too long for tests, `npm run build` first. Each prints its figures, and ends non-zero at the first wrong one:
//   npm run torture:long -- models [--minutes 10] [--seed 1]
//   npm run torture:long -- bombs [--scale 1]
import { parseArgs } from 'node:util';
import { bombsAt } from './bombs/bombs.mjs';
import { models } from './models/models.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    scale: { type: 'string', default: '1' },
  },
});

for (const name of positionals) {
  if (name === 'models') {
    const lines = await models(Number(values.seed), Date.now() + 60_000 * Number(values.minutes));
    console.log(lines.join('\n'));
  } else if (name === 'bombs') for (const bomb of bombsAt(Number(values.scale))) console.log(await bomb());
  else throw new Error(`no trials ${name}: models, bombs`);
}
