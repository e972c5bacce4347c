import type { BuyingModel } from '../model.ts';
import { betaGeometric } from './beta-geometric.ts';
import { atOnce, betaChance, type Chance, noChance, oneChance } from './chances.ts';
import type { Kind } from './phases-likelihood.ts';
import { gammaRates, oneRate } from './rates.ts';

/** How the name of a model begins by its chance, where the first purchase is no chance to stop and where it is one. */
const NAMES: readonly (readonly [Chance, string, string])[] = [
  [betaChance, 'bg-', 'mbg-'],
  [oneChance, 'g-', 'mg-'],
  // Who stops at once has bought once in all, or once again.
  [atOnce, 'one-inflated-', 'zero-inflated-'],
  [noChance, '', ''],
];

const TAKES: readonly (readonly [Chance, string])[] = [
  [oneChance, 'everybody is equally likely to stop buying'],
  [atOnce, 'some stop buying at once, the others never'],
  [noChance, 'nobody stops buying'],
];

const made = new Map<string, BuyingModel>();

/**
 * (M)BG/CNBD-k and its limits: of the rates, r, α → ∞, all alike; of the chances, a, b → ∞, all alike, a, b → 0, at once or never,
 * a/b → 0, nobody; and both. Purchases of k phases are "condensed" (Chatfield & Goodhardt 1973): cnbd-2, cpoisson-2.
 * @param regular whether the number of phases belongs to the name of the whole, and to what is told of it
 */
export function stoppingAfterPurchases(kind: Kind, regular: boolean): BuyingModel {
  const { phases, rates, chance } = kind;
  const name = nameOf(kind, regular);
  const key = `${name} ${kind.first} ${regular}`;
  const known = made.get(key);
  if (known) return known;
  const limits = [
    ...(rates === gammaRates ? [{ ...kind, rates: oneRate }] : []),
    ...simpler(chance).map((other) => ({ ...kind, chance: other })),
  ];
  const takes = [
    ...(rates === oneRate ? ['everybody buys at the same rate'] : []),
    ...TAKES.flatMap(([of, words]) => (of === chance ? [words] : [])),
  ];
  const model: BuyingModel = {
    ...betaGeometric(name, kind, !regular && rates === gammaRates && chance === betaChance),
    ...(limits.length > 0 && { limits: limits.map((limit) => stoppingAfterPurchases(limit, regular)) }),
    ...(takes.length > 0 && { takes: takes.join(', and ') }),
    ...(regular && { regularity: phases }),
    ...(phases > 1 && { needsGaps: true }),
  };
  made.set(key, model);
  return model;
}

function simpler(chance: Chance): Chance[] {
  if (chance === betaChance) return [oneChance, atOnce, noChance];
  return chance === noChance ? [] : [noChance];
}

function nameOf({ first, phases, rates, chance }: Kind, regular: boolean): string {
  const prefix = NAMES.find(([of]) => of === chance)![1 + first];
  const counts = rates === gammaRates ? 'nbd' : 'poisson';
  const whole = regular && rates === gammaRates && chance === betaChance;
  return phases > 1 || whole ? `${prefix}c${counts}-${phases}` : `${prefix}${counts}`;
}
