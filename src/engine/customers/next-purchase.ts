import type { NextPurchase, States } from '../../data/states.ts';
import type { BuyingModel } from '../../models/model.ts';

/** The parts of those who buy again that have bought by the three days: the middle 80 %, and the median. */
const SHARES = { from: 0.1, median: 0.5, to: 0.9 };
/** Days that are looked ahead, 20 years: what comes later, if ever, stands at the last of them. */
export const FARTHEST = 7305;

type Buying = Pick<BuyingModel, 'buyAgain'>;

/**
 * When the customers of each state buy next. P(any purchase to come) is that of the model; of who buys again, the days after the
 * as-of date by which a tenth, half and nine tenths have bought: the least day d with G(d) ≥ share · G(∞), G(d) the chance of
 * a purchase within d days of who is alive. P(alive) is in both sides, so that the days are of who is still there. (Of the
 * Pareto/NBD, 1 − P(X(T, T + d) = 0) of Fader & Hardie, note 028; its time to the next purchase is Pareto II, cut by the life.)
 * @param model one with `buyAgain`
 */
export function nextPurchaseOf(
  states: States,
  model: Buying,
  parameters: readonly number[],
  pAlive: Float64Array,
): NextPurchase {
  const ever = chances(states, model, parameters, null);
  const bracketed = bracketsOf(states, model, parameters, ever);
  const daysOf = (share: number): Float64Array => narrowed(states, model, parameters, ever, bracketed, share);
  return {
    buysAgain: ever.map((chance, i) => pAlive[i]! * chance),
    from: daysOf(SHARES.from),
    median: daysOf(SHARES.median),
    to: daysOf(SHARES.to),
  };
}

/** G(d) of every state; null: that of ever. */
function chances(states: States, model: Buying, parameters: readonly number[], days: number | null): Float64Array {
  const alive = new Float64Array(states.length).fill(1);
  return model.buyAgain!(states, parameters, alive, { delta: 0, days, yearly: false });
}

/** G of every state at 1, 2, 4 … days. */
interface Brackets {
  readonly days: readonly number[];
  readonly chances: readonly Float64Array[];
}

function bracketsOf(states: States, model: Buying, parameters: readonly number[], ever: Float64Array): Brackets {
  const days: number[] = [];
  const found: Float64Array[] = [];
  for (let next = 1; ; next = Math.min(2 * next, FARTHEST)) {
    const chance = chances(states, model, parameters, next);
    days.push(next);
    found.push(chance);
    if (next === FARTHEST || chance.every((one, i) => one >= SHARES.to * ever[i]!)) return { days, chances: found };
  }
}

/** The least day by which so many of those who buy again have bought: halved until it is found, all states of one day at a time. */
function narrowed(
  states: States,
  model: Buying,
  parameters: readonly number[],
  ever: Float64Array,
  brackets: Brackets,
  share: number,
): Float64Array {
  const last = brackets.days.length - 1;
  const at = ever.map((chance, i) => {
    const place = brackets.chances.findIndex((found) => found[i]! >= share * chance);
    return place < 0 ? last : place;
  });
  const high = at.map((place) => brackets.days[place]!);
  const low = at.map((place) => (place === 0 ? 0 : brackets.days[place - 1]!));
  for (;;) {
    const middles = new Map<number, number[]>();
    for (let i = 0; i < states.length; i++) {
      if (high[i]! - low[i]! <= 1) continue;
      const middle = Math.floor((low[i]! + high[i]!) / 2);
      const others = middles.get(middle);
      if (others) others.push(i);
      else middles.set(middle, [i]);
    }
    if (middles.size === 0) return high;
    for (const [middle, places] of middles) {
      const chance = chances(statesAt(states, places), model, parameters, middle);
      for (const [k, i] of places.entries()) {
        if (chance[k]! >= share * ever[i]!) high[i] = middle;
        else low[i] = middle;
      }
    }
  }
}

/** Some of the states, in their order. */
function statesAt({ x, recency, age, count }: States, places: readonly number[]): States {
  const of = (values: Int32Array): Int32Array => Int32Array.from(places, (place) => values[place]!);
  return {
    length: places.length,
    x: of(x),
    recency: of(recency),
    age: of(age),
    count: Float64Array.from(places, (place) => count[place]!),
  };
}
