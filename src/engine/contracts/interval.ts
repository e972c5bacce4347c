import { Decimal } from '../../base/decimal.ts';
import type { Matrix } from '../../models/numeric/symmetric.ts';
import { residualInterval } from './residual-interval.ts';
import { contractValues, type Terms } from './value.ts';

/** Half the width of a 95 % interval in standard errors. */
const Z95 = 1.959963984540054;
/** Step of a difference in decimals: the quotient is right to twenty digits. */
const STEP = new Decimal('1e-20');

/**
 * 95 % confidence interval of equity in currency units, delta method, parameters only. `margins`: the sum of the margins a
 * period of the customers alive, by renewals made. Null where the parameters came without their errors.
 */
export function contractInterval(
  terms: Terms,
  margins: Float64Array,
  covariance: Matrix | null,
): readonly [number, number] | null {
  if (covariance === null) return null;
  if (terms.rate === null) return residualInterval(terms, margins, covariance, terms.timing);
  const total = margins.reduce((sum, margin) => sum + margin, 0);
  const factor = (rate: Decimal): Decimal => contractValues({ ...terms, rate }, 0).factor(0);
  const [here, below] = [factor(terms.rate), factor(terms.rate.minus(STEP))];
  const half = Z95 * here.minus(below).div(STEP).toNumber() * Math.sqrt(covariance[0]![0]!) * Math.abs(total);
  const estimate = here.toNumber() * total;
  return [estimate - half, estimate + half];
}
