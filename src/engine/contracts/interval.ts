import { Decimal } from '../../base/decimal.ts';
import { NORMAL_95 } from '../../base/normal.ts';
import type { Matrix } from '../../models/numeric/symmetric.ts';
import { residualInterval } from './residual-interval.ts';
import { contractValues, type Terms } from './value.ts';

/** Step of a difference in decimals: the quotient is right to twenty digits. */
const STEP = new Decimal('1e-20');

/**
 * 95 % confidence interval of equity in currency units, delta method, parameters only. `margins`: the sum of the margins a
 * period of the customers alive, by renewals made. Null where the parameters came without their errors.
 * @param across where the model is a limit, the general one inside the edge, where it is likely too: the interval is farther to
 * the side on which equity lies by it
 */
export function contractInterval(
  terms: Terms,
  margins: Float64Array,
  covariance: Matrix | null,
  across: readonly Terms[] = [],
): readonly [number, number] | null {
  if (covariance === null) return null;
  const [low, high] = alongParameters(terms, margins, covariance);
  if (across.length === 0) return [low, high];
  const middle = (low + high) / 2;
  const far = across.map((other) => equityOf(other, margins) - middle);
  return [
    middle - Math.hypot(middle - low, Math.min(0, ...far)),
    middle + Math.hypot(high - middle, Math.max(0, ...far)),
  ];
}

function equityOf(terms: Terms, margins: Float64Array): number {
  const values = contractValues(terms, margins.length - 1);
  return margins.reduce((sum, margin, made) => sum + margin * values.factor(made).toNumber(), 0);
}

function alongParameters(terms: Terms, margins: Float64Array, covariance: Matrix): readonly [number, number] {
  if (terms.rate === null) return residualInterval(terms, margins, covariance, terms.timing);
  const total = margins.reduce((sum, margin) => sum + margin, 0);
  const factor = (rate: Decimal): Decimal => contractValues({ ...terms, rate }, 0).factor(0);
  const [here, below] = [factor(terms.rate), factor(terms.rate.minus(STEP))];
  const half = NORMAL_95 * here.minus(below).div(STEP).toNumber() * Math.sqrt(covariance[0]![0]!) * Math.abs(total);
  const estimate = here.toNumber() * total;
  return [estimate - half, estimate + half];
}
