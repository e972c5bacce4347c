import { betaShare } from './numeric/gamma-ratio.ts';
import { gammaShare } from './numeric/gamma-share.ts';

/** Something in which the customers of a model differ when they begin. */
export interface Trait {
  /** What differs, as a heading: a rate, from 0 without end, or a chance, from 0 to 1. */
  readonly name: TraitName;
  /** The share of customers with at most so much. */
  upTo(value: number): number;
}

export type TraitName = keyof typeof TRAITS;

/** What customers may differ in, and whether it is a chance. */
export const TRAITS = {
  'Purchases a year, while a customer': { chance: false },
  'Chance to buy at an opportunity': { chance: true },
  'Chance to stop buying within a year': { chance: true },
  'Chance to stop buying within the first year': { chance: true },
  'Chance to stop buying after a purchase': { chance: true },
  'Chance to stop buying before an opportunity': { chance: true },
} as const;

/** How customers differ in buying and in stopping, by the parameters of a model. */
export interface Heterogeneity {
  readonly buying: Trait;
  readonly stopping: Trait;
}

/** Share of customers with at most so much. */
export type Shares = (value: number) => number;

/** The trait is Gamma(shape, rate) over customers. */
export function gammaShares(shape: number, rate: number): Shares {
  return (value) => gammaShare(shape, rate * value);
}

/** The trait is Beta(a, b) over customers. */
export function betaShares(a: number, b: number): Shares {
  return (value) => betaShare(a, b, value);
}

/** Customers are of some kinds, each a share of them with one value in common. */
export function kindShares(...kinds: readonly (readonly [value: number, share: number])[]): Shares {
  return (value) => kinds.reduce((sum, [own, share]) => (own <= value ? sum + share : sum), 0);
}

/** Weeks in a year. */
export const YEAR_WEEKS = 365.25 / 7;

/** From events a week, of which one in so many is a purchase. */
export function purchasesAYear(events: Shares, phases = 1): Trait {
  return { name: 'Purchases a year, while a customer', upTo: (value) => events((value * phases) / YEAR_WEEKS) };
}

/** The hazard a week behind a chance to stop within a year, where it stays what it is. */
export function hazardOf(chance: number): number {
  return -Math.log1p(-chance) / YEAR_WEEKS;
}
