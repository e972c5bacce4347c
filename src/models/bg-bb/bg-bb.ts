import { ClvError } from '../../base/errors.ts';
import type { States } from '../../data/states.ts';
import { enoughCustomers, fitFrom, type Likelihood } from '../fitting.ts';
import type { BuyingModel, PurchaseWindow } from '../model.ts';
import { sampleOf, totalsOf } from '../states.ts';
import { discountedOpportunities } from './future.ts';
import { bgBbAlive, bgBbEvaluate } from './likelihood.ts';

/**
 * BG/BB (Fader, Hardie & Shang 2010): at each opportunity a living customer buys with a chance that is Beta(α, β) over
 * customers, and dies before it with a chance that is Beta(γ, δ). Parameters have no unit but the opportunity.
 */
const SHAPE = { low: 1e-4, high: 1e4 };

const likelihood: Likelihood<States> = {
  name: 'bg-bb',
  parameterNames: ['alpha', 'beta', 'gamma', 'delta'],
  ranges: [SHAPE, SHAPE, SHAPE, SHAPE],
  peaks: 'many',
  edge([, , gamma, delta], parameter, high) {
    if (parameter < 2)
      return high ? 'everybody is equally likely to buy' : 'some buy at every opportunity, the others never';
    if (gamma! / delta! < 1e-3) return 'nobody seems to stop buying';
    return high ? 'everybody is equally likely to stop buying' : 'some stop buying at once, the others never';
  },
  evaluate: bgBbEvaluate,
};

/** With two, every history is told by the shares of four kinds of customers: four parameters fit anything. */
const LEAST_OPPORTUNITIES = 3;
const tooFew = (longest: number): string =>
  `of ${longest} opportunities at most, not buying and having stopped look the same: use shorter opportunities`;

/**
 * The model behind the interface of the others, an opportunity being so many days. Recency and age are whole numbers of
 * opportunities, given as days, rounded. P(alive) is that at the next opportunity. A window holds the opportunities that end
 * within it; each is discounted from its end.
 */
export function bgBb(opportunityDays: number): BuyingModel {
  const counted = (days: Int32Array): Int32Array => days.map((day) => Math.round(day / opportunityDays));
  const inOpportunities = (states: States): States => ({
    ...states,
    recency: counted(states.recency),
    age: counted(states.age),
  });
  const timeToCome = (n: number, [, , gamma, stay]: readonly number[], { delta, days }: PurchaseWindow): number => {
    const opportunities = days === null ? null : Math.floor(days / opportunityDays + 1e-9);
    return discountedOpportunities(n, [gamma!, stay!], Math.expm1(delta * opportunityDays), opportunities);
  };
  /** Chance to buy at an opportunity of a living customer. */
  const chance = (x: number, n: number, [alpha, beta]: readonly number[]): number =>
    (alpha! + x) / (alpha! + beta! + n);

  return {
    name: likelihood.name,
    parameterNames: likelihood.parameterNames,
    fit(states, start) {
      const customers = enoughCustomers(states);
      const own = inOpportunities(states);
      const longest = own.age.reduce((most, n) => Math.max(most, n), 0);
      if (longest < LEAST_OPPORTUNITIES)
        throw new ClvError('E303', { model: likelihood.name, detail: tooFew(longest) });
      if (start) return fitFrom(likelihood, own, null, customers, [start]);
      return fitFrom(likelihood, own, sampleOf(own), customers, startsFor(own));
    },
    logLikelihood: (states, parameters) => bgBbEvaluate(inOpportunities(states), parameters).value,
    pAlive: (states, parameters) => bgBbAlive(inOpportunities(states), parameters),
    purchases(states, parameters, pAlive, window) {
      const { age } = inOpportunities(states);
      const byAge = new Map<number, number>();
      return pAlive.map((alive, i) => {
        const n = age[i]!;
        const time = byAge.get(n) ?? timeToCome(n, parameters, window);
        byAge.set(n, time);
        return time === Number.POSITIVE_INFINITY ? time : alive * chance(states.x[i]!, n, parameters) * time;
      });
    },
    one({ x, recency, age }, parameters, window) {
      const state = {
        length: 1,
        x: Int32Array.of(x),
        recency: Int32Array.of(Math.round(recency / opportunityDays)),
        age: Int32Array.of(Math.round(age / opportunityDays)),
        count: Float64Array.of(1),
      };
      const n = state.age[0]!;
      const pAlive = bgBbAlive(state, parameters)[0]!;
      const time = timeToCome(n, parameters, window);
      return { pAlive, purchases: time === Number.POSITIVE_INFINITY ? time : pAlive * chance(x, n, parameters) * time };
    },
  };
}

/** Customers that differ much, little, in whether they stop at all, and hardly; purchases an opportunity about right. */
function startsFor(states: States): number[][] {
  const { purchases, weeks } = totalsOf(states);
  // The states' times are opportunities: "weeks" are a seventh of those.
  const chance = Math.min(0.9, (1.5 * purchases) / (weeks * 7));
  return [
    [1, (1 - chance) / chance, 0.7, 3],
    [3 * chance, 3 * (1 - chance), 2, 20],
    [1, (1 - chance) / chance, 0.05, 0.1],
    [20 * chance, 20 * (1 - chance), 10, 100],
  ];
}
