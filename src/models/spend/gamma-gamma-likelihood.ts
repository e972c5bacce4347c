import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import type { SpendStates } from '../../data/states.ts';
import type { Evaluation } from '../numeric/newton.ts';
import { runsOfX } from '../states.ts';

/**
 * Gamma–gamma likelihood (Fader & Hardie, note 025), of the mean m̄ > 0 of x ≥ 1 purchases:
 *   L = Γ(px+q)/(Γ(px)Γ(q)) · γ^q m̄^(px−1) x^(px) / (γ+x m̄)^(px+q).
 */

/** Value, gradient and Hessian in (p, q, γ); the gamma functions are taken once a distinct x. */
export function gammaGammaEvaluate(states: SpendStates, parameters: readonly number[]): Evaluation {
  const [p, q, gamma] = parameters as [number, number, number];
  const starts = runsOfX(states);
  let value = 0;
  let gp = 0;
  let gq = 0;
  let gg = 0;
  let pp = 0;
  let pq = 0;
  let pg = 0;
  let qq = 0;
  let qg = 0;
  let hh = 0;
  for (let run = 0; run + 1 < starts.length; run++) {
    const x = states.x[starts[run]!]!;
    const n = p * x + q;
    let customers = 0;
    let means = 0;
    let totals = 0;
    let once = 0;
    let twice = 0;
    for (let i = starts[run]!; i < starts[run + 1]!; i++) {
      const count = states.count[i]!;
      const mean = states.mean[i]!;
      const total = gamma + x * mean;
      customers += count;
      means += count * Math.log(mean);
      totals += count * Math.log(total);
      once += count / total;
      twice += count / (total * total);
    }
    const logX = Math.log(x);
    value += customers * (gammaln(n) - gammaln(p * x) - gammaln(q) + q * Math.log(gamma) + p * x * logX);
    value += (p * x - 1) * means - n * totals;
    gp += x * (customers * (digamma(n) - digamma(p * x) + logX) + means - totals);
    gq += customers * (digamma(n) - digamma(q) + Math.log(gamma)) - totals;
    gg += (customers * q) / gamma - n * once;
    pp += customers * x * x * (trigamma(n) - trigamma(p * x));
    pq += customers * x * trigamma(n);
    pg -= x * once;
    qq += customers * (trigamma(n) - trigamma(q));
    qg += customers / gamma - once;
    hh += n * twice - (customers * q) / gamma ** 2;
  }
  return {
    value,
    gradient: [gp, gq, gg],
    hessian: [
      [pp, pq, pg],
      [pq, qq, qg],
      [pg, qg, hh],
    ],
  };
}

/** Pearson's, between x and m̄; null where one of them does not vary. */
export function spendCorrelation({ length, x, mean, count }: SpendStates): number | null {
  let n = 0;
  let sumX = 0;
  let sumM = 0;
  let xx = 0;
  let xm = 0;
  let mm = 0;
  for (let i = 0; i < length; i++) {
    n += count[i]!;
    sumX += count[i]! * x[i]!;
    sumM += count[i]! * mean[i]!;
  }
  for (let i = 0; i < length; i++) {
    const dx = x[i]! - sumX / n;
    const dm = mean[i]! - sumM / n;
    xx += count[i]! * dx * dx;
    xm += count[i]! * dx * dm;
    mm += count[i]! * dm * dm;
  }
  return xx > 0 && mm > 0 ? xm / Math.sqrt(xx * mm) : null;
}
