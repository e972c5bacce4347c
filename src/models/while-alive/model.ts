import type { States } from '../../data/states.ts';
import { enoughCustomers, fitFrom, type Likelihood } from '../fitting.ts';
import { countsWhileAlive, frequenciesAhead, frequenciesOf, type Living, livingLater } from '../frequencies.ts';
import { type Heterogeneity, purchasesAYear } from '../heterogeneity.ts';
import type { BuyingModel, Inside, OneState, PurchaseWindow } from '../model.ts';
import { buyAgainWhileAlive } from '../next-purchase.ts';
import { integrateBy } from '../numeric/quadrature.ts';
import { pairedTime } from '../paired-time.ts';
import { atAges, sampleOf, totalsOf } from '../states.ts';
import type { Buying } from './buying.ts';
import type { Life } from './life.ts';
import { WhileAlive } from './likelihood.ts';

/**
 * A model of customers who buy at a rate while they are alive, by how they buy and how long they live. Expected purchases in
 * a window: P(alive) · E(λ) · ∫ e^(−δu) S(T+u)/S(T) du.
 * @param takes what it takes of all customers, in plain words
 */
export function whileAlive(
  name: string,
  takes: string,
  { buying, life }: { readonly buying: Buying; readonly life: Life },
  limits: readonly BuyingModel[],
): BuyingModel {
  const likely = new WhileAlive(buying, life);
  const split = buying.parameterNames.length;
  const likelihood: Likelihood<States> = {
    name,
    parameterNames: [...buying.parameterNames, ...life.parameterNames],
    ranges: [...buying.ranges, ...life.ranges],
    edge: (parameters, parameter, high) =>
      parameter < split ? buying.edge(high) : life.edge(parameters.slice(split), high),
    evaluate: (states, parameters) => likely.evaluate(states, parameters),
  };
  const timeOf = (parameters: readonly number[], weeks: number, window: PurchaseWindow): number =>
    life.discountedTime(parameters.slice(split), weeks, window);
  /** P(alive) of one customer by direct integration of what there is to die from t_x on, relative to living at t_x. */
  const aliveOf = ({ x, recency, age }: OneState, parameters: readonly number[]): number => {
    const [ofBuying, ofLife] = [parameters.slice(0, split), parameters.slice(split)];
    const last = recency / 7;
    const quiet = (weeks: number): number => buying.during(ofBuying, x, weeks).value;
    const base = quiet(last) + life.survival(ofLife, last).value;
    const { density } = life;
    const alive = Math.exp(quiet(age / 7) + life.survival(ofLife, age / 7).value - base);
    const near = Math.min(buying.reach(ofBuying), life.reach(ofLife)) + last;
    const dead = density
      ? integrateBy(
          (u) => Math.exp(quiet(last + u) + density(ofLife, last + u).value - base),
          (age - recency) / 7,
          (u) => Math.min(near + u, 3 / (buying.steepness(ofBuying, x, last + u) + life.steepness(ofLife, last + u))),
        )
      : 0;
    const atOnce = life.atOnce && x === 0 && age > 0 ? Math.exp(life.atOnce(ofLife).value + quiet(0) - base) : 0;
    return alive / (alive + dead + atOnce);
  };

  return {
    name,
    parameterNames: likelihood.parameterNames,
    timePowers: [...buying.timePowers, ...life.timePowers],
    takes,
    limits,
    inside: (parameters) => insideOf({ buying, life }, parameters.slice(0, split), parameters.slice(split)),
    ...(life.unending && { unending: life.unending }),
    fit(states, start) {
      const customers = enoughCustomers(states);
      if (start) return fitFrom(likelihood, states, null, customers, [start]);
      const counts = totalsOf(states);
      const starts = buying.starts(counts).flatMap((own) => life.starts(counts).map((ends) => [...own, ...ends]));
      return fitFrom(likelihood, states, sampleOf(states), customers, starts);
    },
    logLikelihood: (states, parameters) => likely.logLikelihood(states, parameters),
    pAlive: (states, parameters) => likely.pAlive(states, parameters),
    purchases(states, parameters, pAlive, window) {
      const times = atAges(states, (weeks) => timeOf(parameters, weeks, window));
      return pAlive.map((alive, i) => {
        const time = times[states.age[i]!]!;
        if (time === Number.POSITIVE_INFINITY) return time;
        return alive * buying.rates(parameters, states.x[i]!, states.age[i]! / 7)[0] * time;
      });
    },
    pairs(states, parameters, pAlive, window) {
      const times = atAges(states, (weeks) => pairedTime((each) => timeOf(parameters, weeks, each), window));
      return pAlive.map(
        (alive, i) => alive * buying.rates(parameters, states.x[i]!, states.age[i]! / 7)[1] * times[states.age[i]!]!,
      );
    },
    frequencies(states, parameters, most) {
      const living = livingOf({ buying, life }, parameters.slice(0, split), parameters.slice(split));
      return frequenciesOf(states, most, (days) => countsWhileAlive(living, days / 7, most));
    },
    frequenciesAhead(states, parameters, pAlive, most, days) {
      const living = livingOf({ buying, life }, parameters.slice(0, split), parameters.slice(split));
      return frequenciesAhead(states, pAlive, most, (x, age) =>
        countsWhileAlive(livingLater(living, x, age / 7), days / 7, most),
      );
    },
    buyAgain(states, parameters, pAlive, window) {
      const ofLife = parameters.slice(split);
      return buyAgainWhileAlive(
        states,
        pAlive,
        window,
        (x, weeks) => buying.waiting(parameters, x, weeks),
        (weeks) => {
          const now = life.survival(ofLife, weeks).value;
          return (later) => Math.exp(life.survival(ofLife, weeks + later).value - now);
        },
      );
    },
    heterogeneity: (parameters) =>
      heterogeneityOf({ buying, life }, parameters.slice(0, split), parameters.slice(split)),
    one({ x, recency, age }, parameters, window) {
      const pAlive = aliveOf({ x, recency, age }, parameters);
      const time = timeOf(parameters, age / 7, window);
      const [rate] = buying.rates(parameters, x, age / 7);
      return { pAlive, purchases: time === Number.POSITIVE_INFINITY ? time : pAlive * rate * time };
    },
  };
}

