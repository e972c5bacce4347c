import { holds } from '../wrong.mjs';
import { between, DRAWS } from './draws.mjs';
import { EXACT, exactly } from './exact.mjs';

const WINDOW = { delta: Math.log(1.15) / 365.25, days: 3 * 365.25 };
/** By how much a figure may be off where 50 digits tell it: 1,000 times what float64 loses in one of the few dozen steps. */
const TOLERANCE = 1e-10;

/** States of every kind: nobody bought again, on the last day, long ago, often, up to twenty years; days of purchases are apart. */
const GRID = [0, 1, 2, 7, 40, 300].flatMap((x) =>
  [0, 1, 30, 400, 3000].flatMap((more) =>
    [0, 1, 30, 400, 3600].flatMap((idle) => (x === 0 && more > 0 ? [] : [[x, x === 0 ? 0 : x + more, idle]])),
  ),
);

const statesOf = (rows) => ({
  ...{ length: rows.length, logGaps: 0, count: new Float64Array(rows.length).fill(1) },
  x: Int32Array.from(rows, ([x]) => x),
  recency: Int32Array.from(rows, ([, recency]) => recency),
  age: Int32Array.from(rows, ([, recency, idle]) => recency + idle),
});

/**
 * Under parameters far apart every state has a P(alive) from 0 to 1, purchases of 0 or more and a log-likelihood; and some states
 * have those of 50 digits. How many states, and the largest relative error, null where the model is not evaluated so.
 */
export function straight(model, random, most = 1) {
  const parameters = DRAWS[model.name].far.map(([low, high]) => between(random, low, high));
  const where = `${model.name} of ${parameters.join(' ')}`;
  const states = statesOf(GRID);
  const pAlive = model.pAlive(states, parameters);
  const purchases = model.purchases(states, parameters, pAlive, WINDOW);
  for (let i = 0; i < states.length; i++) {
    const isChance = pAlive[i] >= 0 && pAlive[i] <= 1;
    holds(
      `${where}: state ${GRID[i]} gives ${pAlive[i]}, ${purchases[i]}`,
      isChance && purchases[i] >= 0 && purchases[i] < Infinity,
    );
  }
  holds(`${where}: a log-likelihood`, Number.isFinite(model.logLikelihood(states, parameters)));
  if (!EXACT.includes(model.name)) return { states: states.length, error: null };
  const errors = Array.from({ length: most }, () => {
    const at = random.whole(0, GRID.length - 1);
    const state = { x: states.x[at], recency: states.recency[at], age: states.age[at] };
    const right = exactly(model.name, parameters, state, WINDOW);
    const error = Math.max(off(pAlive[at], right.pAlive), off(purchases[at], right.purchases));
    holds(`${where}: state ${GRID[at]} is off by ${error}`, error <= TOLERANCE);
    return error;
  });
  return { states: states.length, error: Math.max(...errors) };
}

/** Relative, where it is not too small for a float64 to hold. */
const off = (value, right) => (right < 1e-250 && value < 1e-250 ? 0 : Math.abs(value - right) / right);
