import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomOf } from '../scripts/random.mjs';
import { TRIALS } from './registry.mjs';

/**
 * `npm run torture -- --minutes N --seed S`: trials of every family in turns, the one that has had the least of its share of the
 * time next, until the time is over or one is wrong. `--trials N`: so many instead, whatever time they take. `--only NAME` takes
 * one family, `--kind NAME` trials of one kind alone where the family has kinds to choose, `--trial K` its trial of that number.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    trials: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    kind: { type: 'string' },
    trial: { type: 'string' },
  },
});

const chosen = TRIALS.filter(({ name, byHand }) => (values.only === undefined ? !byHand : values.only === name));
if (chosen.length === 0) {
  console.error(`there is no family ${values.only}: there are ${TRIALS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const most = Number(values.trials ?? Infinity);
const end = performance.now() + Number(values.minutes ?? (values.trials === undefined ? 1 : Infinity)) * 60_000;
const families = chosen.map((family) => ({ family, spent: 0, trials: 0, kinds: new Map(), figures: 0 }));

/** The seed of a trial hangs on nothing but its family, its number and the seed of the run. */
function seedOf(name, number) {
  let seed = 2166136261;
  for (const letter of `${values.seed}/${name}/${number}`)
    seed = Math.imul(seed ^ letter.charCodeAt(0), 16777619) >>> 0;
  return seed;
}

/** Runs a trial; false where it is wrong. */
async function attempt(counts, number) {
  const { family } = counts;
  const folder = mkdtempSync(join(tmpdir(), 'torture-'));
  mkdirSync(join(folder, 'tmp'));
  const outer = process.env['TMPDIR'];
  process.env['TMPDIR'] = join(folder, 'tmp');
  const began = performance.now();
  try {
    const { kind, figures } = await family.trial(randomOf(seedOf(family.name, number)), folder, values.kind);
    counts.kinds.set(kind, (counts.kinds.get(kind) ?? 0) + 1);
    counts.figures += figures;
    rmSync(folder, { recursive: true, force: true });
    return true;
  } catch (error) {
    console.error(`WRONG: ${family.name}, trial ${number}: ${error.stack ?? error}`);
    console.error(`its files: ${folder}`);
    const kind = values.kind === undefined ? '' : ` --kind '${values.kind}'`;
    console.error(`again: npm run torture -- --only ${family.name}${kind} --seed ${values.seed} --trial ${number}`);
    return false;
  } finally {
    counts.spent += performance.now() - began;
    counts.trials++;
    if (outer === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outer;
  }
}

let right = true;
if (values.trial !== undefined) right = await attempt(families[0], Number(values.trial));
else
  for (let done = 0; right && done < most && performance.now() < end; done++) {
    const next = families.reduce((best, one) =>
      one.spent / one.family.share < best.spent / best.family.share ? one : best,
    );
    right = await attempt(next, next.trials);
  }

for (const { family, trials, kinds, figures, spent } of families) {
  const each = [...kinds].sort().map(([kind, count]) => `${kind} ${count}`);
  console.log(`${family.name}: ${trials} trials, ${figures} figures held, ${(spent / 1000).toFixed(1)} s`);
  if (each.length > 0) console.log(`  ${each.join(' · ')}`);
  for (const line of family.told?.() ?? []) console.log(`  ${line}`);
}
console.log(right ? 'nothing wrong' : 'one is wrong: see above');
process.exit(right ? 0 : 1);
