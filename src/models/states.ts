import type { SpendStates, States } from '../data/states.ts';

export interface Tally {
  readonly customers: number;
  /** Customers with a repeat purchase. */
  readonly repeat: number;
  /** Repeat purchases, and weeks between first purchase and as-of date, of all customers together. */
  readonly purchases: number;
  readonly weeks: number;
}

export function totalsOf({ length, x, age, count }: States): Tally {
  let [customers, repeat, purchases, weeks] = [0, 0, 0, 0];
  for (let i = 0; i < length; i++) {
    customers += count[i]!;
    if (x[i]! > 0) repeat += count[i]!;
    purchases += count[i]! * x[i]!;
    weeks += (count[i]! * age[i]!) / 7;
  }
  return { customers, repeat, purchases, weeks };
}

/** A function of the age in weeks at every age that the states have, by age in days: its values depend on nothing else. */
export function atAges({ length, age }: States, of: (weeks: number) => number): Float64Array {
  let oldest = 0;
  for (let i = 0; i < length; i++) if (age[i]! > oldest) oldest = age[i]!;
  const values = new Float64Array(oldest + 1).fill(Number.NaN);
  for (let i = 0; i < length; i++) if (Number.isNaN(values[age[i]!])) values[age[i]!] = of(age[i]! / 7);
  return values;
}

/** Runs of equal x, as positions: run k is starts[k] to starts[k + 1] − 1. */
export function runsOfX(states: { readonly length: number; readonly x: Int32Array }): number[] {
  const starts: number[] = [];
  for (let i = 0; i < states.length; i++) if (i === 0 || states.x[i] !== states.x[i - 1]) starts.push(i);
  starts.push(states.length);
  return starts;
}

/** States of one x, with the range of days they need. */
export interface Run {
  readonly x: number;
  readonly from: number;
  readonly to: number;
  readonly firstDay: number;
  readonly lastDay: number;
}

export function runsByPurchases(states: States): Run[] {
  const starts = runsOfX(states);
  return starts.slice(0, -1).map((from, k) => {
    const to = starts[k + 1]!;
    let firstDay = Number.MAX_SAFE_INTEGER;
    let lastDay = 0;
    for (let i = from; i < to; i++) {
      firstDay = Math.min(firstDay, states.recency[i]!);
      lastDay = Math.max(lastDay, states.age[i]!);
    }
    return { x: states.x[from]!, from, to, firstDay, lastDay };
  });
}

/** The most purchases of which the times from a day on are asked, by day up to the last. */
export function mostPurchases(runs: readonly Run[], days: number): Int32Array {
  const most = new Int32Array(days + 1);
  for (const { x, firstDay } of runs) most[firstDay] = Math.max(most[firstDay]!, x);
  for (let d = 1; d <= days; d++) most[d] = Math.max(most[d]!, most[d - 1]!);
  return most;
}

/** More states than this are fitted to a sample first. */
const SAMPLE = 20_000;

/**
 * Every k-th state, for a first, rough fit; null where there are few enough to need none. What its gaps sum to is not known: 0
 * here, since it moves no optimum.
 */
export function sampleOf(states: States): States | null {
  const taken = every(states.length);
  return (
    taken && {
      length: taken.length,
      x: taken.map((i) => states.x[i]!),
      recency: taken.map((i) => states.recency[i]!),
      age: taken.map((i) => states.age[i]!),
      count: Float64Array.from(taken, (i) => states.count[i]!),
      ...(states.logGaps !== undefined && { logGaps: 0 }),
    }
  );
}

export function spendSampleOf(states: SpendStates): SpendStates | null {
  const taken = every(states.length);
  return (
    taken && {
      length: taken.length,
      x: taken.map((i) => states.x[i]!),
      mean: Float64Array.from(taken, (i) => states.mean[i]!),
      count: Float64Array.from(taken, (i) => states.count[i]!),
    }
  );
}

function every(length: number): Int32Array | null {
  const step = Math.ceil(length / SAMPLE);
  return step <= 2 ? null : Int32Array.from({ length: Math.ceil(length / step) }, (_, k) => k * step);
}
