import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import type { States } from '../../data/states.ts';
import type { Evaluation } from '../numeric/newton.ts';
import { addStates, aliveShares, type Cumulated, evaluationOf, recordSize } from '../records.ts';
import { mostPurchases, type Run, runsByPurchases } from '../states.ts';
import { type GgomGrid, ggomGrid, withPurchases } from './grid.ts';

/**
 * GGom/NBD likelihood over states (Bemmaor & Glady 2012), parameters r, α, b, s, β with the week as unit, n = r + x:
 *   L = Γ(n)/Γ(r) α^r · (A(T) + F(t_x) − F(T)),  A(τ) = (α+τ)^−n S(τ),  F(τ) = ∫_τ A(v) hazard(v) dv up to the last day;
 * P(alive) is the first term's share. See records.ts: the density may rise, but F(T) is no more than A(T).
 */
const FULL = recordSize(5);

function eachRun(states: States, parameters: readonly number[], size: number, use: (run: Cumulated) => void): void {
  const [r, , , s] = parameters as [number, number, number, number, number];
  const runs = runsByPurchases(states);
  const days = Math.max(...runs.map((run) => run.lastDay));
  const grid = ggomGrid(parameters, mostPurchases(runs, days), size === FULL);
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
      if (size === FULL) for (const records of [rest, dead]) withPurchases(records, o, n);
      for (let k = o; k < o + size; k++) rest[k]! -= dead[k]!;
    }
    use({ run, size, scale, dead, rest });
  }
}

/** Records of F for n = 1, in units of A for n, from each day to the run's last. */
function cumulate(
  { first, weight, node, day }: GgomGrid,
  run: Run,
  n: number,
  s: number,
  size: number,
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
  return evaluationOf(sums(states, parameters, FULL), 5);
}

export function ggomLogLikelihood(states: States, parameters: readonly number[]): number {
  return sums(states, parameters, 1)[0]!;
}

export function ggomAlive(states: States, parameters: readonly number[]): Float64Array {
  const share = new Float64Array(states.length);
  eachRun(states, parameters, 1, (cumulated) => aliveShares(states, cumulated, share));
  return share;
}

function sums(states: States, parameters: readonly number[], size: number): Float64Array {
  const [r, alpha] = parameters as [number, number];
  const sum = new Float64Array(FULL);
  eachRun(states, parameters, size, (cumulated) => {
    const customers = addStates(states, cumulated, sum);
    const n = r + cumulated.run.x;
    // Γ(n)/Γ(r) α^r
    sum[0]! += customers * (gammaln(n) - gammaln(r) + r * Math.log(alpha));
    sum[1]! += customers * (digamma(n) - digamma(r) + Math.log(alpha));
    sum[2]! += (customers * r) / alpha;
    sum[6]! += customers * (trigamma(n) - trigamma(r));
    sum[7]! += customers / alpha;
    sum[11]! -= (customers * r) / (alpha * alpha);
  });
  return sum;
}
