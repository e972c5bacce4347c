import { NORMAL_95 } from '../../base/normal.ts';
import type { Confidence, States } from '../../data/states.ts';
import type { SpendFactors } from '../factors.ts';
import type { Uncertainty } from '../gradients.ts';
import { quadratic } from '../intervals.ts';
import type { Valued } from '../valued.ts';

type Matrix = readonly (readonly number[])[];

/**
 * What the confidence interval of a customer's value is made of, by its state: relative variances of the expected purchases,
 * g′Vg/dert² (delta method), and the variance of the expected margin base + linear · mean + quadratic · mean². Across an edge of
 * the parameters the purchases may be farther to that side.
 */
export function confidenceOf({ states, factors: { dert } }: Valued, known: Uncertainty): Confidence {
  const own = relativeVariances(known.buyingCovariance, known.buying, dert);
  const [below, above] = [own, own.slice()];
  for (const other of known.across) {
    for (let i = 0; i < dert.length; i++) {
      const far = logRatio(other[i]!, dert[i]!) / NORMAL_95;
      if (far < 0) below[i] = Math.max(below[i]!, own[i]! + far * far);
      else above[i] = Math.max(above[i]!, own[i]! + far * far);
    }
  }
  return { below, above, ...marginVariances(states, known.spendCovariance, known.spending) };
}

/** g′Vg over the square of a figure of each state; 0 where the figure is 0. */
export function relativeVariances(
  covariance: Matrix,
  gradients: readonly Float64Array[],
  figures: Float64Array,
): Float64Array {
  return figures.map((figure, i) =>
    figure > 0
      ? quadratic(
          covariance,
          gradients.map((gradient) => gradient[i]! / figure),
        )
      : 0,
  );
}

/** Var(base + weight · mean) of each state as a polynomial of the mean. */
function marginVariances(
  { x, length }: States,
  covariance: Matrix,
  slopes: readonly SpendFactors[],
): Pick<Confidence, 'base' | 'linear' | 'quadratic'> {
  const [base, linear, square] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  for (let i = 0; i < length; i++) {
    if (i > 0 && x[i] === x[i - 1]) {
      [base[i], linear[i], square[i]] = [base[i - 1]!, linear[i - 1]!, square[i - 1]!];
      continue;
    }
    const [bases, weights] = [slopes.map((one) => one.spendBase[i]!), slopes.map((one) => one.spendMultiplier[i]!)];
    base[i] = quadratic(covariance, bases);
    square[i] = quadratic(covariance, weights);
    const both = bases.map((value, k) => value + weights[k]!);
    linear[i] = quadratic(covariance, both) - base[i]! - square[i]!;
  }
  return { base, linear, quadratic: square };
}

function logRatio(other: number, own: number): number {
  return own > 0 && other > 0 ? Math.log(other / own) : 0;
}
