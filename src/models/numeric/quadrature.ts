/**
 * Gauss–Legendre quadrature on [0, 1]: exact for polynomials of degree 2n − 1. Nodes by Newton's method on the Legendre
 * polynomial from Tricomi's estimate (Abramowitz & Stegun 25.4.30), ascending; kept for the next call.
 */
export interface Rule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const rules = new Map<number, Rule>();

export function gaussLegendre(n: number): Rule {
  let rule = rules.get(n);
  if (!rule) {
    rule = compute(n);
    rules.set(n, rule);
  }
  return rule;
}

function compute(n: number): Rule {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < Math.ceil(n / 2); i++) {
    let z = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let round = 0; round < 100; round++) {
      const [value, previous] = legendre(n, z);
      slope = (n * (z * value - previous)) / (z * z - 1);
      const step = value / slope;
      z -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    const weight = 1 / ((1 - z * z) * slope * slope);
    nodes[i] = (1 - z) / 2;
    nodes[n - 1 - i] = (1 + z) / 2;
    weights[i] = weight;
    weights[n - 1 - i] = weight;
  }
  return { nodes, weights };
}

/** P_n(z) and P_{n−1}(z). */
function legendre(n: number, z: number): [number, number] {
  let previous = 0;
  let value = 1;
  for (let k = 1; k <= n; k++) [previous, value] = [value, ((2 * k - 1) * z * value - (k - 1) * previous) / k];
  return [value, previous];
}

/** ∫ f over [from, to] in equal panels of n nodes each. */
export function integrate(f: (v: number) => number, from: number, to: number, panels: number, n: number): number {
  const { nodes, weights } = gaussLegendre(n);
  const width = (to - from) / panels;
  let sum = 0;
  for (let p = 0; p < panels; p++) {
    let panel = 0;
    for (let j = 0; j < n; j++) panel += weights[j]! * f(from + (p + nodes[j]!) * width);
    sum += panel * width;
  }
  return sum;
}

/** ∫_0^to f in panels of 20 nodes, the one that begins at u no longer than reach(u). */
export function integrateBy(f: (u: number) => number, to: number, reach: (u: number) => number): number {
  const { nodes, weights } = gaussLegendre(20);
  let sum = 0;
  for (let u = 0; u < to; ) {
    const width = Math.min(reach(u), to - u);
    for (let j = 0; j < nodes.length; j++) sum += weights[j]! * width * f(u + nodes[j]! * width);
    u = width === to - u ? to : u + width;
  }
  return sum;
}
