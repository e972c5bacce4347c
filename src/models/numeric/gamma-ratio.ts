import gammaln from '@stdlib/math-base-special-gammaln';

/** Where a quantile is to the last digit that anybody sees. */
const CLOSE = 1e-9;
const ROUNDS = 100;
/** The most that ln of the quantile moves at a time: beyond, the tails say little of where it lies. */
const STRIDE = 4;

/**
 * The quantile of A/B, A ~ Gamma(a, 1) and B ~ Gamma(b, 1) independent (a beta prime): P(A/B ≤ t) = I_{t/(1+t)}(a, b). Newton's
 * method on the logarithm of the smaller tail, which is concave in ln t, from the estimate of Paulson (1942).
 * @param p in (0, 1)
 */
export function gammaRatioQuantile(a: number, b: number, p: number): number {
  const logBeta = gammaln(a) + gammaln(b) - gammaln(a + b);
  let log = Math.log(paulson(a, b, p));
  for (let round = 0; round < ROUNDS; round++) {
    const { below, above, slope } = tailsAt(a, b, log, logBeta);
    const step = p <= 0.5 ? (Math.log(p / below) * below) / slope : (Math.log(above / (1 - p)) * above) / slope;
    const kept = Number.isNaN(step) ? STRIDE : Math.max(-STRIDE, Math.min(STRIDE, step));
    log += kept;
    if (Math.abs(kept) < CLOSE) break;
  }
  return Math.exp(log);
}

/** P(P ≤ p), P ~ Beta(a, b): the regularized incomplete beta function. */
export function betaShare(a: number, b: number, p: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  const logBeta = gammaln(a) + gammaln(b) - gammaln(a + b);
  return tailsAt(a, b, Math.log(p) - Math.log1p(-p), logBeta).below;
}

/** P(A/B ≤ t), its complement, and how fast the one grows with ln t. */
function tailsAt(a: number, b: number, log: number, logBeta: number) {
  const odds = Math.log1p(Math.exp(-Math.abs(log)));
  const [logX, logY] = log > 0 ? [-odds, -log - odds] : [log - odds, -odds];
  const slope = Math.exp(a * logX + b * logY - logBeta);
  const x = Math.exp(logX);
  if (x < (a + 1) / (a + b + 2)) {
    const below = (slope * fraction(a, b, x)) / a;
    return { below, above: 1 - below, slope };
  }
  const above = (slope * fraction(b, a, Math.exp(logY))) / b;
  return { below: 1 - above, above, slope };
}

/** The continued fraction of the incomplete beta function (Abramowitz & Stegun 26.5.8), by Lentz's method. */
function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-12) break;
  }
  return value;
}

/** Cube roots of both, over their means, are nearly normal (Wilson & Hilferty); a start where those do not reach. */
function paulson(a: number, b: number, p: number): number {
  const [u, v, z] = [1 / (9 * a), 1 / (9 * b), normalQuantile(p)];
  const below = (1 - v) ** 2 - z * z * v;
  const root = u * (1 - v) ** 2 + v * (1 - u) ** 2 - z * z * u * v;
  const cube = below > 0 && root > 0 ? ((1 - u) * (1 - v) + z * Math.sqrt(root)) / below : 0;
  return (a / b) * Math.max(cube, 0.05) ** 3;
}

/** To three digits (Abramowitz & Stegun 26.2.23): a start. */
function normalQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
  const z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return p < 0.5 ? -z : z;
}
