import type { RenewalOutcomes } from '../../data/contracts.ts';
import type { SurvivalModel } from '../../models/contracts/survival.ts';
import type { Matrix } from '../../models/numeric/symmetric.ts';
import { quadratic } from '../intervals.ts';
import { predictRenewals } from './holdout.ts';
import { periodFactor, TIMINGS } from './timing.ts';
import type { Terms } from './value.ts';

/** Of a present value, by renewals made: what is expected of it and of its square. */
export interface Moments {
  readonly mean: Float64Array;
  readonly square: Float64Array;
}

/** What a lifetime is cut at: the share of a payment that discounting has left of it. */
const LEFT = 1e-16;

/**
 * Moments of the present value of 1 a period from a customer who is there, given the parameters. A renewal made is worth 1 and
 * what follows, z = (1+g)/(1+d) of a period later, so with Y(n) the value after n renewals and the next made with chance r:
 *   E[Y(n)] = r (1 + z E[Y(n+1)]),  E[Y(n)²] = r (1 + 2z E[Y(n+1)] + z² E[Y(n+1)²]),
 * the chances being those of a customer with so many renewals, so that it is in them how customers differ. Null where a lifetime
 * is not discounted.
 */
export function presentMoments(terms: Terms, longest: number): Moments | null {
  const { rates, periods, timing } = terms;
  const z = periodFactor(rates).toNumber();
  if (periods === null && z >= 1) return null;
  const { renewals, delay } = TIMINGS[timing];
  const later = rates.discount.plus(1).pow(delay.negated()).toNumber();
  const found = atRenewals(terms, longest, z, periods === null ? null : Math.max(0, periods - 1 + renewals));
  if (renewals === 1) return scaled(found, later);
  if (periods === 0) return scaled(found, 0);
  const { mean, square } = found;
  return scaled(
    { mean: mean.map((y) => 1 + z * y), square: square.map((yy, n) => 1 + 2 * z * mean[n]! + z * z * yy) },
    later,
  );
}

function scaled({ mean, square }: Moments, by: number): Moments {
  return { mean: mean.map((value) => value * by), square: square.map((value) => value * by * by) };
}

function atRenewals({ model, parameters, rate }: Terms, longest: number, z: number, periods: number | null): Moments {
  const one = rate?.toNumber();
  const retention = (k: number): number => one ?? model.retention(parameters, k);
  const moments = { mean: new Float64Array(longest + 1), square: new Float64Array(longest + 1) };
  const step = (n: number, [mean, square]: readonly [number, number]): [number, number] => {
    const r = retention(n + 1);
    return [r * (1 + z * mean), r * (1 + 2 * z * mean + z * z * square)];
  };
  const keep = (n: number, [mean, square]: readonly [number, number]): void => {
    moments.mean[n] = mean;
    moments.square[n] = square;
  };
  if (periods === null) {
    let after: [number, number] = [0, 0];
    for (let n = longest + Math.ceil(Math.log(LEFT) / Math.log(z)); n >= 0; n--) {
      after = step(n, after);
      if (n <= longest) keep(n, after);
    }
    return moments;
  }
  for (let n = 0; n <= longest; n++) {
    let after: [number, number] = [0, 0];
    for (let k = n + periods - 1; k >= n; k--) after = step(k, after);
    keep(n, after);
  }
  return moments;
}

/** Relative step of a central difference, as in residual-interval.ts. */
const STEP = 1e-4;

/**
 * Variance of the renewals that customers are expected to make, all together, as a model has it: of what they do, each group by
 * the renewals that it comes to, and of the parameters (null: known for certain).
 */
export function renewalsVariance(
  model: Pick<SurvivalModel, 'retention'>,
  parameters: readonly number[],
  covariance: Matrix | null,
  outcomes: RenewalOutcomes,
): number {
  const { length, made, decided, count } = outcomes;
  let variance = 0;
  for (let i = 0; i < length; i++) {
    let [mean, square] = [0, 0];
    for (let k = made[i]! + decided[i]! - 1; k >= made[i]!; k--) {
      const r = model.retention(parameters, k + 1);
      [mean, square] = [r * (1 + mean), r * (1 + 2 * mean + square)];
    }
    variance += count[i]! * (square - mean * mean);
  }
  if (covariance === null) return variance;
  const expected = (at: readonly number[]): number =>
    predictRenewals(model, at, outcomes).renewals.reduce((sum, renewals) => sum + renewals, 0);
  const gradient = parameters.map((value, i) => {
    const [up, down] = [STEP, -STEP].map((by) => expected(parameters.with(i, value * (1 + by)))) as [number, number];
    return (up - down) / (2 * STEP * value);
  });
  return variance + quadratic(covariance, gradient);
}
