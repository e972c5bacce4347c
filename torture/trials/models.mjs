import { DRAWS } from '../models/draws.mjs';
import { straight } from '../models/grid.mjs';
import { isByChance, recovered } from '../models/recovery.mjs';
import { source } from '../source.mjs';
import { holds } from '../wrong.mjs';

/** A fit may take so many times the processor time of the middle one, and a second in any case. */
const OUTLIER = 40;
/** Of samples so large hardly any have no optimum; but whether lives age alike or not hardly shows where few buy. */
const edgesOf = (name) => (name === 'ggom-nbd' ? 0.15 : 0.05);

/** By model, what its trials of this run found. */
const found = new Map(Object.keys(DRAWS).map((name) => [name, []]));
let registry;

const count = (list, is) => list.filter(is).length;

/** How often each kind of 95 % held the truth. */
function heldIn(fits) {
  const parameters = fits[0].within.map((_, i) => [`parameter ${i + 1}`, count(fits, (one) => one.within[i])]);
  return [
    ['region', count(fits, (one) => one.inRegion)],
    ...parameters,
    ['purchases', count(fits, (one) => one.holds)],
  ];
}

const middle = (fits) => fits.map(({ cpu }) => cpu).sort((a, b) => a - b)[fits.length >> 1];

/** What all trials of a model together must hold: nominal rates, no fit far slower than others, few edges. */
function judge(name, all) {
  const fits = all.filter(({ edge }) => !edge);
  if (fits.length === 0) return;
  for (const [what, k] of heldIn(fits))
    holds(`${name}: ${what} held by ${k} of ${fits.length} intervals of 95 %`, isByChance(k, fits.length, 0.95));
  const longest = Math.max(...fits.map(({ cpu }) => cpu));
  const usual = middle(fits);
  holds(`${name}: a fit of ${longest} s, where ${usual} s is usual`, longest <= Math.max(1, OUTLIER * usual));
  const edges = all.length - fits.length;
  holds(`${name}: ${edges} of ${all.length} fits at an edge`, edges <= edgesOf(name) * Math.max(60, all.length));
}

/**
 * A model of buying fitted to customers of its own: recovered at the nominal rate over the trials of a run, the purchases to come
 * within their intervals, no figure that is none for any state, right against 50 digits, and no fit that takes far longer.
 */
export const models = {
  name: 'models',
  share: 1,
  async trial(random, _folder, asked) {
    registry ??= await source('models/registry.ts');
    const name = asked ?? random.pick(Object.keys(DRAWS));
    const own = found.get(name);
    const { figures, ...fit } = { figures: 4, ...recovered(registry.buyingModel(name), random) };
    const { states, error } = straight(registry.buyingModel(name), random);
    own.push({ ...fit, error });
    judge(name, own);
    return { kind: name, figures: figures + states };
  },
  /** A line of figures a model. */
  told() {
    return [...found].flatMap(([name, all]) => {
      const fits = all.filter(({ edge }) => !edge);
      if (fits.length === 0) return [];
      const rates = heldIn(fits).map(([what, k]) => `${what} ${k}`);
      const errors = all.flatMap(({ error }) => (error === null ? [] : [error]));
      const exact = errors.length > 0 ? [`off by ${Math.max(...errors).toExponential(1)} at most`] : [];
      const time = `${middle(fits).toFixed(3)} s a fit`;
      return [`${name}: of ${fits.length} intervals of 95 % held ${rates.join(', ')}; ${[time, ...exact].join(', ')}`];
    });
  },
};
