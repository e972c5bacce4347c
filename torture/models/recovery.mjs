import { holds } from '../wrong.mjs';
import { DRAWS, statesOf } from './draws.mjs';

/** χ² that 95 % stay below, by degrees of freedom (4 and 5 are all that models have). */
const CHI2 = { 4: 9.487729, 5: 11.0705 };
const WINDOW = { delta: Math.log(1.15) / 365.25, days: 3 * 365.25 };

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** Discounted purchases of all customers in three years. */
function total(model, states, parameters) {
  const each = model.purchases(states, parameters, model.pAlive(states, parameters), WINDOW);
  return dot(states.count, each);
}

/**
 * Fits a model to customers that were made by it: whether twice the log-likelihood lost by the truth is below its χ² (in the 95 %
 * region), which parameters are within 1.96 of their own standard errors (of the logs), whether their 95 % interval holds the
 * purchases to come under the truth, and the processor time of the fit. Edges, where the sample has no optimum, are told apart.
 */
export function recovered(model, random, customers = 2000) {
  const draw = DRAWS[model.name];
  const parameters = draw.parameters(random);
  const states = statesOf(random, draw, parameters, customers, 500 + 300 * random.uniform());
  const began = process.cpuUsage();
  let fit;
  try {
    fit = model.fit(states);
  } catch (error) {
    if (error.code !== 'E303') throw error;
    // What it says it tended to, to three digits, must be as likely as the truth is.
    const [, told] = /\(([^()]*)\)$/.exec(error.values.detail);
    const at = told.split(', ').map((one) => Number(one.split(' ')[1]));
    const short = model.logLikelihood(states, parameters) - model.logLikelihood(states, at);
    holds(
      `${model.name} of ${parameters}: an edge (${told}) that is less likely than the truth by ${short}`,
      short <= 0.5,
    );
    return { edge: true };
  }
  const { user, system } = process.cpuUsage(began);
  const lost = 2 * (fit.logLikelihood - model.logLikelihood(states, parameters));
  const within = parameters.map((truth, i) => {
    const error = Math.sqrt(fit.covariance[i][i]) / fit.parameters[i];
    return Math.abs(Math.log(fit.parameters[i] / truth)) <= 1.96 * error;
  });
  const gradient = fit.parameters.map((value, i) => {
    const step = 1e-4 * value;
    const at = (h) => total(model, states, fit.parameters.with(i, value + h));
    return (at(step) - at(-step)) / (2 * step);
  });
  const error = Math.sqrt(
    dot(
      gradient,
      fit.covariance.map((row) => dot(row, gradient)),
    ),
  );
  const [expected, truth] = [fit.parameters, parameters].map((p) => total(model, states, p));
  const figures = [lost, error, expected, truth, ...fit.parameters];
  holds(`${model.name} of ${parameters} gives ${figures}`, figures.every(Number.isFinite) && lost >= -1e-6);
  return {
    ...{ edge: false, inRegion: lost <= CHI2[parameters.length], within, cpu: (user + system) / 1e6 },
    ...{ holds: Math.abs(expected - truth) <= 1.96 * error, off: (expected - truth) / error },
  };
}

/** The chance of at most k of n at a rate p; its first terms may be below what a float64 holds. */
function atMost(k, n, p) {
  let [log, sum] = [n * Math.log1p(-p), 0];
  for (let i = 0; i <= k; i++) {
    sum += Math.exp(log);
    log += Math.log(((n - i) / (i + 1)) * (p / (1 - p)));
  }
  return sum;
}

/**
 * Whether chance at a rate explains k of n: neither tail is less likely than 1 in 100,000, as many are looked at, after each trial.
 */
export function isByChance(k, n, p) {
  return atMost(k, n, p) > 1e-5 && 1 - atMost(k - 1, n, p) > 1e-5;
}
