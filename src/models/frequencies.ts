import gammaln from '@stdlib/math-base-special-gammaln';
import type { States } from '../data/states.ts';
import { gaussLegendre } from './numeric/quadrature.ts';

/**
 * Expected customers by repeat purchases: 0, 1 … most − 1, then so many and more.
 * @param shares of the customers of an age in days those with 0 … most − 1
 */
export function frequenciesOf(
  { length, age, count }: States,
  most: number,
  shares: (days: number) => ArrayLike<number>,
): Float64Array {
  const customers = new Map<number, number>();
  for (let i = 0; i < length; i++) customers.set(age[i]!, (customers.get(age[i]!) ?? 0) + count[i]!);
  const found = new Float64Array(most + 1);
  for (const [days, n] of customers) addShares(found, n, shares(days));
  return found;
}

/**
 * Expected customers by the purchases they will make, likewise; who is not alive makes none.
 * @param shares of the customers alive with x purchases at an age in days
 */
export function frequenciesAhead(
  { length, x, age, count }: States,
  pAlive: Float64Array,
  most: number,
  shares: (x: number, days: number) => ArrayLike<number>,
): Float64Array {
  const found = new Float64Array(most + 1);
  const alive = new Map<number, Map<number, number>>();
  for (let i = 0; i < length; i++) {
    const ages = alive.get(x[i]!) ?? new Map<number, number>();
    alive.set(x[i]!, ages.set(age[i]!, (ages.get(age[i]!) ?? 0) + count[i]! * pAlive[i]!));
    found[0]! += count[i]! * (1 - pAlive[i]!);
  }
  for (const [bought, ages] of alive) for (const [days, n] of ages) addShares(found, n, shares(bought, days));
  return found;
}

function addShares(found: Float64Array, customers: number, shares: ArrayLike<number>): void {
  const most = found.length - 1;
  let rest = 1;
  for (let x = 0; x < most; x++) {
    found[x]! += customers * shares[x]!;
    rest -= shares[x]!;
  }
  found[most]! += customers * Math.max(0, rest);
}

/** What is counted of customers who buy while they are alive, times in weeks. */
export interface Living {
  /** ln E[λ^x e^(−λu)], of x purchases at given times in so many weeks. */
  during(x: number, weeks: number): number;
  /** E(λ) of customers with x purchases in so many weeks. */
  rate(x: number, weeks: number): number;
  survival(weeks: number): number;
  /** Of the time of death; absent where nobody dies later than at once. */
  density?: ((weeks: number) => number) | undefined;
  /** The chance to be dead right after the first purchase. */
  readonly atOnce: number;
  /** How far from u a factor of the integrand has no singularity, and how fast its logarithm falls with x purchases. */
  reach(u: number): number;
  steepness(x: number, u: number): number;
}

/** Customers alive after x purchases in so many weeks, from then on. */
export function livingLater(living: Living, x: number, weeks: number): Living {
  const { density } = living;
  const there = living.survival(weeks);
  const now = living.during(x, weeks);
  return {
    during: (j, u) => living.during(x + j, weeks + u) - now,
    rate: (j, u) => living.rate(x + j, weeks + u),
    survival: (u) => living.survival(weeks + u) / there,
    density: density && ((u) => density(weeks + u) / there),
    atOnce: weeks === 0 ? living.atOnce : 0,
    reach: (u) => living.reach(weeks + u),
    steepness: (j, u) => living.steepness(x + j, weeks + u),
  };
}

/**
 * P(X = 0 … most − 1) in so many weeks: S(T) q_x(T) + ∫_0^T f(u) q_x(u) du, q_x(u) = E[λ^x e^(−λu)] u^x/x!; a purchase more is
 * q_(x+1) = q_x E(λ | x) u/(x+1).
 */
export function countsWhileAlive(living: Living, weeks: number, most: number): Float64Array {
  const counts = new Float64Array(most);
  const add = (weight: number, u: number): void => {
    let share = weight * Math.exp(living.during(0, u));
    for (let x = 0; x < most; x++) {
      counts[x]! += share;
      share *= (living.rate(x, u) * u) / (x + 1);
    }
  };
  add(living.survival(weeks), weeks);
  if (weeks > 0) counts[0]! += living.atOnce;
  const { density } = living;
  const { nodes, weights } = gaussLegendre(20);
  for (let from = 0; density && from < weeks; ) {
    const width = Math.min(living.reach(from), 3 / living.steepness(most, from), weeks - from);
    for (let j = 0; j < nodes.length; j++) {
      const u = from + nodes[j]! * width;
      add(weights[j]! * width * density(u), u);
    }
    from = width === weeks - from ? weeks : from + width;
  }
  return counts;
}

/** P(x events in t) from ln E[λ^x e^(−λt)]. */
export function shareOf(log: number, x: number, t: number): number {
  if (t === 0) return x === 0 ? 1 : 0;
  return Math.exp(log + x * Math.log(t) - gammaln(x + 1));
}
