import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import type { States } from '../base/states.ts';
import type { Evaluation } from './newton.ts';
import { Integrand } from './pareto-grid.ts';
import { dayScale, gridFor, type Run, runsOf } from './pareto-likelihood.ts';
import { cumulateMoments, SIZE, ZEROS } from './pareto-moments.ts';

/**
 * Value, gradient and Hessian of the Pareto/NBD log-likelihood in (r, α, s, β) in one pass over the states; the notation is
 * that of pareto-likelihood.ts. Every record has 15 figures: the value, 4 first and 10 second derivatives, in the order
 *   1 · r α s β · rr rα rs rβ αα αs αβ ss sβ ββ.
 * A state's record is dead[t_x] + ratio · rest[T], ratio = e^(scale[T] − scale[t_x]), rest = alive − dead.
 */
export function paretoEvaluate(states: States, parameters: readonly number[]): Evaluation {
  const [r, alpha, s, beta] = parameters as [number, number, number, number];
  const runs = runsOf(states);
  const grid = gridFor(runs, parameters);
  const integrand = new Integrand(grid, r, s);
  const scale = new Float64Array(grid.days + 1);
  const dead = new Float64Array((grid.days + 1) * SIZE);
  const rest = new Float64Array((grid.days + 1) * SIZE);
  const sum = new Float64Array(SIZE);
  for (const run of runs) {
    const n = r + run.x;
    integrand.moveTo(run.x);
    dayScale(grid, n, s, scale);
    cumulateMoments(grid, integrand, run, dead);
    for (let d = run.firstDay; d <= run.lastDay; d++) {
      toDead(dead, d * SIZE, n, s);
      toAlive(rest, d * SIZE, n, s, beta + d / 7, grid.dayLogA[d]!, 1 / (alpha + d / 7), grid.dayLogB[d]!);
      for (let k = d * SIZE; k < (d + 1) * SIZE; k++) rest[k]! -= dead[k]!;
    }
    const customers = addStates(states, run, scale, dead, rest, sum);
    sum[0]! += customers * (gammaln(n) - gammaln(r) + r * Math.log(alpha) + s * Math.log(beta));
    sum[1]! += customers * (digamma(n) - digamma(r) + Math.log(alpha));
    sum[2]! += (customers * r) / alpha;
    sum[3]! += customers * Math.log(beta);
    sum[4]! += (customers * s) / beta;
    sum[5]! += customers * (trigamma(n) - trigamma(r));
    sum[6]! += customers / alpha;
    sum[9]! -= (customers * r) / alpha ** 2;
    sum[13]! += customers / beta;
    sum[14]! -= (customers * s) / beta ** 2;
  }
  const [value, r1, a1, s1, b1, rr, ra, rs, rb, aa, as, ab, ss, sb, bb] = sum;
  return {
    value: value!,
    gradient: [r1!, a1!, s1!, b1!],
    hessian: [
      [rr!, ra!, rs!, rb!],
      [ra!, aa!, as!, ab!],
      [rs!, as!, ss!, sb!],
      [rb!, ab!, sb!, bb!],
    ],
  };
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

/** Adds the run's Σ count · (ln D and its derivatives) to the sums; returns its customers. */
function addStates(
  states: States,
  run: Run,
  scale: Float64Array,
  dead: Float64Array,
  rest: Float64Array,
  sums: Float64Array,
): number {
  let customers = 0;
  let [value, r, a, s, b, rr, ra, rs, rb, aa, as, ab, ss, sb, bb] = ZEROS;
  for (let i = run.from; i < run.to; i++) {
    const count = states.count[i]!;
    const last = states.recency[i]!;
    const age = states.age[i]!;
    const ratio = Math.exp(scale[age]! - scale[last]!);
    const o = last * SIZE;
    const e = age * SIZE;
    const total = dead[o]! + ratio * rest[e]!;
    const c = count / total;
    const p = ratio / total;
    const gr = dead[o + 1]! / total + p * rest[e + 1]!;
    const ga = dead[o + 2]! / total + p * rest[e + 2]!;
    const gs = dead[o + 3]! / total + p * rest[e + 3]!;
    const gb = dead[o + 4]! / total + p * rest[e + 4]!;
    const f = c * ratio;
    customers += count;
    value += count * (scale[last]! + Math.log(total));
    r += count * gr;
    a += count * ga;
    s += count * gs;
    b += count * gb;
    rr += c * dead[o + 5]! + f * rest[e + 5]! - count * gr * gr;
    ra += c * dead[o + 6]! + f * rest[e + 6]! - count * gr * ga;
    rs += c * dead[o + 7]! + f * rest[e + 7]! - count * gr * gs;
    rb += c * dead[o + 8]! + f * rest[e + 8]! - count * gr * gb;
    aa += c * dead[o + 9]! + f * rest[e + 9]! - count * ga * ga;
    as += c * dead[o + 10]! + f * rest[e + 10]! - count * ga * gs;
    ab += c * dead[o + 11]! + f * rest[e + 11]! - count * ga * gb;
    ss += c * dead[o + 12]! + f * rest[e + 12]! - count * gs * gs;
    sb += c * dead[o + 13]! + f * rest[e + 13]! - count * gs * gb;
    bb += c * dead[o + 14]! + f * rest[e + 14]! - count * gb * gb;
  }
  const run15 = [value, r, a, s, b, rr, ra, rs, rb, aa, as, ab, ss, sb, bb];
  for (let k = 0; k < SIZE; k++) sums[k]! += run15[k]!;
  return customers;
}
