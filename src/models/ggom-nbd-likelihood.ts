import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import type { States } from '../base/states.ts';
import { type GgomGrid, ggomGrid, type Size, withPurchases } from './ggom-nbd-grid.ts';
import type { Evaluation } from './newton.ts';
import { type Run, runsOf } from './pareto-likelihood.ts';

/**
 * GGom/NBD likelihood over states (Bemmaor & Glady 2012), parameters r, α, b, s, β with the week as unit, n = r + x:
 *   L = Γ(n)/Γ(r) α^r · (A(T) + F(t_x) − F(T)),  A(τ) = (α+τ)^−n S(τ),  F(τ) = ∫_τ^∞ A(v) hazard(v) dv;
 * P(alive) is the first term's share. F is cumulated from the right over days, in units of A(day). The density may rise, and
 * F(t_x) − F(T) cancel, but F(T) never exceeds A(T), so their sum is right to the last digits; nothing can overflow.
 * (F up to the last day will do.) Records as in ggom-nbd-grid.ts: a state's is dead[t_x] + A(T)/A(t_x) · rest[T].
 */
interface Cumulated {
  readonly run: Run;
  /** ln A by day. */
  readonly scale: Float64Array;
  /** Records of F, and of A − F, by day, in units of A. */
  readonly dead: Float64Array;
  readonly rest: Float64Array;
}

function eachRun(states: States, parameters: readonly number[], size: Size, use: (run: Cumulated) => void): void {
  const [r, , , s] = parameters as [number, number, number, number, number];
  const runs = runsOf(states);
  const grid = ggomGrid(parameters, Math.max(...runs.map((run) => run.lastDay)), size);
  const scale = new Float64Array(grid.days + 1);
  const dead = new Float64Array((grid.days + 1) * size);
  const rest = new Float64Array((grid.days + 1) * size);
  for (const run of runs) {
    const n = r + run.x;
    for (let d = 0; d <= grid.days; d++) scale[d] = -n * grid.day.logA[d]! - s * grid.day.rise[d]!;
    cumulate(grid, run, n, s, size, scale, dead);
    for (let d = run.firstDay; d <= run.lastDay; d++) {
      const o = d * size;
      for (let k = o; k < o + size; k++) rest[k] = grid.day.records[k]!;
      if (size > 1) withPurchases(rest, o, n);
      if (size > 1) withPurchases(dead, o, n);
      for (let k = o; k < o + size; k++) rest[k]! -= dead[k]!;
    }
    use({ run, scale, dead, rest });
  }
}

/** Records of F for n = 1, in units of A for n, from each day to the run's last. */
function cumulate(
  { first, weight, node, day }: GgomGrid,
  run: Run,
  n: number,
  s: number,
  size: Size,
  scale: Float64Array,
  out: Float64Array,
): void {
  out.fill(0, run.lastDay * size, (run.lastDay + 1) * size);
  for (let d = run.lastDay - 1; d >= run.firstDay; d--) {
    const o = d * size;
    const right = Math.exp(scale[d + 1]! - scale[d]!);
    for (let k = o; k < o + size; k++) out[k] = right * out[k + size]!;
    for (let j = first[d]!; j < first[d + 1]!; j++) {
      const w = weight[j]! * Math.exp(-n * (node.logA[j]! - day.logA[d]!) - s * (node.rise[j]! - day.rise[d]!));
      for (let k = 0; k < size; k++) out[o + k]! += w * node.records[j * size + k]!;
    }
  }
}

/** Value, gradient and Hessian in (r, α, b, s, β). */
export function ggomEvaluate(states: States, parameters: readonly number[]): Evaluation {
  const sum = new Float64Array(21);
  eachRun(states, parameters, 21, (cumulated) => {
    const customers = addStates(states, cumulated, 21, sum);
    addConstants(parameters, cumulated.run.x, customers, sum);
  });
  return {
    value: sum[0]!,
    gradient: [...sum.subarray(1, 6)],
    hessian: [0, 1, 2, 3, 4].map((i) => [0, 1, 2, 3, 4].map((j) => sum[pair(i, j)]!)),
  };
}

export function ggomLogLikelihood(states: States, parameters: readonly number[]): number {
  const sum = new Float64Array(21);
  eachRun(states, parameters, 1, (cumulated) => {
    const customers = addStates(states, cumulated, 1, sum);
    addConstants(parameters, cumulated.run.x, customers, sum);
  });
  return sum[0]!;
}

export function ggomAlive(states: States, parameters: readonly number[]): Float64Array {
  const share = new Float64Array(states.length);
  eachRun(states, parameters, 1, ({ run, scale, dead, rest }) => {
    for (let i = run.from; i < run.to; i++) {
      const [last, age] = [states.recency[i]!, states.age[i]!];
      const ratio = Math.exp(scale[age]! - scale[last]!);
      share[i] = Math.min(1, ratio / (dead[last]! + ratio * rest[age]!));
    }
  });
  return share;
}

/** Where a record has the second derivative in parameters i and j. */
function pair(i: number, j: number): number {
  const [low, high] = i < j ? [i, j] : [j, i];
  return 6 + low * 5 - (low * (low - 1)) / 2 + high - low;
}

/** Adds Σ count · (ln of the bracket and its derivatives) to the sums; returns the customers. */
function addStates(states: States, { run, scale, dead, rest }: Cumulated, size: Size, sum: Float64Array): number {
  const record = new Float64Array(size);
  let customers = 0;
  for (let i = run.from; i < run.to; i++) {
    const [count, last, age] = [states.count[i]!, states.recency[i]!, states.age[i]!];
    const ratio = Math.exp(scale[age]! - scale[last]!);
    for (let k = 0; k < size; k++) record[k] = dead[last * size + k]! + ratio * rest[age * size + k]!;
    const total = record[0]!;
    customers += count;
    sum[0]! += count * (scale[last]! + Math.log(total));
    if (size === 1) continue;
    for (let k = 1; k < 6; k++) record[k]! /= total;
    for (let a = 1, k = 6; a < 6; a++) {
      sum[a]! += count * record[a]!;
      for (let c = a; c < 6; c++, k++) sum[k]! += count * (record[k]! / total - record[a]! * record[c]!);
    }
  }
  return customers;
}

/** Γ(n)/Γ(r) α^r of so many customers. */
function addConstants(parameters: readonly number[], x: number, customers: number, sum: Float64Array): void {
  const [r, alpha] = parameters as [number, number];
  sum[0]! += customers * (gammaln(r + x) - gammaln(r) + r * Math.log(alpha));
  sum[1]! += customers * (digamma(r + x) - digamma(r) + Math.log(alpha));
  sum[2]! += (customers * r) / alpha;
  sum[6]! += customers * (trigamma(r + x) - trigamma(r));
  sum[7]! += customers / alpha;
  sum[11]! -= (customers * r) / (alpha * alpha);
}
