/**
 * P(alive) and expected discounted purchases of a state by the published formulas in 50 digits: integrals by double-exponential
 * quadrature, hypergeometric functions by their series. Nothing is taken from src; times in weeks.
 */
import { Decimal } from 'decimal.js';

const D = Decimal.clone({ precision: 50, minE: -9e15, maxE: 9e15 });
const d = (value) => new D(value);
const [ZERO, ONE] = [d(0), d(1)];

/** ∫ of f from a to b by tanh-sinh; f may be steep or flat at its ends. Right to some 25 digits for what is smooth within. */
function integral(f, a, b, step = 1 / 24) {
  const half = b.minus(a).div(2);
  const halfPi = D.acos(-1).div(2);
  let sum = ZERO;
  for (let k = -Math.ceil(3.6 / step); k <= 3.6 / step; k++) {
    const t = d(k).times(step);
    const u = halfPi.times(t.sinh());
    // 1 − tanh u, so that the distance to an end keeps its digits.
    const rest = d(2).div(u.abs().times(2).exp().plus(1));
    const weight = halfPi.times(t.cosh()).div(u.cosh().pow(2));
    const at = k < 0 ? a.plus(half.times(rest)) : b.minus(half.times(rest));
    sum = sum.plus(weight.times(f(at)));
  }
  return sum.times(half).times(step);
}

/** ∫ of f from a to b, in two parts where it bends in between: its singularities beside that point need nodes close to it. */
function integralAcross(f, a, b, bend) {
  const isBetween = bend?.gt(a) && bend.lt(b);
  return isBetween ? integral(f, a, bend).plus(integral(f, bend, b)) : integral(f, a, b);
}

/**
 * Of a life with survival S and density g: P(alive), and purchases within H at δ.
 * @param bend the age beside which S has its singularities, where they are not on the real line
 */
function whileAlive({ survival, density, bend = null }, r, alpha) {
  return ({ x, recency, age }, delta, horizon) => {
    const n = r.plus(x);
    const live = (tau) => alpha.plus(tau).pow(n.negated());
    const alive = live(age).times(survival(age));
    const dying = (tau) => live(tau).times(density(tau));
    const dead = age.gt(recency) ? integralAcross(dying, recency, age, bend) : ZERO;
    const pAlive = alive.div(alive.plus(dead));
    const time = integralAcross(
      (u) =>
        delta
          .times(u)
          .negated()
          .exp()
          .times(survival(age.plus(u))),
      ZERO,
      horizon,
      bend?.minus(age),
    );
    return { pAlive, purchases: pAlive.times(n).div(alpha.plus(age)).times(time).div(survival(age)) };
  };
}

/** 2F1(a, b; c; z), 0 ≤ z < 1, by its series. */
function hypergeometric(a, b, c, z) {
  let [term, sum] = [ONE, ONE];
  for (let k = 0; term.abs().gt(sum.abs().times('1e-45')); k++) {
    term = term
      .times(a.plus(k))
      .times(b.plus(k))
      .div(c.plus(k).times(k + 1))
      .times(z);
    sum = sum.plus(term);
  }
  return sum;
}

/**
 * BG/NBD and MBG/NBD: E(t) given alive is (a+b′−1)/(a−1) · (1 − (c/(c+t))^n 2F1(n, b′; a+b′−1; t/(c+t))), b′ = b + x, or
 * b + x + 1 (Fader, Hardie & Lee 2005, eq. 10; Batislam et al. 2007); discounted by parts.
 */
function betaGeometric([r, alpha, a, b], atFirst) {
  return ({ x, recency, age }, delta, horizon) => {
    const n = r.plus(x);
    const c = alpha.plus(age);
    const stops = b.plus(x).plus(atFirst ? 1 : 0);
    const stopped = x === 0 && !atFirst ? ZERO : a.div(stops.minus(1)).times(c.div(alpha.plus(recency)).pow(n));
    const pAlive = ONE.div(stopped.plus(1));
    const sum = a.plus(stops).minus(1);
    const until = (t) => {
      const share = hypergeometric(n, stops, sum, t.div(c.plus(t)));
      return sum.div(a.minus(1)).times(ONE.minus(c.div(c.plus(t)).pow(n).times(share)));
    };
    const later = integral((u) => delta.times(u).negated().exp().times(until(u)), ZERO, horizon, 1 / 8);
    const total = delta.times(horizon).negated().exp().times(until(horizon)).plus(delta.times(later));
    return { pAlive, purchases: pAlive.times(total) };
  };
}

const MODELS = {
  'pareto-nbd': ([r, alpha, s, beta]) => {
    const survival = (t) => beta.div(beta.plus(t)).pow(s);
    return whileAlive({ survival, density: (t) => s.div(beta.plus(t)).times(survival(t)) }, r, alpha);
  },
  'ggom-nbd': ([r, alpha, b, s, beta]) => {
    const aged = (t) => beta.minus(1).plus(b.times(t).exp());
    const survival = (t) => beta.div(aged(t)).pow(s);
    const density = (t) => s.times(b).times(b.times(t).exp()).div(aged(t)).times(survival(t));
    return whileAlive({ survival, density, bend: beta.gt(1) ? beta.minus(1).ln().div(b) : null }, r, alpha);
  },
  'bg-nbd': (parameters) => betaGeometric(parameters, false),
  'mbg-nbd': (parameters) => betaGeometric(parameters, true),
};

/** The models that are evaluated here. */
export const EXACT = Object.keys(MODELS);

/** As numbers: P(alive) and purchases of a state in days within so many days at a rate δ a day. */
export function exactly(name, parameters, { x, recency, age }, { delta, days }) {
  const weeks = (value) => d(value).div(7);
  const of = MODELS[name](parameters.map(d));
  const { pAlive, purchases } = of({ x, recency: weeks(recency), age: weeks(age) }, d(delta).times(7), weeks(days));
  return { pAlive: pAlive.toNumber(), purchases: purchases.toNumber() };
}
