import { statesOfGroup } from '../engine/groups.ts';
import { TRAITS, type Trait, type TraitName } from '../models/heterogeneity.ts';
import type { FittedCustomers } from './fit.ts';

/** How much of the customers has a trait between two values, the upper one included; null: without end. */
export interface TraitBin {
  readonly above: number;
  readonly upTo: number | null;
  readonly share: number;
}

/** How customers differ in one trait, as their models have it. */
export interface TraitSpread {
  readonly name: TraitName;
  readonly chance: boolean;
  readonly bins: readonly TraitBin[];
}

/** How customers differ in how they buy and in how they stop. */
export interface Differences {
  readonly buying: TraitSpread;
  readonly stopping: TraitSpread;
}

/** How customers differ when they begin, by the fitted parameters of their groups, each as large as it is. */
export function heterogeneityOf({ states, groups }: Pick<FittedCustomers, 'states' | 'groups'>): Differences {
  const all = groups.map(({ group, model, fit }) => {
    const { count } = states.groups ? statesOfGroup(states, group) : states;
    return { customers: count.reduce((sum, one) => sum + one, 0), of: model.heterogeneity(fit.parameters) };
  });
  const customers = all.reduce((sum, one) => sum + one.customers, 0);
  const spreadBy = (traitOf: (one: (typeof all)[0]) => Trait): TraitSpread => {
    const { name } = traitOf(all[0]!);
    const { chance } = TRAITS[name];
    const upTo = (value: number): number =>
      all.reduce((sum, one) => sum + one.customers * traitOf(one).upTo(value), 0) / customers;
    return { name, chance, bins: chance ? chanceBins(upTo) : rateBins(upTo) };
  };
  return { buying: spreadBy(({ of }) => of.buying), stopping: spreadBy(({ of }) => of.stopping) };
}

const TENTHS = Array.from({ length: 10 }, (_, i) => (i + 1) / 10);

function chanceBins(shareUpTo: (value: number) => number): TraitBin[] {
  return between([0, ...TENTHS], shareUpTo);
}

/** Bounds of bins of a rate: 0.001, 0.002, 0.005, 0.01 … 5,000. */
const BOUNDS = Array.from({ length: 7 }, (_, i) => [1, 2, 5].map((step) => Number(`${step}e${i - 3}`))).flat();
/** Bins with an end at most; the lowest share one, and above the last hardly anybody is. */
const BINS = 9;
const HARDLY = 0.005;

function rateBins(shareUpTo: (value: number) => number): TraitBin[] {
  const found = BOUNDS.findIndex((bound) => shareUpTo(bound) >= 1 - HARDLY);
  const last = found < 0 ? BOUNDS.length - 1 : found;
  const bounds = BOUNDS.slice(Math.max(0, last - BINS + 1), last + 1);
  const end = bounds.at(-1)!;
  const rest = 1 - shareUpTo(end);
  const bins = between([0, ...bounds], shareUpTo);
  return rest > 0 ? [...bins, { above: end, upTo: null, share: rest }] : bins;
}

/** The first bin has its lower bound too. */
function between(bounds: readonly number[], shareUpTo: (value: number) => number): TraitBin[] {
  return bounds.slice(1).map((upTo, i) => {
    const above = bounds[i]!;
    return { above, upTo, share: shareUpTo(upTo) - (i === 0 ? 0 : shareUpTo(above)) };
  });
}
