import type { PurchaseWindow } from '../model.ts';
import { gaussLegendre } from '../numeric/quadrature.ts';

/**
 * Purchases to come of a customer alive, BG/NBD and MBG/NBD, lifetime included; neither paper has it. With p the chance to stop
 * after a purchase, p ~ Beta(a, b′) given the past, n = r + x and c = α + T in weeks, z = δc:
 *   D = n ∫_0^{ln(1+H/c)} exp(v − z(e^v − 1)) F(e^v − 1) dv,  F(u) = E_p[(1 + pu)^−(n+1)].
 * F does not depend on T: tabulated once an x at the nodes of fixed panels, interpolated in the last, cut one.
 */
const NODES = 16;
const P_NODES = 120;
/** e^(−40) of a value that lies beyond 40/δ is below the last digit. */
const CUT = 40;

/** D at each age (days), all of one x. Infinite for life without discounting if a ≤ 1. */
export function discountedPurchases(
  n: number,
  alpha: number,
  [a, b]: readonly [number, number],
  ages: readonly number[],
  { delta, days }: PurchaseWindow,
): number[] {
  const weeks = Math.min(days === null ? Number.POSITIVE_INFINITY : days / 7, CUT / (7 * Math.max(0, delta)));
  if (weeks === Number.POSITIVE_INFINITY) return ages.map(() => (a > 1 ? (a + b - 1) / (a - 1) : weeks));
  const ends = ages.map((age) => Math.log1p(weeks / (alpha + age / 7)));
  const table = tabulate(n, a, b, Math.max(0, ...ends));
  return ages.map((age, i) => n * integrateTo(table, ends[i]!, 7 * delta * (alpha + age / 7)));
}

interface Table {
  readonly breaks: readonly number[];
  /** e^v − 1 and weight · e^v · F at the nodes of every panel; F itself. */
  readonly grown: Float64Array;
  readonly whole: Float64Array;
  readonly f: Float64Array;
}

function tabulate(n: number, a: number, b: number, end: number): Table {
  const breaks = [0, 0.25, 0.5];
  while (breaks.at(-1)! < end || breaks.length < 4) breaks.push(breaks.length - 2);
  const size = (breaks.length - 1) * NODES;
  const [grown, whole, f] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const { p, weights } = betaNodes(a, b);
  const rule = gaussLegendre(NODES);
  for (let k = 0; k < size; k++) {
    const panel = Math.floor(k / NODES);
    const width = breaks[panel + 1]! - breaks[panel]!;
    const v = breaks[panel]! + rule.nodes[k % NODES]! * width;
    grown[k] = Math.expm1(v);
    for (let j = 0; j < P_NODES; j++) f[k]! += weights[j]! * Math.exp(-(n + 1) * Math.log1p(p[j]! * grown[k]!));
    whole[k] = rule.weights[k % NODES]! * width * Math.exp(v) * f[k]!;
  }
  return { breaks, grown, whole, f };
}

function integrateTo({ breaks, grown, whole, f }: Table, end: number, z: number): number {
  let sum = 0;
  let panel = 0;
  for (; breaks[panel + 1]! <= end; panel++)
    for (let k = panel * NODES; k < (panel + 1) * NODES; k++) sum += whole[k]! * Math.exp(-z * grown[k]!);
  const start = breaks[panel]!;
  const part = (end - start) / (breaks[panel + 1]! - start);
  const { nodes, weights } = gaussLegendre(NODES);
  for (let j = 0; j < NODES; j++) {
    const v = start + nodes[j]! * (end - start);
    const value = interpolate(f, panel * NODES, nodes[j]! * part);
    sum += weights[j]! * (end - start) * Math.exp(v - z * Math.expm1(v)) * value;
  }
  return sum;
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

/** Nodes and weights of E_p, p ~ Beta(a, b): trapezoids in t, ln(p/(1−p)) = ln(a/b) + σ sinh t, σ² = 1/a + 1/b. */
function betaNodes(a: number, b: number): { p: Float64Array; weights: Float64Array } {
  const sigma = Math.sqrt(1 / a + 1 / b);
  const low = -Math.asinh(9 + CUT / (a * sigma));
  const high = Math.asinh(9 + CUT / (b * sigma));
  const p = new Float64Array(P_NODES);
  const weights = new Float64Array(P_NODES);
  let total = 0;
  for (let j = 0; j < P_NODES; j++) {
    const t = low + ((high - low) * (j + 0.5)) / P_NODES;
    const shift = sigma * Math.sinh(t);
    p[j] = 1 / (1 + (b / a) * Math.exp(-shift));
    // ln of (1 − p) at the centre over 1 − p: the density of ln(p/(1−p)) is e^(a·shift − (a+b)·rise).
    const rise =
      shift > 0
        ? shift + Math.log1p((b / (a + b)) * Math.expm1(-shift))
        : Math.log1p((a / (a + b)) * Math.expm1(shift));
    weights[j] = Math.exp(a * shift - (a + b) * rise) * Math.cosh(t);
    total += weights[j]!;
  }
  return { p, weights: weights.map((w) => w / total) };
}
