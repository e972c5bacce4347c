import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import type { States } from '../../data/states.ts';
import type { Evaluation } from '../numeric/newton.ts';
import { runsOfX } from '../states.ts';

/**
 * Likelihood of BG/NBD (Fader, Hardie & Lee 2005) and MBG/NBD (Batislam, Denizel & Filiztekin 2007) over states, r, α (weeks),
 * a, b. With n = r + x, chances = purchases after which the customer could have stopped, and w the odds of having stopped:
 *   L = Γ(n)/Γ(r) α^r (α+T)^−n · B(a, b+chances)/B(a, b) · (1 + w),  w = a/(b+chances−1) · ((α+T)/(α+t_x))^n,
 *   P(alive) = 1/(1 + w).  chances = x for BG/NBD, where w = 0 if x = 0; x + 1 for MBG/NBD.
 */

/** ln w; times in weeks. */
export function logOdds(parameters: readonly number[], x: number, chances: number, last: number, age: number): number {
  const [r, alpha, a, b] = parameters as [number, number, number, number];
  if (chances === 0) return Number.NEGATIVE_INFINITY;
  return Math.log(a / (b + chances - 1)) + (r + x) * Math.log1p((age - last) / (alpha + last));
}

/** P(alive), without overflow. */
export function aliveFrom(logW: number): number {
  return logW > 0 ? Math.exp(-logW) / (1 + Math.exp(-logW)) : 1 / (1 + Math.exp(logW));
}

/** Value, gradient and Hessian in (r, α, a, b). `first`: 1 where the first purchase was a chance to stop, else 0. */
export function betaGeometricEvaluate(states: States, parameters: readonly number[], first: 0 | 1): Evaluation {
  const [r, alpha, a, b] = parameters as [number, number, number, number];
  const starts = runsOfX(states);
  let [value, r1, h1, a1, b1, rr, rh, ra, rb, hh, ha, hb, aa, ab, bb] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let run = 0; run + 1 < starts.length; run++) {
    const x = states.x[starts[run]!]!;
    const n = r + x;
    const chances = x + first;
    const below = b + chances - 1;
    let [customers, logs, ages, inverse, squares] = [0, 0, 0, 0, 0];
    for (let i = starts[run]!; i < starts[run + 1]!; i++) {
      const count = states.count[i]!;
      const last = alpha + states.recency[i]! / 7;
      const now = alpha + states.age[i]! / 7;
      customers += count;
      const logNow = Math.log(now);
      ages += count * logNow;
      inverse += count / now;
      squares += count / (now * now);
      if (chances === 0) continue;
      const logW = logOdds(parameters, x, chances, states.recency[i]! / 7, states.age[i]! / 7);
      const alive = aliveFrom(logW);
      const dead = count * aliveFrom(-logW);
      const mixed = dead * alive;
      logs += count * (Math.max(logW, 0) + Math.log1p(Math.exp(-Math.abs(logW))));
      // Derivatives of ln w in r, α, a, b.
      const wr = Math.log1p((now - last) / last);
      const wh = n * (1 / now - 1 / last);
      const wa = 1 / a;
      const wb = -1 / below;
      r1 += dead * wr;
      h1 += dead * wh;
      a1 += dead * wa;
      b1 += dead * wb;
      rr += mixed * wr * wr;
      rh += (dead * wh) / n + mixed * wr * wh;
      ra += mixed * wr * wa;
      rb += mixed * wr * wb;
      hh += dead * n * (1 / (last * last) - 1 / (now * now)) + mixed * wh * wh;
      ha += mixed * wh * wa;
      hb += mixed * wh * wb;
      aa += (mixed - dead) * wa * wa;
      ab += mixed * wa * wb;
      bb += (mixed + dead) * wb * wb;
    }
    const sum = a + b;
    value += logs - n * ages + customers * (gammaln(n) - gammaln(r) + r * Math.log(alpha));
    value += customers * (gammaln(b + chances) - gammaln(sum + chances) + gammaln(sum) - gammaln(b));
    r1 += customers * (digamma(n) - digamma(r) + Math.log(alpha)) - ages;
    h1 += (customers * r) / alpha - n * inverse;
    a1 += customers * (digamma(sum) - digamma(sum + chances));
    b1 += customers * (digamma(sum) - digamma(sum + chances) + digamma(b + chances) - digamma(b));
    rr += customers * (trigamma(n) - trigamma(r));
    rh += customers / alpha - inverse;
    hh += n * squares - (customers * r) / alpha ** 2;
    const bend = customers * (trigamma(sum) - trigamma(sum + chances));
    aa += bend;
    ab += bend;
    bb += bend + customers * (trigamma(b + chances) - trigamma(b));
  }
  return {
    value,
    gradient: [r1, h1, a1, b1],
    hessian: [
      [rr, rh, ra, rb],
      [rh, hh, ha, hb],
      [ra, ha, aa, ab],
      [rb, hb, ab, bb],
    ],
  };
}
