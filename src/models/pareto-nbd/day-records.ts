import type { States } from '../../data/states.ts';
import { type Run, runsByPurchases } from '../states.ts';
import { Integrand } from './grid.ts';
import { dayScale, gridFor } from './likelihood.ts';
import { cumulateMoments, SIZE } from './moments.ts';

/**
 * The day's part of D and its derivatives, for one x after the other; the notation is that of likelihood.ts.
 * Every record has 15 figures: the value, 4 first and 10 second derivatives, in the order
 *   1 · r α s β · rr rα rs rβ αα αs αβ ss sβ ββ.
 * A state's record is dead[t_x] + ratio · rest[T], ratio = e^(scale[T] − scale[t_x]), rest = alive − dead; alive is
 * (β + T) in the scale of T.
 */
export interface DayRecords {
  readonly run: Run;
  readonly scale: Float64Array;
  readonly dead: Float64Array;
  readonly rest: Float64Array;
}

/** The records of a run are those of the days of its states, and hold until the next. */
export function forEachRun(states: States, parameters: readonly number[], each: (records: DayRecords) => void): void {
  const [r, alpha, s, beta] = parameters as [number, number, number, number];
  const runs = runsByPurchases(states);
  const grid = gridFor(runs, parameters);
  const integrand = new Integrand(grid, r, s);
  const scale = new Float64Array(grid.days + 1);
  const dead = new Float64Array((grid.days + 1) * SIZE);
  const rest = new Float64Array((grid.days + 1) * SIZE);
  const seen = new Uint8Array(grid.days + 1);
  for (const run of runs) {
    const n = r + run.x;
    integrand.moveTo(run.x);
    dayScale(grid, n, s, scale);
    cumulateMoments(grid, integrand, run, dead);
    markDays(run, states, seen);
    for (let d = run.firstDay; d <= run.lastDay; d++) {
      if (seen[d] === 0) continue;
      seen[d] = 0;
      toDead(dead, d * SIZE, n, s);
      toAlive(rest, d * SIZE, n, s, beta + d / 7, grid.dayLogA[d]!, 1 / (alpha + d / 7), grid.dayLogB[d]!);
      for (let k = d * SIZE; k < (d + 1) * SIZE; k++) rest[k]! -= dead[k]!;
    }
    each({ run, scale, dead, rest });
  }
}

/** Marks the days at which the states of a run bought last or are as of with 1. */
function markDays({ from, to }: Run, { recency, age }: States, seen: Uint8Array): void {
  for (let i = from; i < to; i++) {
    seen[recency[i]!] = 1;
    seen[age[i]!] = 1;
  }
}

/** Moments to derivatives of s ∫ (α+τ)^−n (β+τ)^−(s+1) dτ, in place. */
function toDead(v: Float64Array, o: number, n: number, s: number): void {
  const u = s + 1;
  const m = v[o]!;
  const ma = v[o + 1]!;
  const mi = v[o + 2]!;
  const mb = v[o + 3]!;
  const mk = v[o + 4]!;
  v[o] = s * m;
  v[o + 1] = -s * ma;
  v[o + 2] = -s * n * mi;
  v[o + 3] = m - s * mb;
  v[o + 4] = -s * u * mk;
  v[o + 5]! *= s;
  v[o + 6] = s * (n * v[o + 6]! - mi);
  v[o + 7] = s * v[o + 7]! - ma;
  v[o + 8]! *= s * u;
  v[o + 9]! *= s * n * (n + 1);
  v[o + 10] = n * (s * v[o + 10]! - mi);
  v[o + 11]! *= s * n * u;
  v[o + 12] = s * v[o + 12]! - 2 * mb;
  v[o + 13] = s * (u * v[o + 13]! - mk) - u * mk;
  v[o + 14]! *= s * u * (u + 1);
}

/** Derivatives of (α+T)^−n (β+T)^−s in the scale of day T; a = ln(α+T), i = 1/(α+T), b = ln(β+T). */
function toAlive(
  v: Float64Array,
  o: number,
  n: number,
  s: number,
  later: number,
  a: number,
  i: number,
  b: number,
): void {
  const k = 1 / later;
  v[o] = later;
  v[o + 1] = -later * a;
  v[o + 2] = -later * n * i;
  v[o + 3] = -later * b;
  v[o + 4] = -s;
  v[o + 5] = later * a * a;
  v[o + 6] = later * i * (n * a - 1);
  v[o + 7] = later * a * b;
  v[o + 8] = s * a;
  v[o + 9] = later * n * (n + 1) * i * i;
  v[o + 10] = later * n * i * b;
  v[o + 11] = s * n * i;
  v[o + 12] = later * b * b;
  v[o + 13] = s * b - 1;
  v[o + 14] = s * (s + 1) * k;
}
