import { NORMAL_95 } from '../../base/normal.ts';
import { type Contract, residualFactors } from './residual.ts';
import type { Timing } from './timing.ts';

/** Relative step of a central difference: its error, about 1e-9, is far below that of the estimate. */
const STEP = 1e-4;

/**
 * 95 % confidence interval, delta method on the natural scale, of Σ customers × DERL: the uncertainty of the parameters, not of
 * what the customers will do. `customers` by tenure 0 … longest, counted or weighted by their margin; `covariance` of the
 * parameters.
 */
export function residualInterval(
  contract: Contract,
  customers: Float64Array,
  covariance: readonly (readonly number[])[],
  timing: Timing,
): readonly [number, number] {
  const total = (parameters: readonly number[]): number =>
    residualFactors({ ...contract, parameters }, customers.length - 1, timing).reduce(
      (sum, factor, tenure) => sum + factor * customers[tenure]!,
      0,
    );
  const { parameters } = contract;
  const gradient = parameters.map((value, i) => {
    const [up, down] = [STEP, -STEP].map((step) => total(parameters.with(i, value * (1 + step)))) as [number, number];
    return (up - down) / (2 * STEP * value);
  });
  let variance = 0;
  for (const [i, row] of covariance.entries())
    for (const [j, c] of row.entries()) variance += gradient[i]! * gradient[j]! * c;
  const [estimate, half] = [total(parameters), NORMAL_95 * Math.sqrt(variance)];
  return [estimate - half, estimate + half];
}
