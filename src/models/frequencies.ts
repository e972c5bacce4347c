import gammaln from '@stdlib/math-base-special-gammaln';
import type { States } from '../data/states.ts';
import { integrateBy } from './numeric/quadrature.ts';

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
  for (const [days, n] of customers) {
    const own = shares(days);
    let rest = 1;
    for (let x = 0; x < most; x++) {
      found[x]! += n * own[x]!;
      rest -= own[x]!;
    }
    found[most]! += n * Math.max(0, rest);
  }
  return found;
}

/** What is counted of customers who buy while they are alive, times in weeks. */
export interface Living {
  /** ln E[λ^x e^(−λu)], of x purchases at given times in so many weeks. */
  during(x: number, weeks: number): number;
  survival(weeks: number): number;
  /** Of the time of death; absent where nobody dies later than at once. */
  density?: ((weeks: number) => number) | undefined;
  /** The chance to be dead right after the first purchase. */
  readonly atOnce: number;
  /** How far from u a factor of the integrand has no singularity, and how fast its logarithm falls with x purchases. */
  reach(u: number): number;
  steepness(x: number, u: number): number;
}

/** P(X = 0 … most − 1) in so many weeks: S(T) q_x(T) + ∫_0^T f(u) q_x(u) du, q_x(u) = E[λ^x e^(−λu)] u^x/x!. */
export function countsWhileAlive(living: Living, weeks: number, most: number): Float64Array {
  if (weeks === 0) return Float64Array.from({ length: most }, (_, x) => (x === 0 ? 1 : 0));
  const { density } = living;
  return Float64Array.from({ length: most }, (_, x) => {
    const bought = (u: number): number => shareOf(living.during(x, u), x, u);
    const dead = density
      ? integrateBy(
          (u) => density(u) * bought(u),
          weeks,
          (u) => Math.min(living.reach(u), 3 / living.steepness(x, u)),
        )
      : 0;
    return living.survival(weeks) * bought(weeks) + dead + (x === 0 ? living.atOnce : 0);
  });
}

/** P(x events in t) from ln E[λ^x e^(−λt)], t > 0. */
export function shareOf(log: number, x: number, t: number): number {
  return Math.exp(log + x * Math.log(t) - gammaln(x + 1));
}
