import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import type { States } from '../../data/states.ts';
import type { Evaluation } from '../numeric/newton.ts';
import { type DayRecords, forEachRun } from './day-records.ts';
import { SIZE } from './moments.ts';

/** Value, gradient and Hessian of the Pareto/NBD log-likelihood in (r, α, s, β) in one pass over the states. */
export function paretoEvaluate(states: States, parameters: readonly number[]): Evaluation {
  const [r, alpha, s, beta] = parameters as [number, number, number, number];
  const sum = new Float64Array(SIZE);
  forEachRun(states, parameters, (records) => {
    const n = r + records.run.x;
    const customers = addStates(states, records, sum);
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
  });
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

/** Adds the run's Σ count · (ln D and its derivatives) to the sums; returns its customers. */
function addStates(states: States, { run, scale, dead, rest }: DayRecords, sums: Float64Array): number {
  let customers = 0;
  let value = 0;
  let r = 0;
  let a = 0;
  let s = 0;
  let b = 0;
  let rr = 0;
  let ra = 0;
  let rs = 0;
  let rb = 0;
  let aa = 0;
  let as = 0;
  let ab = 0;
  let ss = 0;
  let sb = 0;
  let bb = 0;
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
