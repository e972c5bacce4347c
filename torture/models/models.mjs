import { source } from '../source.mjs';
import { DRAWS } from './draws.mjs';
import { straight } from './grid.mjs';
import { isByChance, recovered } from './recovery.mjs';

/** A fit may take so many times the processor time of the middle one. */
const OUTLIER = 40;
/** Of samples so large hardly any have no optimum. */
const EDGES = 0.05;

const share = (list, is) => list.filter(is).length;

/**
 * Every model of buying fitted to customers of its own, by parameter sets from a seed until an end (ms): recovered at the nominal
 * rate, the purchases to come within their intervals, no figure that is none for any state, right against 50 digits, and no fit
 * that takes far longer than others. Returns a line of figures a model; throws what is wrong, with the seed that shows it.
 */
export async function models(seed, end) {
  const { buyingModel } = await source('models/registry.ts');
  const names = Object.keys(DRAWS);
  const found = new Map(names.map((name) => [name, []]));
  let sets = 0;
  do {
    const own = 1_000_003 * seed + sets;
    for (const name of names) {
      const model = buyingModel(name);
      found.get(name).push({ ...recovered(model, own), error: straight(model, own) });
    }
    sets++;
  } while (Date.now() < end);
  return names.map((name) => judged(name, found.get(name)));
}

function judged(name, all) {
  const fits = all.filter(({ edge }) => !edge);
  const n = fits.length;
  const counts = {
    region: share(fits, (one) => one.inRegion),
    ...Object.fromEntries(fits[0].within.map((_, i) => [`parameter ${i + 1}`, share(fits, (one) => one.within[i])])),
    equity: share(fits, (one) => one.holds),
  };
  for (const [what, k] of Object.entries(counts))
    if (!isByChance(k, n, 0.95)) throw new Error(`${name}: ${what} holds ${k} of ${n} times, where 95 % is nominal`);
  if (all.length - n > Math.max(2, EDGES * all.length))
    throw new Error(`${name}: ${all.length - n} of ${all.length} fits at an edge`);
  const times = fits.map(({ cpu }) => cpu).sort((a, b) => a - b);
  const [middle, longest] = [times[n >> 1], times.at(-1)];
  if (longest > Math.max(1, OUTLIER * middle))
    throw new Error(`${name}: a fit takes ${longest} s of processor time, the middle one ${middle} s`);
  const errors = all.flatMap(({ error }) => (error === null ? [] : [error]));
  const right = errors.length > 0 ? `, off by ${Math.max(...errors).toExponential(1)} at most against 50 digits` : '';
  const held = Object.entries(counts)
    .map(([what, k]) => `${what} ${k}`)
    .join(', ');
  return `${name}: ${n} fits, ${all.length - n} at an edge; within 95 %: ${held}; fit ${middle.toFixed(3)} s, longest ${longest.toFixed(3)} s${right}`;
}
