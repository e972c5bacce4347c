import type { States } from '../../data/states.ts';
import { enoughCustomers, fitFrom, type Likelihood } from '../fitting.ts';
import { frequenciesAhead, frequenciesOf, shareOf } from '../frequencies.ts';
import { purchasesAYear } from '../heterogeneity.ts';
import type { BuyingModel, Fit, OneState, PurchaseWindow } from '../model.ts';
import { pairedTimes } from '../paired-time.ts';
import { runsOfX, sampleOf, totalsOf } from '../states.ts';
import { discountedPurchases, purchasesWithin } from './future.ts';
import type { ToCome } from './kernel.ts';
import { aliveFrom, betaGeometricEvaluate, logOdds } from './likelihood.ts';
import {
  type Kind,
  phasesAlive,
  phasesConstant,
  phasesEvaluate,
  phasesLogLikelihood,
  split,
} from './phases-likelihood.ts';

/**
 * Customers may stop after each purchase, the first included or not. They differ in their rates of buying and in their chance to
 * stop, or do not; purchases come at any time or, with phases, more regularly.
 * @param published whether it is BG/NBD or MBG/NBD itself, whose figures are those of their own likelihood to the last bit
 */
export function betaGeometric(name: string, kind: Kind, published: boolean): BuyingModel {
  const { first, phases, rates, chance } = kind;
  const likelihood: Likelihood<States> = {
    name,
    parameterNames: [...rates.parameterNames, ...chance.parameterNames],
    ranges: [...rates.ranges, ...chance.ranges],
    edge(parameters, parameter, high) {
      const [buying, stopping] = split(kind, parameters);
      if (parameter < buying.length) return rates.edge(high);
      return chance.edge(stopping, parameter - buying.length, high);
    },
    evaluate: published
      ? (states, parameters) => betaGeometricEvaluate(states, parameters, first)
      : (states, parameters) => phasesEvaluate(states, parameters, kind),
  };

  /** P(alive) of customers of one x. */
  function aliveOf(x: number, parameters: readonly number[]): (last: number, age: number) => number {
    if (published) return (last, age) => aliveFrom(logOdds(parameters, x, x + first, last, age));
    return phasesAlive(x, parameters, kind);
  }

  /** What is known of customers of one x. */
  function knownOf(x: number, parameters: readonly number[]): ToCome {
    const [buying, stopping] = split(kind, parameters);
    return {
      n: rates.n(x, phases, buying),
      phases,
      nodes: chance.nodes(x + first, stopping),
      lifetime: chance.lifetime(x + first, stopping),
    };
  }

  /** Purchases to come of customers of one x and some ages, days, given that they are alive and when they bought last. */
  function purchasesOf(x: number, ages: Iterable<number>, parameters: readonly number[], window: PurchaseWindow) {
    const [buying] = split(kind, parameters);
    const known = knownOf(x, parameters);
    const scaleOf = new Map(Array.from(ages, (age) => [age, rates.scale(age / 7, buying)]));
    const scales = [...new Set(scaleOf.values())];
    const found = discountedPurchases(known, scales, window);
    const ofScale = new Map(scales.map((scale, i) => [scale, found[i]!]));
    const ofAge = new Map(Array.from(scaleOf, ([age, scale]) => [age, ofScale.get(scale)!]));
    const shares = new Float64Array(phases);
    return (last: number, age: number): number => {
      const values = ofAge.get(age)!;
      if (phases === 1 || values[0] === Number.POSITIVE_INFINITY) return values[0]!;
      const total = rates.byPhase(x, buying, last / 7, age / 7, shares);
      let sum = 0;
      for (let j = 0; j < phases; j++) sum += (shares[j]! / total) * values[j]!;
      return sum;
    };
  }

  /**
   * Pairs of purchases, where these come at any time. A purchase at t is made at the rate λ e^(−λpt), and one at u > t after it
   * if the customer stays, so that both discounted are E[2λ²(1−p) ∫ e^(−(δ+λp)u) (1 − e^(−δu))/δ du]: purchases to come of n + 1
   * at the weight 1 − p, discounted once less twice.
   */
  function pairs(
    states: States,
    parameters: readonly number[],
    pAlive: Float64Array,
    window: PurchaseWindow,
  ): Float64Array {
    const [buying, stopping] = split(kind, parameters);
    const runs = runsOfX(states);
    const found = new Float64Array(states.length);
    for (let run = 0; run + 1 < runs.length; run++) {
      const [from, to] = [runs[run]!, runs[run + 1]!];
      const x = states.x[from]!;
      const n = rates.n(x, phases, buying);
      const { p, stay, weights } = chance.nodes(x + first, stopping);
      const nodes = { p, stay, weights: weights.map((weight, i) => weight * stay[i]!) };
      const known = { n: n === null ? null : n + 1, phases, nodes, lifetime: 0 };
      const ages = [...new Set(states.age.subarray(from, to))];
      const scales = ages.map((age) => rates.scale(age / 7, buying));
      const times = pairedTimes((each) => discountedPurchases(known, scales, each).map(([only]) => only!), window);
      const byAge = new Map(ages.map((age, i) => [age, ((n ?? 1) / scales[i]!) * times[i]!]));
      for (let i = from; i < to; i++) found[i] = pAlive[i]! * byAge.get(states.age[i]!)!;
    }
    return found;
  }

  /**
   * P(X = 0 … most − 1) from J events of the Poisson process behind purchases of k phases:
   * E[(1−p)^m] P(kx ≤ J < kx + k) + E[p(1−p)^(m−1)] P(J ≥ kx), m the chances to stop (Fader, Hardie & Lee 2005, 2007, note 014).
   * @param event P(J = j) @param met chances to stop with x purchases @param there the same of who is known to be there
   */
  function countsOf(
    event: (j: number) => number,
    stopping: readonly number[],
    most: number,
    met: (x: number) => number,
    there: number | null,
  ): number[] {
    let [below, events] = [0, 0];
    const known = there === null ? 0 : chance.stay(there, stopping)[0];
    return Array.from({ length: most }, (_, x) => {
      const [stay, odds] = [chance.stay(met(x), stopping)[0] - known, chance.odds(met(x), stopping)[0]];
      const stopped = met(x) === there ? 0 : Math.exp(stay + odds) * Math.max(0, 1 - below);
      let now = 0;
      for (let j = 0; j < phases; j++, events++) now += event(events);
      below += now;
      return Math.exp(stay) * now + stopped;
    });
  }

  function ahead(
    states: States,
    parameters: readonly number[],
    pAlive: Float64Array,
    most: number,
    days: number,
  ): Float64Array {
    const [buying, stopping] = split(kind, parameters);
    return frequenciesAhead(states, pAlive, most, (bought, age) => {
      const now = rates.logB(bought, 1, buying)(age / 7);
      const event = (j: number): number =>
        shareOf(rates.logB(bought + j, 1, buying)((age + days) / 7) - now, j, days / 7);
      return countsOf(event, stopping, most, (x) => bought + first + x, bought + first);
    });
  }

  /**
   * P(at least one purchase within the window). Who is still there meets no chance to stop before it: of phase j, k − j events
   * are to come, which are negative binomial (Poisson where there is one rate).
   */
  function buyAgain(
    states: States,
    parameters: readonly number[],
    pAlive: Float64Array,
    { days }: PurchaseWindow,
  ): Float64Array {
    if (days === null) return pAlive;
    const [buying] = split(kind, parameters);
    const shares = new Float64Array(phases);
    return pAlive.map((alive, i) => {
      const [x, age] = [states.x[i]!, states.age[i]! / 7];
      const n = rates.n(x, phases, buying);
      const total = rates.byPhase(x, buying, states.recency[i]! / 7, age, shares);
      const past = days / 7 / rates.scale(age, buying);
      return (
        alive * shares.reduce((sum, share, j) => sum + (share / total) * eventsAtLeast(phases - j, n && n + j, past), 0)
      );
    });
  }

  function fitted(states: States, start?: readonly number[], near?: readonly number[]): Fit {
    const customers = enoughCustomers(states);
    const found = start
      ? fitFrom(likelihood, states, null, customers, [start])
      : fitFrom(likelihood, states, sampleOf(states), customers, [...(near ? [near] : []), ...startsFor(states, kind)]);
    return { ...found, logLikelihood: found.logLikelihood + phasesConstant(states, phases) };
  }

  return {
    name,
    parameterNames: likelihood.parameterNames,
    timePowers: [...rates.timePowers, ...chance.parameterNames.map(() => 0)],
    ...(chance.unending && { unending: true }),
    fit: (states, start) => fitted(states, start),
    fitNear: (states, near) => fitted(states, undefined, near),
    logLikelihood(states, parameters) {
      if (published) return likelihood.evaluate(states, parameters).value;
      return phasesLogLikelihood(states, parameters, kind) + phasesConstant(states, phases);
    },
    pAlive(states, parameters) {
      const alive = new Float64Array(states.length);
      const starts = runsOfX(states);
      for (let run = 0; run + 1 < starts.length; run++) {
        const of = aliveOf(states.x[starts[run]!]!, parameters);
        for (let i = starts[run]!; i < starts[run + 1]!; i++) alive[i] = of(states.recency[i]! / 7, states.age[i]! / 7);
      }
      return alive;
    },
    purchases(states, parameters, pAlive, window) {
      const expected = new Float64Array(states.length);
      const starts = runsOfX(states);
      for (let run = 0; run + 1 < starts.length; run++) {
        const [from, to] = [starts[run]!, starts[run + 1]!];
        const value = purchasesOf(states.x[from]!, new Set(states.age.subarray(from, to)), parameters, window);
        for (let i = from; i < to; i++) expected[i] = weighted(pAlive[i]!, value(states.recency[i]!, states.age[i]!));
      }
      return expected;
    },
    ...(phases === 1 && { pairs }),
    frequencies(states, parameters, most) {
      const [buying, stopping] = split(kind, parameters);
      return frequenciesOf(states, most, (days) => {
        const event = (j: number): number => shareOf(rates.logB(j, 1, buying)(days / 7), j, days / 7);
        return countsOf(event, stopping, most, (x) => x + first, null);
      });
    },
    ...(phases === 1 && { frequenciesAhead: ahead }),
    buyAgain,
    buysAgainByRecency: phases > 1,
    curve(parameters, days) {
      const pAlive = aliveOf(0, parameters)(0, 0);
      const [buying] = split(kind, parameters);
      return purchasesWithin(knownOf(0, parameters), rates.scale(0, buying), days).map(([now]) => pAlive * now!);
    },
    heterogeneity(parameters) {
      const [buying, stopping] = split(kind, parameters);
      return {
        buying: purchasesAYear(rates.shares(buying), phases),
        stopping: { name: 'Chance to stop buying after a purchase', upTo: chance.shares(stopping) },
      };
    },
    one({ x, recency, age }: OneState, parameters, window) {
      const pAlive = aliveOf(x, parameters)(recency / 7, age / 7);
      return { pAlive, purchases: weighted(pAlive, purchasesOf(x, [age], parameters, window)(recency, age)) };
    },
  };
}

/** P(at least so many events) in a time of `past` over the scale c: negative binomial of n, or Poisson where n is null. */
function eventsAtLeast(least: number, n: number | null, past: number): number {
  let none = n === null ? Math.exp(-past) : Math.exp(-n * Math.log1p(past));
  let fewer = 0;
  for (let events = 0; events < least; events++) {
    fewer += none;
    none *= n === null ? past / (events + 1) : ((n + events) / (events + 1)) * (past / (1 + past));
  }
  return 1 - fewer;
}

/** What nobody may be alive for is still endless. */
function weighted(pAlive: number, value: number): number {
  return value === Number.POSITIVE_INFINITY ? value : pAlive * value;
}

/** Tried in turn: chances to stop that differ much, little, and hardly at all; the rate from purchases over time. */
function startsFor(states: States, { rates, chance, phases }: Kind): number[][] {
  const { customers, repeat, purchases, weeks } = totalsOf(states);
  const share = Math.min(0.5, repeat / (repeat + purchases), customers / (customers + purchases));
  const stopping = chance.starts(share);
  return rates.starts(purchases / weeks, phases).map((buying, i) => [...buying, ...stopping[i]!]);
}
