import gammaln from '@stdlib/math-base-special-gammaln';

/** Digits beyond which a term adds nothing. */
const CLOSE = 1e-15;
const TERMS = 100_000;

/**
 * P(G ≤ x), G ~ Gamma(shape, 1): the regularized incomplete gamma function, by its series below the mean and by its continued
 * fraction above (Abramowitz & Stegun 6.5.29, 6.5.31).
 */
export function gammaShare(shape: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  const factor = Math.exp(shape * Math.log(x) - x - gammaln(shape));
  return x < shape + 1 ? Math.min(1, factor * series(shape, x)) : Math.max(0, 1 - factor * fraction(shape, x));
}

/** Σ x^k Γ(a)/Γ(a + k + 1). */
function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < TERMS && term > CLOSE * sum; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

/** By Lentz's method. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < TERMS; k++) {
    const by = -k * (k - a);
    b += 2;
    d = 1 / (by * d + b);
    c = b + by / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < CLOSE) break;
  }
  return value;
}
