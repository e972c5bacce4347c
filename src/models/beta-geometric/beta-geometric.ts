import type { States } from '../../data/states.ts';
import { enoughCustomers, fitFrom, type Likelihood } from '../fitting.ts';
import type { BuyingModel } from '../model.ts';
import { runsOfX, sampleOf, totalsOf } from '../states.ts';
import { discountedPurchases } from './future.ts';
import { aliveFrom, betaGeometricEvaluate, logOdds } from './likelihood.ts';

/** What BG/NBD and MBG/NBD share: customers may stop after each purchase, the first included (1) or not (0). */
export function betaGeometric(name: string, first: 0 | 1): BuyingModel {
  const likelihood: Likelihood<States> = {
    name,
    parameterNames: ['r', 'alpha', 'a', 'b'],
    ranges: [
      { low: 1e-4, high: 1e3 },
      { low: 1e-4, high: 1e6 },
      { low: 1e-4, high: 1e3 },
      { low: 1e-4, high: 1e6 },
    ],
    edge([, , a, b], parameter, high) {
      if (parameter < 2) return high ? 'everybody buys at the same rate' : 'almost nobody buys again';
      if (a! / b! < 1e-4) return 'nobody seems to stop buying';
      return high ? 'everybody is equally likely to stop buying' : 'some stop buying at once, the others never';
    },
    evaluate: (states, parameters) => betaGeometricEvaluate(states, parameters, first),
  };
  /** Parameters of the chance to stop, given that a customer with x purchases is alive. */
  const chanceOf = (x: number, [, , a, b]: readonly number[]): [number, number] => [a!, b! + x + first];

  return {
    name,
    parameterNames: likelihood.parameterNames,
    fit(states, start) {
      const customers = enoughCustomers(name, states);
      if (start) return fitFrom(likelihood, states, null, customers, [start]);
      return fitFrom(likelihood, states, sampleOf(states), customers, startsFor(states));
    },
    logLikelihood: (states, parameters) => likelihood.evaluate(states, parameters).value,
    pAlive(states, parameters) {
      const alive = new Float64Array(states.length);
      for (let i = 0; i < states.length; i++) {
        const x = states.x[i]!;
        alive[i] = aliveFrom(logOdds(parameters, x, x + first, states.recency[i]! / 7, states.age[i]! / 7));
      }
      return alive;
    },
    purchases(states, parameters, pAlive, window) {
      const [r, alpha] = parameters as [number, number];
      const expected = new Float64Array(states.length);
      const starts = runsOfX(states);
      for (let run = 0; run + 1 < starts.length; run++) {
        const x = states.x[starts[run]!]!;
        const ages = [...new Set(states.age.subarray(starts[run]!, starts[run + 1]!))];
        const values = discountedPurchases(r + x, alpha, chanceOf(x, parameters), ages, window);
        const byAge = new Map(ages.map((age, k) => [age, values[k]!]));
        for (let i = starts[run]!; i < starts[run + 1]!; i++) {
          const value = byAge.get(states.age[i]!)!;
          expected[i] = value === Number.POSITIVE_INFINITY ? value : pAlive[i]! * value;
        }
      }
      return expected;
    },
    one({ x, recency, age }, parameters, window) {
      const [r, alpha] = parameters as [number, number];
      const pAlive = aliveFrom(logOdds(parameters, x, x + first, recency / 7, age / 7));
      const [value] = discountedPurchases(r + x, alpha, chanceOf(x, parameters), [age], window) as [number];
      return { pAlive, purchases: value === Number.POSITIVE_INFINITY ? value : pAlive * value };
    },
  };
}

/** Tried in turn: chances to stop that differ much, little, and hardly at all; the rate from purchases over time. */
function startsFor(states: States): number[][] {
  const { customers, repeat, purchases, weeks } = totalsOf(states);
  const rate = purchases / weeks;
  const chance = Math.min(0.5, repeat / (repeat + purchases), customers / (customers + purchases));
  return [
    [0.3, 0.2 / rate, 0.8, 0.8 / chance],
    [1, 0.5 / rate, 3, 3 / chance],
    [0.5, 0.5 / rate, 0.2, 1],
    [3, 2 / rate, 20, 20 / chance],
  ];
}
