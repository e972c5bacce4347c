import { gaussLegendre } from './quadrature.ts';

const DAY = 1 / 7;

/** Nodes of a quadrature over whole days, in weeks. */
export interface DayNodes {
  /** Nodes of day d are first[d] to first[d + 1] − 1. */
  readonly first: Int32Array;
  /** Weight of a node, dτ included. */
  readonly weight: Float64Array;
  readonly tau: Float64Array;
}

/**
 * Up to what change of the integrand's logarithm a panel takes so many nodes, beside the 10 that it takes at most: e^(−cv) over
 * [0, 1] comes out to 1e−12 of itself, by the error term of the rule, (n!)⁴ c²ⁿ / ((2n + 1) (2n)!³).
 */
const NODES: readonly { readonly nodes: number; readonly change: number }[] = [
  { nodes: 3, change: 0.11 },
  { nodes: 4, change: 0.45 },
  { nodes: 5, change: 1.1 },
];
const MOST_NODES = 10;

/**
 * `least`: how far below 0 the integrand has its nearest singularity. `steepness`: by how much the integrand's logarithm changes
 * over a day that is `width` long in v = ln(least + τ), apart from that length.
 */
export function dayNodes(least: number, days: number, steepness: (day: number, width: number) => number): DayNodes {
  const first = new Int32Array(days + 1);
  const widths = new Float64Array(days);
  const panels = new Int32Array(days);
  for (let d = 0; d < days; d++) {
    const width = Math.log1p(DAY / (least + d * DAY));
    const steep = steepness(d, width);
    panels[d] = Math.ceil(Math.max(width, steep / 4));
    widths[d] = width / panels[d]!;
    const change = (steep + width) / panels[d]!;
    const nodes = NODES.find((rule) => change <= rule.change)?.nodes ?? MOST_NODES;
    first[d + 1] = first[d]! + panels[d]! * nodes;
  }
  const total = first[days]!;
  const weight = new Float64Array(total);
  const tau = new Float64Array(total);
  for (let d = 0, node = 0; d < days; d++) {
    const { nodes, weights } = gaussLegendre((first[d + 1]! - first[d]!) / panels[d]!);
    const width = widths[d]!;
    for (let p = 0; p < panels[d]!; p++) {
      for (let j = 0; j < nodes.length; j++, node++) {
        const past = (least + d * DAY) * Math.expm1((p + nodes[j]!) * width);
        tau[node] = d * DAY + past;
        weight[node] = weights[j]! * width * (least + d * DAY + past);
      }
    }
  }
  return { first, weight, tau };
}