/** How many purchases customers make. */
export function livingOf(
  { buying, life }: { readonly buying: Buying; readonly life: Life },
  ofBuying: readonly number[],
  ofLife: readonly number[],
): Living {
  const { density } = life;
  const constants = new Map<number, number>();
  const constant = (x: number): number => {
    const value = constants.get(x) ?? buying.constant(ofBuying, x).value;
    constants.set(x, value);
    return value;
  };
  return {
    during: (x, weeks) => constant(x) + buying.during(ofBuying, x, weeks).value,
    rate: (x, weeks) => buying.rates(ofBuying, x, weeks)[0],
    survival: (weeks) => Math.exp(life.survival(ofLife, weeks).value),
    density: density && ((weeks) => Math.exp(density(ofLife, weeks).value)),
    atOnce: life.atOnce ? Math.exp(life.atOnce(ofLife).value) : 0,
    reach: (u) => Math.min(buying.reach(ofBuying), life.reach(ofLife)) + u,
    steepness: (x, u) => buying.steepness(ofBuying, x, u) + life.steepness(ofLife, u),
  };
}

/** How customers differ in how they buy and in how long they live. */
export function heterogeneityOf(
  { buying, life }: { readonly buying: Pick<Buying, 'shares'>; readonly life: Pick<Life, 'shares'> },
  ofBuying: readonly number[],
  ofLife: readonly number[],
): Heterogeneity {
  return {
    buying: purchasesAYear(buying.shares(ofBuying)),
    stopping: { name: 'Chance to stop buying within a year', upTo: life.shares(ofLife) },
  };
}

/** The ways into Pareto/NBD: where lives are at an edge those of lives, rates being what they are or nearly so. */
function insideOf(
  { buying, life }: { readonly buying: Buying; readonly life: Life },
  ofBuying: readonly number[],
  ofLife: readonly number[],
): readonly Inside[] {
  const rates = buying.inside?.(ofBuying);
  const ofRates = rates?.start ?? ofBuying;
  const ways = life.inside?.(ofLife);
  if (!ways) return rates ? [{ ...rates, start: [...ofRates, ...ofLife] }] : [];
  return ways.map(({ start, parameter, factor, fixed }) => ({
    start: [...ofRates, ...start],
    parameter: parameter + 2,
    factor,
    fixed: [...(rates?.fixed ?? []), ...fixed.map((i) => i + 2)],
  }));
}
