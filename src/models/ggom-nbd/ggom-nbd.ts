import gammaln from '@stdlib/math-base-special-gammaln';
import type { States } from '../../data/states.ts';
import { enoughCustomers, fitFrom, type Likelihood } from '../fitting.ts';
import { countsWhileAlive, frequenciesAhead, frequenciesOf, type Living, livingLater } from '../frequencies.ts';
import { gammaShares, purchasesAYear, YEAR_WEEKS } from '../heterogeneity.ts';
import type { BuyingModel, OneState } from '../model.ts';
import { buyAgainWhileAlive, gammaWaiting } from '../next-purchase.ts';
import { integrateBy } from '../numeric/quadrature.ts';
import { pairedTime } from '../paired-time.ts';
import { atAges, sampleOf, totalsOf } from '../states.ts';
import { discountedLife, laterBeta, logRise, singularity } from './life.ts';
import { ggomAlive, ggomEvaluate, ggomLogLikelihood } from './likelihood.ts';

/**
 * GGom/NBD (Bemmaor & Glady 2012): as Pareto/NBD, customers buy at rates that are Gamma(r, α) while alive, but they age: the
 * hazard of a customer grows as η b e^(bτ), η ~ Gamma(s, β). α in weeks, b per week. As b tends to 0 with β/b constant it
 * becomes Pareto/NBD with s and β/b.
 * Expected purchases in a window: P(alive) · (r+x)/(α+T) · ∫ e^(−δu) S(T+u)/S(T) du.
 */
const likelihood: Likelihood<States> = {
  name: 'ggom-nbd',
  parameterNames: ['r', 'alpha', 'b', 's', 'beta'],
  ranges: [
    { low: 1e-4, high: 1e3 },
    { low: 1e-4, high: 1e6 },
    { low: 1e-6, high: 20 },
    { low: 1e-4, high: 1e3 },
    { low: 1e-10, high: 1e8 },
  ],
  peaks: 'many',
  edge([, , b, s, beta], parameter, high) {
    if (parameter < 2) return high ? 'everybody buys at the same rate' : 'almost nobody buys again';
    if (b! < 1e-3 && !high)
      return 'b and beta are not identified, as b tends to 0 only beta/b counts: pareto-nbd is the simpler model to use';
    if (parameter === 3) return high ? 'everybody ages alike' : 'the same few stop buying, the others never';
    if (parameter === 4 && high)
      return `hardly anybody stops buying before an age of ${(Math.log1p(beta! / s!) / b!).toFixed(0)} weeks, then all do`;
    return 'some stop buying at once, the others at a steady rate: mbg-nbd is the simpler model to try';
  },
  evaluate: ggomEvaluate,
};

