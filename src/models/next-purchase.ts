import type { States } from '../data/states.ts';
import type { PurchaseWindow } from './model.ts';
import { gaussLegendre } from './numeric/quadrature.ts';
import { runsByPurchases } from './states.ts';

const NODES = 20;

/** When a customer alive buys next, if it lives to: the share y still waiting after u weeks, turned around. */
export interface Waiting {
  /** Still waiting after so many weeks. */
  share(weeks: number): number;
  /** The weeks after which so many are still waiting. */
  weeks(share: number): number;
}

/** Rates are Gamma(n, c) of who is alive with n − r purchases, c = α + T: ((c + u)/c)^−n. */
export function gammaWaiting(n: number, c: number): Waiting {
  return {
    share: (weeks) => Math.exp(-n * Math.log1p(weeks / c)),
    weeks: (share) => c * Math.expm1(-Math.log(share) / n),
  };
}

/** One rate λ a week. */
export function poissonWaiting(lambda: number): Waiting {
  return { share: (weeks) => Math.exp(-lambda * weeks), weeks: (share) => -Math.log(share) / lambda };
}

/**
 * P(at least one purchase within a window) of every state: P(alive) · ∫_w^1 S(T+u)/S(T) dy, u the weeks after which the share y
 * waits for the next purchase, w that at the end of the window; y = z², for S is steep where hardly anybody waits.
 * @param survival S(T+u)/S(T) of customers alive after so many weeks
 */
export function buyAgainWhileAlive(
  states: States,
  pAlive: Float64Array,
  { days }: PurchaseWindow,
  waitingOf: (x: number, weeks: number) => Waiting,
  survival: (weeks: number) => (later: number) => number,
): Float64Array {
  const { nodes, weights } = gaussLegendre(NODES);
  const found = new Float64Array(states.length);
  const chance = (x: number, weeks: number): number => {
    const [waiting, lives] = [waitingOf(x, weeks), survival(weeks)];
    const low = days === null ? 0 : Math.sqrt(waiting.share(days / 7));
    let sum = 0;
    for (let j = 0; j < NODES; j++) {
      const z = low + (1 - low) * nodes[j]!;
      sum += weights[j]! * 2 * z * lives(waiting.weeks(z * z));
    }
    return (1 - low) * sum;
  };
  for (const { x, from, to } of runsByPurchases(states)) {
    const byAge = new Map<number, number>();
    for (let i = from; i < to; i++) {
      const age = states.age[i]!;
      const known = byAge.get(age) ?? chance(x, age / 7);
      byAge.set(age, known);
      found[i] = pAlive[i]! * known;
    }
  }
  return found;
}
