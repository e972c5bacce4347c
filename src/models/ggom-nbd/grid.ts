import { dayNodes } from '../numeric/day-nodes.ts';
import { recordSize, writeRecord } from '../records.ts';
import { laterBeta, logRise, singularity } from './life.ts';

/**
 * What the GGom/NBD likelihood needs at the nodes of a quadrature over whole days and at the start of each day, whatever x.
 * Records (records.ts) are of (α+τ)^−n S(τ), for nodes times the hazard, for n = 1 and without what n adds (`withPurchases`):
 *   1 · r α b s β · rr rα rb rs rβ αα αb αs αβ bb bs bβ ss sβ ββ.
 */
const SIZE = recordSize(5);

export interface GgomGrid {
  readonly days: number;
  readonly first: Int32Array;
  /** Weight of a node, dτ and the hazard included. */
  readonly weight: Float64Array;
  readonly node: Points;
  /** The start of each day and the end of the last. */
  readonly day: Points;
}

interface Points {
  readonly logA: Float64Array;
  /** ℓ of life.ts. */
  readonly rise: Float64Array;
  readonly records: Float64Array;
}

/** @param most the most purchases that are asked for from a day on, by day up to the last */
export function ggomGrid(parameters: readonly number[], most: Int32Array, derivatives: boolean): GgomGrid {
  const days = most.length - 1;
  const [r, alpha, b, s, beta] = parameters as [number, number, number, number, number];
  const starts = Float64Array.from({ length: days + 1 }, (_, d) => d / 7);
  const day = pointsAt(starts, parameters, derivatives, false);
  const { first, weight, tau } = dayNodes(Math.min(alpha, singularity(b, beta)), days, (d) => {
    const fall = (r + most[d]!) * (day.logA[d + 1]! - day.logA[d]!) + (s + 1) * (day.rise[d + 1]! - day.rise[d]!);
    return Math.min(256, fall + b / 7);
  });
  for (let j = 0; j < tau.length; j++) weight[j]! *= (s * b) / laterBeta(b, beta, tau[j]!);
  return { days, first, weight, node: pointsAt(tau, parameters, derivatives, true), day };
}

function pointsAt(tau: Float64Array, parameters: readonly number[], derivatives: boolean, dying: boolean): Points {
  const [, alpha, b, , beta] = parameters as [number, number, number, number, number];
  const records = new Float64Array(tau.length * (derivatives ? SIZE : 1)).fill(1);
  if (derivatives) for (let j = 0; j < tau.length; j++) fill(records, j * SIZE, tau[j]!, parameters, dying);
  return { logA: tau.map((t) => Math.log(alpha + t)), rise: tau.map((t) => logRise(b, beta, t)), records };
}

function fill(out: Float64Array, o: number, tau: number, parameters: readonly number[], dying: boolean): void {
  const [, alpha, b, s, beta] = parameters as [number, number, number, number, number];
  // y = e^(bτ)/Q, Q = β + e^(bτ) − 1; k = 1/β − 1/Q.
  const y = 1 / laterBeta(b, beta, tau);
  const rest = Math.exp(-b * tau) * y;
  const k = (-Math.expm1(-b * tau) * y) / beta;
  const bend = tau * tau * y * (beta - 1) * rest;
  const u = dying ? s + 1 : s;
  const gradient = [-Math.log(alpha + tau), -1 / (alpha + tau), -s * tau * y, -logRise(b, beta, tau), s * k];
  // bb bs bβ ss sβ ββ
  const second = [-u * bend, -tau * y, u * tau * y * rest, 0, k, -s * k * (2 / beta - k)];
  if (dying) {
    gradient[2]! += 1 / b + tau * (beta - 1) * rest;
    gradient[3]! += 1 / s;
    gradient[4]! -= rest;
    second[0]! -= 1 / (b * b);
    second[3]! -= 1 / (s * s);
    second[5]! += rest * rest;
  }
  writeRecord(out, o, gradient);
  for (let m = 0; m < 6; m++) out[o + 15 + m]! += second[m]!;
}

/** A record, or a sum of records, for n = 1 to that for any n. */
export function withPurchases(v: Float64Array, o: number, n: number): void {
  v[o + 7] = n * v[o + 7]! + v[o + 2]!;
  v[o + 2]! *= n;
  v[o + 11]! *= n * (n + 1);
  v[o + 12]! *= n;
  v[o + 13]! *= n;
  v[o + 14]! *= n;
}
