import type { PurchaseWindow } from '../model.ts';
import { gaussLegendre } from '../numeric/quadrature.ts';
import { type ToCome, writeKernel } from './kernel.ts';
import { CUT } from './nodes.ts';

/**
 * Purchases to come of a customer alive, lifetime included; no paper has it exactly. With p the chance to stop after a purchase,
 * as the past leaves it, n = r + kx and c = α + T in weeks, z = δc, and F_j of kernel.ts for the phase j < k:
 *   D_j = n_j ∫_0^{ln(1+H/c)} exp(v − z(e^v − 1)) F_j(e^v − 1) dv,  n_j = n + j.
 * Where the rate λ is the same for all, c = 1/λ and n_j is 1. F does not depend on T: tabulated once an x at the nodes of fixed
 * panels, interpolated in the last, cut one.
 */
const NODES = 16;

/** D of each phase, for each c (weeks). */
export function discountedPurchases(
  known: ToCome,
  scales: readonly number[],
  { delta, days }: PurchaseWindow,
): number[][] {
  const { n, phases } = known;
  const weeks = Math.min(days === null ? Number.POSITIVE_INFINITY : days / 7, CUT / (7 * Math.max(0, delta)));
  if (weeks === Number.POSITIVE_INFINITY) return scales.map(() => new Array<number>(phases).fill(known.lifetime));
  const ends = scales.map((c) => Math.log1p(weeks / c));
  const table = tabulate(known, Math.max(0, ...ends));
  return scales.map((c, i) =>
    integrateTo(table, ends[i]!, 7 * delta * c).map((sum, j) => (n === null ? sum : (n + j) * sum)),
  );
}

/** The same of one c within each of some spans of days, undiscounted. */
export function purchasesWithin(known: ToCome, scale: number, days: readonly number[]): number[][] {
  const ends = days.map((span) => Math.log1p(span / 7 / scale));
  const table = tabulate(known, Math.max(0, ...ends));
  return ends.map((end) => integrateTo(table, end, 0).map((sum, j) => (known.n === null ? sum : (known.n + j) * sum)));
}

interface Table {
  readonly breaks: readonly number[];
  /** e^v − 1 at the nodes of every panel; by phase weight · e^v · F there, and F itself. */
  readonly grown: Float64Array;
  readonly whole: readonly Float64Array[];
  readonly f: readonly Float64Array[];
}

function tabulate(known: ToCome, end: number): Table {
  const breaks = panels(known, end);
  const size = (breaks.length - 1) * NODES;
  const grown = new Float64Array(size);
  const [whole, f] = [0, 1].map(() => Array.from({ length: known.phases }, () => new Float64Array(size)));
  const rule = gaussLegendre(NODES);
  for (let k = 0; k < size; k++) {
    const panel = Math.floor(k / NODES);
    const width = breaks[panel + 1]! - breaks[panel]!;
    grown[k] = Math.expm1(breaks[panel]! + rule.nodes[k % NODES]! * width);
  }
  writeKernel(known, grown, f!);
  for (let k = 0; k < size; k++) {
    const panel = Math.floor(k / NODES);
    const width = breaks[panel + 1]! - breaks[panel]!;
    const v = breaks[panel]! + rule.nodes[k % NODES]! * width;
    for (let j = 0; j < known.phases; j++) whole![j]![k] = rule.weights[k % NODES]! * width * Math.exp(v) * f![j]![k]!;
  }
  return { breaks, grown, whole: whole!, f: f! };
}

/**
 * Ends of the panels, in v. Where the customers hardly stop before their rates are known, F falls as slowly as 1/(1+v) does.
 * Otherwise it may fall within 1/n, and it swings with the phases, by the real part of 1 − e^(2πi/k), until the last purchase is
 * forgotten.
 */
function panels({ n, phases, nodes }: ToCome, end: number): number[] {
  const breaks = [0, 0.25, 0.5];
  const stops = (n ?? 1) * nodes.weights.reduce((sum, weight, i) => sum + weight * nodes.p[i]!, 0);
  if (phases === 1 && stops < 30) {
    while (breaks.at(-1)! < end || breaks.length < 4) breaks.push(breaks.length - 2);
    return breaks;
  }
  const events = n === null ? 1 : n + phases;
  const forgetting = phases === 1 ? Number.POSITIVE_INFINITY : events * (1 - Math.cos((2 * Math.PI) / phases));
  const fine = [0];
  for (let grown = Math.min(0.28, 2 / events); ; grown *= grown * forgetting < CUT ? 1.5 : Math.E) {
    fine.push(Math.log1p(grown));
    if (fine.at(-1)! > end) return fine;
  }
}

/** By phase. */
function integrateTo({ breaks, grown, whole, f }: Table, end: number, z: number): number[] {
  const sums = new Array<number>(f.length).fill(0);
  let panel = 0;
  for (; breaks[panel + 1]! <= end; panel++) {
    for (let k = panel * NODES; k < (panel + 1) * NODES; k++) {
      const discount = Math.exp(-z * grown[k]!);
      for (let j = 0; j < sums.length; j++) sums[j]! += whole[j]![k]! * discount;
    }
  }
  const start = breaks[panel]!;
  const part = (end - start) / (breaks[panel + 1]! - start);
  const { nodes, weights } = gaussLegendre(NODES);
  for (let i = 0; i < NODES; i++) {
    const v = start + nodes[i]! * (end - start);
    const weight = weights[i]! * (end - start) * Math.exp(v - z * Math.expm1(v));
    for (let j = 0; j < sums.length; j++) sums[j]! += weight * interpolate(f[j]!, panel * NODES, nodes[i]! * part);
  }
  return sums;
}

/** Barycentric interpolation at the nodes of Gauss and Legendre, whose weights are ± √(node · (1 − node) · weight). */
function interpolate(f: Float64Array, from: number, at: number): number {
  const { nodes, weights } = gaussLegendre(NODES);
  let [above, below] = [0, 0];
  for (let k = 0; k < NODES; k++) {
    const distance = at - nodes[k]!;
    if (distance === 0) return f[from + k]!;
    const size = Math.sqrt(nodes[k]! * (1 - nodes[k]!) * weights[k]!);
    const share = (k % 2 === 0 ? size : -size) / distance;
    above += share * f[from + k]!;
    below += share;
  }
  return above / below;
}
