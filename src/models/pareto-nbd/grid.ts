import { dayNodes } from '../numeric/day-nodes.ts';

/**
 * Quadrature of (α+τ)^−n (β+τ)^−(s+1) over whole days, for many n at one (α, s, β). Times in weeks.
 * In v = ln(c+τ), c = min(α, β), the integrand's singularities stay π away from the real line, so a day takes 3 to 5 nodes, and
 * the first days some more where α or β is short.
 * Everything about day d is relative to the integrand at its left end, e^m(d): it falls, so nothing overflows.
 */
export interface DayGrid {
  readonly days: number;
  /** The first node of each day, as in DayNodes. */
  readonly first: Int32Array;
  readonly weight: Float64Array;
  /** ln(α+τ), 1/(α+τ), ln(β+τ), 1/(β+τ) at the nodes. */
  readonly logA: Float64Array;
  readonly recA: Float64Array;
  readonly logB: Float64Array;
  readonly recB: Float64Array;
  /** ln(α+τ) and ln(β+τ) at the start of each day, and at the end of the last. */
  readonly dayLogA: Float64Array;
  readonly dayLogB: Float64Array;
}

const DAY = 1 / 7;

/** `shape`: r + x + s + 1 by day, how steep the integrand is in v with the most purchases that are asked for from that day on. */
export function dayGrid(alpha: number, beta: number, shape: (day: number) => number, days: number): DayGrid {
  const { first, weight, tau } = dayNodes(Math.min(alpha, beta), days, (day, width) => shape(day) * width);
  return {
    days,
    first,
    weight,
    logA: tau.map((t) => Math.log(alpha + t)),
    recA: tau.map((t) => 1 / (alpha + t)),
    logB: tau.map((t) => Math.log(beta + t)),
    recB: tau.map((t) => 1 / (beta + t)),
    dayLogA: Float64Array.from({ length: days + 1 }, (_, d) => Math.log(alpha + d * DAY)),
    dayLogB: Float64Array.from({ length: days + 1 }, (_, d) => Math.log(beta + d * DAY)),
  };
}

/** The integrand at the nodes and at the right end of each day, relative to its left end, at n = r + x for ascending x. */
export class Integrand {
  readonly node: Float64Array;
  readonly right: Float64Array;
  private readonly nodeRatio: Float64Array;
  private readonly rightRatio: Float64Array;
  private readonly grid: DayGrid;
  private readonly r: number;
  private readonly s: number;
  private x = Number.NaN;

  constructor(grid: DayGrid, r: number, s: number) {
    this.grid = grid;
    this.r = r;
    this.s = s;
    this.node = new Float64Array(grid.weight.length);
    this.right = new Float64Array(grid.days);
    this.nodeRatio = new Float64Array(grid.weight.length);
    this.rightRatio = new Float64Array(grid.days);
    for (let d = 0; d < grid.days; d++) {
      const left = Math.exp(grid.dayLogA[d]!);
      for (let j = grid.first[d]!; j < grid.first[d + 1]!; j++) this.nodeRatio[j] = left * grid.recA[j]!;
      this.rightRatio[d] = Math.exp(grid.dayLogA[d]! - grid.dayLogA[d + 1]!);
    }
  }

  /** One purchase more is one multiplication a node. */
  moveTo(x: number): void {
    if (x === this.x + 1) {
      for (let j = 0; j < this.node.length; j++) this.node[j]! *= this.nodeRatio[j]!;
      for (let d = 0; d < this.right.length; d++) this.right[d]! *= this.rightRatio[d]!;
    } else if (x !== this.x) this.fill(this.r + x, this.s + 1, this.node, this.right);
    this.x = x;
  }

  private fill(n: number, u: number, node: Float64Array, right: Float64Array): void {
    const { days, first, logA, logB, dayLogA, dayLogB } = this.grid;
    for (let d = 0; d < days; d++) {
      const leftA = dayLogA[d]!;
      const leftB = dayLogB[d]!;
      for (let j = first[d]!; j < first[d + 1]!; j++)
        node[j] = Math.exp(-n * (logA[j]! - leftA) - u * (logB[j]! - leftB));
      right[d] = Math.exp(-n * (dayLogA[d + 1]! - leftA) - u * (dayLogB[d + 1]! - leftB));
    }
  }
}
