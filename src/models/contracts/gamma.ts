import gammaln from '@stdlib/math-base-special-gammaln';

/** From here on Stirling's series with four terms is right to the last digit. */
const LARGE = 20;

/** ln Γ(x) − ln Γ(x + a) for x, a > 0, without the cancellation of two large logarithms. */
export function logGammaRatio(x: number, a: number): number {
  if (x < LARGE) return gammaln(x) - gammaln(x + a);
  return a - (x - 0.5) * Math.log1p(a / x) - a * Math.log(x + a) + stirling(x) - stirling(x + a);
}

function stirling(x: number): number {
  const square = 1 / (x * x);
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / x;
}
