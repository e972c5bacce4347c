import gammaln from '@stdlib/math-base-special-gammaln';
import { ClvError } from '../../base/errors.ts';
import type { States } from '../../data/states.ts';
import { enoughCustomers, fitFrom, type Likelihood } from '../fitting.ts';
import { frequenciesAhead, frequenciesOf } from '../frequencies.ts';
import type { BuyingModel, PurchaseWindow } from '../model.ts';
import { sampleOf, totalsOf } from '../states.ts';
import { bgBbAlive, bgBbEvaluate, type Chances, split } from './likelihood.ts';

/** With two, every history is told by the shares of four kinds of customers: four parameters fit anything. */
const LEAST_OPPORTUNITIES = 3;
const tooFew = (longest: number): string =>
  `of ${longest} opportunities at most, not buying and having stopped look the same: use shorter opportunities`;

/** Below this rate an opportunity the difference of two discounted times loses its digits, and the limit is as good. */
const LEAST_RATE = 1e-7;

/**
 * A model of occasions behind the interface of the others, an opportunity being so many days. Recency and age are whole numbers
 * of opportunities, given as days, rounded. P(alive) is that at the next opportunity. A window holds the opportunities that end
 * within it; each is discounted from its end.
 */
export function occasions(name: string, chances: Chances, opportunityDays: number): BuyingModel {
  const { buying, stopping } = chances;
  const own = buying.ranges.length;
  const likelihood: Likelihood<States> = {
    name,
    parameterNames: [...buying.parameterNames, ...stopping.parameterNames],
    ranges: [...buying.ranges, ...stopping.ranges],
    peaks: 'many',
    edge(parameters, parameter, high) {
      const [ofBuying, ofStopping] = split(chances, parameters);
      return parameter < own ? buying.edge(ofBuying, high) : stopping.edge(ofStopping, high);
    },
    evaluate: (states, parameters) => bgBbEvaluate(states, parameters, chances),
  };
  const counted = (days: Int32Array): Int32Array => days.map((day) => Math.round(day / opportunityDays));
  const inOpportunities = (states: States): States => ({
    ...states,
    recency: counted(states.recency),
    age: counted(states.age),
  });
  const rateOf = (delta: number): number => Math.expm1(delta * opportunityDays);
  const countOf = (days: number | null): number | null => days && Math.floor(days / opportunityDays + 1e-9);

  /** A figure of every state that is its P(alive), a factor of its purchases, and one of its age, all in opportunities. */
  function product(
    states: States,
    alive: Float64Array,
    factor: (x: number, n: number) => number,
    of: (n: number) => number,
  ) {
    const { age } = inOpportunities(states);
    const byAge = new Map<number, number>();
    return alive.map((each, i) => {
      const n = age[i]!;
      const time = byAge.get(n) ?? of(n);
      byAge.set(n, time);
      return time === Number.POSITIVE_INFINITY ? time : each * factor(states.x[i]!, n) * time;
    });
  }

  const model: BuyingModel = {
    name,
    parameterNames: likelihood.parameterNames,
    ranges: likelihood.ranges,
    ...(stopping.unending && { unending: stopping.unending }),
    evaluate: (states, parameters) => likelihood.evaluate(inOpportunities(states), parameters),
    fit(states, start) {
      const customers = enoughCustomers(states);
      const counts = inOpportunities(states);
      const longest = counts.age.reduce((most, n) => Math.max(most, n), 0);
      if (longest < LEAST_OPPORTUNITIES) throw new ClvError('E303', { model: name, detail: tooFew(longest) });
      if (start) return fitFrom(likelihood, counts, null, customers, [start]);
      return fitFrom(likelihood, counts, sampleOf(counts), customers, startsFor(counts, chances));
    },
    logLikelihood: (states, parameters) => likelihood.evaluate(inOpportunities(states), parameters).value,
    pAlive: (states, parameters) => bgBbAlive(inOpportunities(states), parameters, chances),
    purchases(states, parameters, pAlive, { delta, days }) {
      const [ofBuying, ofStopping] = split(chances, parameters);
      const [d, opportunities] = [rateOf(delta), countOf(days)];
      const chance = (x: number, n: number): number => buying.mean(ofBuying, x, n - x);
      return product(states, pAlive, chance, (n) => stopping.time(n, ofStopping, d, opportunities));
    },
    /** A purchase at opportunity i and one at j > i are made if the customer is there at j: 2 E[p²] Σ_j v^j S(j) (v + … + v^(j−1)). */
    pairs(states, parameters, pAlive, { delta, days }: PurchaseWindow) {
      const [ofBuying, ofStopping] = split(chances, parameters);
      const [near, opportunities] = [rateOf(delta), countOf(days)];
      const d = Math.abs(near) < LEAST_RATE ? LEAST_RATE : near;
      const square = (x: number, n: number): number =>
        buying.mean(ofBuying, x, n - x) * buying.mean(ofBuying, x + 1, n - x);
      const time = (n: number, rate: number): number => stopping.time(n, ofStopping, rate, opportunities);
      return product(states, pAlive, square, (n) => (2 / d) * (time(n, d) - (1 + d) * time(n, d * (2 + d))));
    },
    /** Of n opportunities, x used: alive after all, or dead right after the i-th (Fader, Hardie & Shang 2010). */
    frequencies(states, parameters, most) {
      const counts = inOpportunities(states);
      const longest = counts.age.reduce((all, n) => Math.max(all, n), 0);
      const [ofBuying, ofStopping] = split(chances, parameters);
      const [bought, died] = [buying.moments(ofBuying, longest + 1), stopping.moments(ofStopping, longest + 1)];
      /** Alive at i and bought x times up to then. */
      const there = (x: number, i: number): number =>
        x > i ? 0 : Math.exp(logChoose(i, x) + bought.log(x, i - x) + died.log(0, i));
      return frequenciesOf(counts, most, (n) =>
        Float64Array.from({ length: most }, (_, x) => {
          let sum = there(x, n);
          for (let i = x; i < n; i++) sum += there(x, i) * stopping.mean(ofStopping, 0, i);
          return sum;
        }),
      );
    },
    frequenciesAhead(states, parameters, pAlive, most, days) {
      const counts = inOpportunities(states);
      const opportunities = countOf(days)!;
      const longest = counts.age.reduce((all, n) => Math.max(all, n), 0) + opportunities;
      const [ofBuying, ofStopping] = split(chances, parameters);
      const [bought, died] = [buying.moments(ofBuying, longest + 1), stopping.moments(ofStopping, longest + 1)];
      return frequenciesAhead(counts, pAlive, most, (already, n) => {
        const [log, alive] = [bought.log(already, n - already), died.log(0, n + 1)];
        /** There at the i-th opportunity from now on and bought x times up to then. */
        const there = (x: number, i: number): number =>
          x > i
            ? 0
            : Math.exp(
                logChoose(i, x) + bought.log(already + x, n - already + i - x) - log + died.log(0, n + i) - alive,
              );
        if (opportunities === 0) return Float64Array.from({ length: most }, (_, x) => Number(x === 0));
        return Float64Array.from({ length: most }, (_, x) => {
          let sum = there(x, opportunities);
          for (let i = Math.max(1, x); i < opportunities; i++) sum += there(x, i) * stopping.mean(ofStopping, 0, n + i);
          return sum;
        });
      });
    },
    heterogeneity(parameters) {
      const [ofBuying, ofStopping] = split(chances, parameters);
      return {
        buying: { name: 'Chance to buy at an opportunity', upTo: buying.shares(ofBuying) },
        stopping: { name: 'Chance to stop buying before an opportunity', upTo: stopping.shares(ofStopping) },
      };
    },
    one({ x, recency, age }, parameters, window) {
      const state = {
        length: 1,
        x: Int32Array.of(x),
        recency: Int32Array.of(Math.round(recency)),
        age: Int32Array.of(Math.round(age)),
        count: Float64Array.of(1),
      };
      const alive = model.pAlive(state, parameters);
      return { pAlive: alive[0]!, purchases: model.purchases(state, parameters, alive, window)[0]! };
    },
  };
  return model;
}

function logChoose(n: number, x: number): number {
  return gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1);
}

/** Purchases an opportunity about right, with chances to stop of several kinds. */
function startsFor(states: States, { buying, stopping }: Chances): number[][] {
  const { purchases, weeks } = totalsOf(states);
  // The states' times are opportunities: "weeks" are a seventh of those.
  const own = buying.starts(Math.min(0.9, (1.5 * purchases) / (weeks * 7)));
  return own.map((start, i) => [...start, ...stopping.starts[i]!]);
}
