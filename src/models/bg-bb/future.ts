/**
 * Purchases to come of a BG/BB customer who is alive at opportunity n + 1 (Fader, Hardie & Shang 2010), each discounted by
 * 1 + d an opportunity and valued at its end:
 *   (α+x)/(α+β+n) · Σ_{k≥0} (1+d)^−(k+1) Π_{j=1}^{k} (δ+n+j)/(γ+δ+n+j),
 * δ and γ being the parameters of the chance to die. For life that is E[1/(d + q)], q ~ Beta(γ, δ+n+1) the chance to die.
 */

/** The sum, over so many opportunities; null: for life, infinite without discounting if γ ≤ 1. */
export function discountedOpportunities(
  n: number,
  [gamma, delta]: readonly [number, number],
  d: number,
  opportunities: number | null,
): number {
  const a = delta + n + 1;
  if (opportunities === null) {
    if (d === 0) return gamma > 1 ? (a + gamma - 1) / (gamma - 1) : Number.POSITIVE_INFINITY;
    return forLife(a, a + gamma, d);
  }
  let sum = 0;
  let term = 1 / (1 + d);
  for (let k = 0; k < opportunities && term > 1e-18 * sum * d; k++) {
    sum += term;
    term *= (a + k) / ((a + gamma + k) * (1 + d));
  }
  return sum;
}

/** The same where everybody stops with the chance q at every opportunity: Σ_{k≥0} (1+d)^−(k+1) (1−q)^k. */
export function discountedSteadily(q: number, d: number, opportunities: number | null): number {
  const ends = d + q;
  if (opportunities === null) return ends > 0 ? 1 / ends : Number.POSITIVE_INFINITY;
  return ends === 0 ? opportunities : -Math.expm1(opportunities * (Math.log1p(-q) - Math.log1p(d))) / ends;
}

/** v · ₂F₁(1, a; c; v), v = 1/(1+d), by the continued fraction of Gauss, whose error falls as e^(−4k√(1−v)) after k levels. */
function forLife(a: number, c: number, d: number): number {
  const v = 1 / (1 + d);
  let fraction = 1;
  for (let m = Math.ceil(10 / Math.sqrt(d * v)) + 20; m >= 1; m--) {
    const odd = ((a + m - 1) * (c + m - 2)) / ((c + 2 * m - 3) * (c + 2 * m - 2));
    const even = (m * (c - a + m - 1)) / ((c + 2 * m - 2) * (c + 2 * m - 1));
    fraction = 1 - (odd * v) / (1 - (even * v) / fraction);
  }
  return v / fraction;
}
