import type { NextPurchase, States } from '../../data/states.ts';
import type { BuyingModel } from '../../models/model.ts';

/** The parts of those who buy again that have bought by the three days: the middle 80 %, and the median. */
const SHARES = [0.1, 0.5, 0.9] as const;
/** Days that are looked ahead, 20 years: what comes later, if ever, stands at the last of them. */
export const FARTHEST = 7305;

type Buying = Pick<BuyingModel, 'buyAgain' | 'buysAgainByRecency'>;

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
  const { alike, placeOf } = model.buysAgainByRecency ? { alike: states, placeOf: null } : alikeOf(states);
  /** G(d) of some of them; null: that of ever. */
  const chances = (some: States, days: number | null): Float64Array =>
    model.buyAgain!(some, parameters, new Float64Array(some.length).fill(1), { delta: 0, days, yearly: false });
  const ever = chances(alike, null);
  const found = crossings(alike, ever, chances);
  const place = (i: number): number => placeOf?.[i] ?? i;
  const daysOf = (share: number): Float64Array => pAlive.map((_, i) => found[SHARES.length * place(i) + share]!);
  return {
    buysAgain: pAlive.map((alive, i) => alive * ever[place(i)]!),
    from: daysOf(0),
    median: daysOf(1),
    to: daysOf(2),
  };
}

/** The states without those that another differs from in recency alone, in their order, and where each is among them. */
function alikeOf(states: States): { readonly alike: States; readonly placeOf: Int32Array } {
  const ages = states.age.reduce((most, age) => Math.max(most, age), 0) + 1;
  const known = new Map<number, number>();
  const firsts: number[] = [];
  const placeOf = states.x.map((x, i) => {
    const key = x * ages + states.age[i]!;
    const place = known.get(key) ?? firsts.push(i) - 1;
    known.set(key, place);
    return place;
  });
  return { alike: statesAt(states, Int32Array.from(firsts)), placeOf };
}

/**
 * Days between which G crosses a share of that of ever, of state i at 3i to 3i + 2, and by how much it misses it at either. The
 * miss at an end that stays while the other moves twice counts half, so that it moves too (the Illinois way).
 */
interface Brackets {
  readonly wanted: Float64Array;
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly lowMiss: Float64Array;
  readonly highMiss: Float64Array;
}

/** Steps along the chord; whatever then is open still is halved. */
const CHORDS = 8;

/** The least day by which each of the shares of those who buy again have bought. */
function crossings(
  states: States,
  ever: Float64Array,
  chances: (some: States, day: number) => Float64Array,
): Int32Array {
  const brackets = bracketsOf(ever, (day) => chances(states, day));
  const { low, high } = brackets;
  const [middles, moved] = [new Int32Array(high.length), new Int8Array(high.length)];
  for (let step = 0; ; step++) {
    const open = Int32Array.from(high.keys()).filter((k) => high[k]! - low[k]! > 1);
    if (open.length === 0) return high;
    for (const k of open) middles[k] = middleOf(brackets, k, step < CHORDS);
    // All that look at one day are asked for at once, in the order of the states.
    open.sort((a, b) => middles[a]! - middles[b]! || a - b);
    for (let from = 0, to = 0; from < open.length; from = to) {
      const day = middles[open[from]!]!;
      while (to < open.length && middles[open[to]!] === day) to++;
      const places = open.subarray(from, to);
      const some = statesAt(
        states,
        places.map((k) => Math.floor(k / SHARES.length)),
      );
      chances(some, day).forEach((chance, j) => {
        const k = places[j]!;
        moved[k] = narrow(brackets, k, day, chance, moved[k]!);
      });
    }
  }
}

/** The days 0, 1, 2, 4 … before and after each crossing; both the farthest where there is none up to it. */
function bracketsOf(ever: Float64Array, chancesAt: (day: number) => Float64Array): Brackets {
  const size = SHARES.length * ever.length;
  const stateOf = (k: number): number => Math.floor(k / SHARES.length);
  const wanted = Float64Array.from({ length: size }, (_, k) => SHARES[k % SHARES.length]! * ever[stateOf(k)]!);
  const found: Brackets = {
    wanted,
    low: new Int32Array(size),
    high: new Int32Array(size),
    lowMiss: wanted.map((share) => -share),
    highMiss: new Float64Array(size),
  };
  for (let day = 1; found.high.includes(0); day = Math.min(2 * day, FARTHEST)) {
    const chance = chancesAt(day);
    for (let k = 0; k < size; k++) if (found.high[k] === 0) narrow(found, k, day, chance[stateOf(k)]!, 0);
    if (day === FARTHEST) for (let k = 0; k < size; k++) if (found.high[k] === 0) found.high[k] = FARTHEST;
  }
  return found;
}

function middleOf({ low, high, lowMiss, highMiss }: Brackets, k: number, byChord: boolean): number {
  const [from, to] = [low[k]!, high[k]!];
  const part = byChord ? lowMiss[k]! / (lowMiss[k]! - highMiss[k]!) : 0.5;
  return Math.max(from + 1, Math.min(to - 1, Math.floor(from + (to - from) * part)));
}

/** Moves the end of a bracket to a day; returns which: −1 the low, 1 the high one. @param before the one that moved before, or 0 */
function narrow(
  { wanted, low, high, lowMiss, highMiss }: Brackets,
  k: number,
  day: number,
  chance: number,
  before: number,
): -1 | 1 {
  const miss = chance - wanted[k]!;
  if (miss >= 0) {
    [high[k], highMiss[k]] = [day, miss];
    if (before === 1) lowMiss[k]! /= 2;
    return 1;
  }
  [low[k], lowMiss[k]] = [day, miss];
  if (before === -1) highMiss[k]! /= 2;
  return -1;
}

/** Some of the states. */
function statesAt({ x, recency, age, count }: States, places: Int32Array): States {
  return {
    length: places.length,
    x: places.map((place) => x[place]!),
    recency: places.map((place) => recency[place]!),
    age: places.map((place) => age[place]!),
    count: Float64Array.from(places, (place) => count[place]!),
  };
}