export const ggomNbd: BuyingModel = {
  name: likelihood.name,
  parameterNames: likelihood.parameterNames,
  timePowers: [0, 1, -1, 0, 0],
  fit(states, start) {
    const customers = enoughCustomers(states);
    if (start) return fitFrom(likelihood, states, null, customers, [start]);
    return fitFrom(likelihood, states, sampleOf(states), customers, startsFor(states));
  },
  logLikelihood: ggomLogLikelihood,
  pAlive: ggomAlive,
  purchases(states, parameters, pAlive, window) {
    const [r, alpha, b, s, beta] = parameters as [number, number, number, number, number];
    const timeAt = atAges(states, (weeks) => discountedLife(b, s, laterBeta(b, beta, weeks), window) / (alpha + weeks));
    return pAlive.map((alive, i) => alive * (r + states.x[i]!) * timeAt[states.age[i]!]!);
  },
  pairs(states, parameters, pAlive, window) {
    const [r, alpha, b, s, beta] = parameters as [number, number, number, number, number];
    const pairsAt = atAges(
      states,
      (weeks) =>
        pairedTime((each) => discountedLife(b, s, laterBeta(b, beta, weeks), each), window) / (alpha + weeks) ** 2,
    );
    return pAlive.map((alive, i) => {
      const n = r + states.x[i]!;
      return alive * n * (n + 1) * pairsAt[states.age[i]!]!;
    });
  },
  frequencies(states, parameters, most) {
    const living = livingOf(parameters);
    return frequenciesOf(states, most, (days) => countsWhileAlive(living, days / 7, most));
  },
  frequenciesAhead(states, parameters, pAlive, most, days) {
    const living = livingOf(parameters);
    return frequenciesAhead(states, pAlive, most, (x, age) =>
      countsWhileAlive(livingLater(living, x, age / 7), days / 7, most),
    );
  },
  buyAgain(states, parameters, pAlive, window) {
    const [r, alpha, b, s, beta] = parameters as [number, number, number, number, number];
    return buyAgainWhileAlive(
      states,
      pAlive,
      window,
      (x, weeks) => gammaWaiting(r + x, alpha + weeks),
      (weeks) => {
        const from = laterBeta(b, beta, weeks);
        return (later) => Math.exp(-s * logRise(b, from, later));
      },
    );
  },
  /** Of who has η the chance to stop within the first year is 1 − e^(−η (e^(b·year) − 1)). */
  heterogeneity([r, alpha, b, s, beta]: readonly number[]) {
    const [rates, risks] = [gammaShares(r!, alpha!), gammaShares(s!, beta!)];
    return {
      buying: purchasesAYear(rates),
      stopping: {
        name: 'Chance to stop buying within the first year',
        upTo: (chance) => (chance >= 1 ? 1 : risks(-Math.log1p(-chance) / Math.expm1(b! * YEAR_WEEKS))),
      },
    };
  },
  one(state, parameters, window) {
    const [r, alpha, b, s, beta] = parameters as [number, number, number, number, number];
    const pAlive = aliveOf(state, parameters);
    const weeks = state.age / 7;
    const time = discountedLife(b, s, laterBeta(b, beta, weeks), window);
    return { pAlive, purchases: (pAlive * (r + state.x) * time) / (alpha + weeks) };
  },
};

/** How many purchases customers make. */
function livingOf(parameters: readonly number[]): Living {
  const [r, alpha, b, s, beta] = parameters as [number, number, number, number, number];
  const hazard = (u: number): number => (s * b) / laterBeta(b, beta, u);
  const survival = (u: number): number => Math.exp(-s * logRise(b, beta, u));
  const near = Math.min(alpha, singularity(b, beta));
  return {
    during: (x, u) => gammaln(r + x) - gammaln(r) + r * Math.log(alpha) - (r + x) * Math.log(alpha + u),
    rate: (x, u) => (r + x) / (alpha + u),
    survival,
    density: (u) => survival(u) * hazard(u),
    atOnce: 0,
    reach: (u) => near + u,
    steepness: (x, u) => (r + x) / (alpha + u) + (1 + 1 / s) * hazard(u) + b,
  };
}

/** Hazards that rise tenfold, a little, a thousandfold, and fall; the rate so that purchases come out about right. */
function startsFor(states: States): number[][] {
  const { customers, purchases, weeks } = totalsOf(states);
  const rate = purchases / weeks;
  const age = weeks / customers;
  return [
    [0.7, 0.5 / rate, 4 / age, 0.7, 10],
    [0.7, 0.4 / rate, 1 / age, 0.7, 1.5],
    [1, 0.9 / rate, 10 / age, 0.7, 1000],
    [0.5, 0.25 / rate, 0.5 / age, 0.5, 0.2],
  ];
}

/** P(alive) of one customer by direct integration over the time since t_x, relative to the likelihood of living at t_x. */
function aliveOf({ x, recency, age }: OneState, parameters: readonly number[]): number {
  const [r, alpha, b, s, beta] = parameters as [number, number, number, number, number];
  const n = r + x;
  const last = alpha + recency / 7;
  const from = laterBeta(b, beta, recency / 7);
  const living = (u: number): number => Math.exp(-n * Math.log1p(u / last) - s * logRise(b, from, u));
  const hazard = (u: number): number => (s * b) / laterBeta(b, from, u);
  const near = Math.min(last, singularity(b, from));
  const steepness = (u: number): number => n / (last + u) + (1 + 1 / s) * hazard(u) + b;
  const now = (age - recency) / 7;
  const dead = integrateBy(
    (u) => living(u) * hazard(u),
    now,
    (u) => Math.min(near + u, 3 / steepness(u)),
  );
  return living(now) / (living(now) + dead);
}
