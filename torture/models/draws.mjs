/**
 * Parameters of every model, drawn by a seed, and customers who behave by them: each model as its paper tells it, a life and its
 * purchases one after the other, without any formula of ours. Rates are slow enough that whole days lose next to nothing.
 */

/** Between two bounds, as likely in each fraction of its order of magnitude. */
export const between = (random, low, high) => low * (high / low) ** random.uniform();

/** Beta(a, b) as a share of two gammas. */
function beta(random, a, b) {
  const one = random.gamma(a, 1);
  return one / (one + random.gamma(b, 1));
}

/** Purchases at a rate a week, of every `k` events one, until the age or the end of a life; times in days. */
function purchases(random, rate, age, k, goesOn) {
  const times = [];
  for (let week = 0; goesOn(week, times.length); ) {
    for (let event = 0; event < k; event++) week += random.exponential(rate);
    if (week * 7 > age) break;
    times.push(Math.round(week * 7));
  }
  return times;
}

/** A life with an end that a model draws: purchases before it. */
function untilDeath(random, rate, life, age) {
  return purchases(random, rate, Math.min(age, life * 7), 1, () => true);
}

/** Who may stop after each purchase, the first included or not. */
function untilStopped(random, rate, chance, age, k, atFirst) {
  return purchases(random, rate, age, k, (_, made) => (made === 0 && !atFirst) || random.uniform() >= chance);
}

const buying = (random) => {
  const r = between(random, 0.4, 3);
  return [r, r * between(random, 30, 120)];
};

const stopping = (random) => [between(random, 0.4, 2), between(random, 1, 5)];

/** Parameters far apart, such as fits may come by: shapes .05 to 8, scales of .05 to 500 weeks. */
const [SHAPE, SCALE] = [
  [0.05, 8],
  [0.05, 500],
];
/** Shapes of the chance to stop: hardly anybody may. */
const STOPS = [0.001, 8];

/** By name of a model: how its parameters are drawn, and the purchase days of one customer of an age in days, the first at 0. */
export const DRAWS = {
  'pareto-nbd': {
    far: [SHAPE, SCALE, SHAPE, SCALE],
    parameters: (random) => [...buying(random), between(random, 0.5, 2), between(random, 60, 300)],
    customer: (random, [r, alpha, s, b], age) =>
      untilDeath(random, random.gamma(r, alpha), random.exponential(random.gamma(s, b)), age),
  },
  'bg-nbd': {
    far: [SHAPE, SCALE, STOPS, [0.05, 50]],
    parameters: (random) => [...buying(random), ...stopping(random)],
    customer: (random, [r, alpha, a, b], age) =>
      untilStopped(random, random.gamma(r, alpha), beta(random, a, b), age, 1, false),
  },
  'mbg-nbd': {
    far: [SHAPE, SCALE, STOPS, [0.05, 50]],
    parameters: (random) => [...buying(random), ...stopping(random)],
    customer: (random, [r, alpha, a, b], age) =>
      untilStopped(random, random.gamma(r, alpha), beta(random, a, b), age, 1, true),
  },
  'bg-cnbd-2': {
    far: [SHAPE, SCALE, STOPS, [0.05, 50]],
    parameters: (random) => {
      const [r, alpha] = buying(random);
      return [r, alpha / 2, ...stopping(random)];
    },
    customer: (random, [r, alpha, a, b], age) =>
      untilStopped(random, random.gamma(r, alpha), beta(random, a, b), age, 2, false),
  },
  'mbg-cnbd-3': {
    far: [SHAPE, SCALE, STOPS, [0.05, 50]],
    parameters: (random) => {
      const [r, alpha] = buying(random);
      return [r, alpha / 3, ...stopping(random)];
    },
    customer: (random, [r, alpha, a, b], age) =>
      untilStopped(random, random.gamma(r, alpha), beta(random, a, b), age, 3, true),
  },
  'ggom-nbd': {
    far: [SHAPE, SCALE, [0.001, 0.5], SHAPE, SCALE],
    parameters: (random) => {
      const b = between(random, 0.005, 0.015);
      const s = between(random, 0.5, 2);
      return [...buying(random), b, s, s * between(random, 5, 30)];
    },
    customer: (random, [r, alpha, b, s, scale], age) => {
      const life = Math.log1p(random.exponential(1) / random.gamma(s, scale)) / b;
      return untilDeath(random, random.gamma(r, alpha), life, age);
    },
  },
};

/** Distinct states with counts and the sum of logs of gaps, as the ledger gives them, of so many customers. */
export function statesOf(random, { customer }, parameters, customers, weeks) {
  const counts = new Map();
  let logGaps = 0;
  for (let i = 0; i < customers; i++) {
    const age = Math.floor(7 * weeks * (1 - random.uniform() / 2));
    const days = [...new Set([0, ...customer(random, parameters, age)])];
    for (let at = 1; at < days.length; at++) logGaps += Math.log((days[at] - days[at - 1]) / 7);
    const key = [days.length - 1, days.at(-1), age].join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rows = [...counts].map(([key, count]) => [...key.split(',').map(Number), count]);
  rows.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  const column = (at) => Int32Array.from(rows, (row) => row[at]);
  const count = Float64Array.from(rows, (row) => row[3]);
  return { length: rows.length, logGaps, x: column(0), recency: column(1), age: column(2), count };
}
