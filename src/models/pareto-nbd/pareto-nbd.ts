import type { States } from '../../data/states.ts';
import { enoughCustomers, fitFrom, type Likelihood } from '../fitting.ts';
import { countsWhileAlive, frequenciesAhead, frequenciesOf, livingLater } from '../frequencies.ts';
import type { BuyingModel, OneState } from '../model.ts';
import { buyAgainWhileAlive, gammaWaiting } from '../next-purchase.ts';
import { integrate } from '../numeric/quadrature.ts';
import { pairedTime } from '../paired-time.ts';
import { atAges, sampleOf, totalsOf } from '../states.ts';
import { gammaRates } from '../while-alive/buying.ts';
import { paretoEdge, paretoLife } from '../while-alive/life.ts';
import { LIMITS_OF_PARETO_NBD } from '../while-alive/limits.ts';
import { heterogeneityOf, livingOf } from '../while-alive/model.ts';
import { discountedTime } from '../while-alive/pareto-time.ts';
import { paretoEvaluate } from './derivatives.ts';
import { paretoPurchaseGradients } from './gradients.ts';
import { paretoAlive, paretoLogLikelihood } from './likelihood.ts';

/**
 * Pareto/NBD (Schmittlein, Morrison & Colombo 1987; Fader & Hardie, note 009): while alive, customers buy at rates that are
 * Gamma(r, α); they live for times that are exponential at rates that are Gamma(s, β). Parameters have the week as unit.
 * Expected purchases in a window: P(alive) · (r+x)/(α+T) · ∫ e^(−δu) S(T+u)/S(T) du.
 */
const SHAPE = { low: 1e-4, high: 1e3 };
const WEEKS = { low: 1e-4, high: 1e6 };

const likelihood: Likelihood<States> = {
  name: 'pareto-nbd',
  parameterNames: ['r', 'alpha', 's', 'beta'],
  ranges: [SHAPE, WEEKS, SHAPE, { low: 1e-20, high: 1e6 }],
  edge: (parameters, parameter, high) =>
    parameter < 2 ? gammaRates.edge(high) : paretoEdge(parameters.slice(2), high),
  evaluate: paretoEvaluate,
};

export const paretoNbd: BuyingModel = {
  name: likelihood.name,
  parameterNames: likelihood.parameterNames,
  timePowers: [0, 1, 0, 1],
  limits: LIMITS_OF_PARETO_NBD,
  evaluate: paretoEvaluate,
  ranges: likelihood.ranges,
  fit(states, start) {
    const customers = enoughCustomers(states);
    if (start) return fitFrom(likelihood, states, null, customers, [start]);
    return fitFrom(likelihood, states, sampleOf(states), customers, startsFor(states));
  },
  logLikelihood: paretoLogLikelihood,
  pAlive: paretoAlive,
  purchases(states, parameters, pAlive, window) {
    const [r, alpha, s, beta] = parameters as [number, number, number, number];
    const factors = atAges(states, (weeks) => discountedTime(s, beta + weeks, window) / (alpha + weeks));
    const expected = new Float64Array(states.length);
    for (let i = 0; i < states.length; i++) {
      const factor = factors[states.age[i]!]!;
      expected[i] = factor === Number.POSITIVE_INFINITY ? factor : pAlive[i]! * (r + states.x[i]!) * factor;
    }
    return expected;
  },
  purchaseGradients: paretoPurchaseGradients,
  pairs(states, parameters, pAlive, window) {
    const [r, alpha, s, beta] = parameters as [number, number, number, number];
    const factors = atAges(
      states,
      (weeks) => pairedTime((each) => discountedTime(s, beta + weeks, each), window) / (alpha + weeks) ** 2,
    );
    return pAlive.map((alive, i) => {
      const n = r + states.x[i]!;
      return alive * n * (n + 1) * factors[states.age[i]!]!;
    });
  },
  /** By integration: the closed form (Fader & Hardie, note 013) is a difference of hypergeometric functions. */
  frequencies(states, parameters, most) {
    const living = livingOf({ buying: gammaRates, life: paretoLife }, parameters.slice(0, 2), parameters.slice(2));
    return frequenciesOf(states, most, (days) => countsWhileAlive(living, days / 7, most));
  },
  frequenciesAhead(states, parameters, pAlive, most, days) {
    const living = livingOf({ buying: gammaRates, life: paretoLife }, parameters.slice(0, 2), parameters.slice(2));
    return frequenciesAhead(states, pAlive, most, (x, age) =>
      countsWhileAlive(livingLater(living, x, age / 7), days / 7, most),
    );
  },
  buyAgain(states, parameters, pAlive, window) {
    const [r, alpha, s, beta] = parameters as [number, number, number, number];
    return buyAgainWhileAlive(
      states,
      pAlive,
      window,
      (x, weeks) => gammaWaiting(r + x, alpha + weeks),
      (weeks) => (later) => Math.exp(-s * Math.log1p(later / (beta + weeks))),
    );
  },
  heterogeneity: (parameters) =>
    heterogeneityOf({ buying: gammaRates, life: paretoLife }, parameters.slice(0, 2), parameters.slice(2)),
  one(state, parameters, window) {
    const [r, alpha, s, beta] = parameters as [number, number, number, number];
    const pAlive = aliveOf(state, parameters);
    const time = discountedTime(s, beta + state.age / 7, window);
    const rate = (r + state.x) / (alpha + state.age / 7);
    return { pAlive, purchases: time === Number.POSITIVE_INFINITY ? time : pAlive * rate * time };
  },
};

/** Tried in turn: dropout of some, slow, fast, alike for all, and of some at once; the rate so that purchases come out about right. */
function startsFor(states: States): number[][] {
  const { customers, purchases, weeks } = totalsOf(states);
  const rate = purchases / weeks;
  const age = weeks / customers;
  return [
    [0.5, 0.25 / rate, 0.5, age / 3],
    [1, 0.9 / rate, 0.3, age * 3],
    [1, 0.2 / rate, 1, age / 10],
    [3, 1.5 / rate, 2, age],
    [1, 0.6 / rate, 0.05, 0.1],
  ];
}

/** P(alive) of one customer by direct integration of the likelihood's second term (likelihood.ts), relative to t_x. */
function aliveOf({ x, recency, age }: OneState, parameters: readonly number[]): number {
  const [r, alpha, s, beta] = parameters as [number, number, number, number];
  const [last, now] = [recency / 7, age / 7];
  const n = r + x;
  const fall = (past: number): number =>
    -n * Math.log1p(past / (alpha + last)) - (s + 1) * Math.log1p(past / (beta + last));
  const base = Math.min(alpha, beta) + last;
  const width = Math.log1p((now - last) / base);
  const panels = Math.ceil(Math.max(width, ((n + s + 1) * width) / 8)) || 1;
  const dead = integrate((v) => Math.exp(fall(base * Math.expm1(v)) + v), 0, width, panels, 20) * base * s;
  const alive = Math.exp(fall(now - last)) * (beta + now);
  return alive / (alive + dead);
}
