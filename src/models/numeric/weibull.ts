import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';

const ROUNDS = 50;

/**
 * The quantile of a Weibull law, in multiples of its mean, by its mean square over the square of the mean: with j = 1/shape that
 * is Γ(1+2j)/Γ(1+j)², solved by Newton's method, and the quantile (−ln(1−p))^j/Γ(1+j).
 * @param ratio above 1
 */
export function weibullQuantile(ratio: number, p: number): number {
  const wanted = Math.log(ratio);
  // Γ(1+2j)/Γ(1+j)² is nearly e^(π²j²/6) where j is small.
  let j = Math.sqrt(6 * wanted) / Math.PI;
  for (let round = 0; round < ROUNDS; round++) {
    const above = gammaln(1 + 2 * j) - 2 * gammaln(1 + j) - wanted;
    const step = above / (2 * (digamma(1 + 2 * j) - digamma(1 + j)));
    j -= step;
    if (Math.abs(step) < 1e-12 * j) break;
  }
  return Math.exp(j * Math.log(-Math.log1p(-p)) - gammaln(1 + j));
}
