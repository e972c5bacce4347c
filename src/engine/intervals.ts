import { NORMAL_95 } from '../base/normal.ts';
import type { Factors } from '../data/states.ts';
import { bySegment } from './equity.ts';
import { purchasesInMean } from './factors.ts';
import { type Uncertainty, uncertaintyOf } from './gradients.ts';
import type { Valued } from './valued.ts';

/** 95 % bounds of an equity and its standard error, in currency units. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Its standard error below and above it: one and the same, unless an edge of the parameters lies on a side. */
  readonly errors: readonly [number, number];
}

/** Confidence intervals of customer equity, from the uncertainty of the parameters alone. */
export interface EquityIntervals {
  readonly total: Interval;
  /** In the order of `cells.segments`. */
  readonly segments: readonly Interval[];
}

/** Equity of independently fitted customers and its variance, in currency units: by segment, and of the total. */
export interface EquityMoments {
  readonly equity: Float64Array;
  readonly variance: Float64Array;
  readonly totalVariance: number;
  /** How far equity may be below and above by what lies across an edge of the parameters, 95 %: by segment, then of the total. */
  readonly below: Float64Array;
  readonly above: Float64Array;
}

/**
 * Delta method on the natural scale: g′Vg, g the gradient of equity in the parameters of buying and of spend, V the inverse
 * of the observed information of each (formulas: Intervals). Null where parameters came without it. Equity is linear in purchases and in what is expected of one, so its
 * derivative is the equity that their derivatives make.
 */
export function covarianceMoments(
  valued: Valued,
  known: Uncertainty | null = uncertaintyOf(valued),
): EquityMoments | null {
  if (!known) return null;
  const { cells, factors } = valued;
  const equity = (part: Partial<Factors>): Float64Array => bySegment(cells, { ...factors, ...part });
  const buying = known.buying.map((dert) => equity({ dert }));
  const spending = known.spending.map(equity);
  const variance = (pick: (bySegment: Float64Array) => number): number =>
    quadratic(known.buyingCovariance, buying.map(pick)) + quadratic(known.spendCovariance, spending.map(pick));
  const segments = Float64Array.from(cells.segments, (_, i) => variance((values) => values[i]!));
  const totalVariance = variance(sum);
  return {
    equity: equity({}),
    variance: segments,
    totalVariance,
    ...reachAcross(known, equity, [...segments, totalVariance]),
  };
}

/**
 * What equity is inside the edge at which the model has its limit, as far as that is likely; of badly told parameters as far as that is
 * beyond the bounds of the delta method.
 * @param variances by segment, then of the total
 */
function reachAcross(
  { across, doubtful }: Uncertainty,
  equityBy: (part: Partial<Factors>) => Float64Array,
  variances: readonly number[],
): Pick<EquityMoments, 'below' | 'above'> {
  const equity = equityBy({});
  const [below, above] = [new Float64Array(equity.length + 1), new Float64Array(equity.length + 1)];
  const reach = (dert: Float64Array, told: (i: number) => number): void => {
    const other = equityBy({ dert });
    const far = [...other.map((value, i) => value - equity[i]!), sum(other) - sum(equity)];
    far.forEach((distance, i) => {
      const beyond = Math.sqrt(Math.max(0, distance ** 2 - told(i)));
      if (distance < 0) below[i] = Math.max(below[i]!, beyond);
      else above[i] = Math.max(above[i]!, beyond);
    });
  };
  for (const dert of across) reach(dert, () => 0);
  for (const dert of doubtful) reach(dert, (i) => NORMAL_95 ** 2 * variances[i]!);
  return { below, above };
}

/** Intervals of the sum of groups that were fitted apart, so that their errors are independent. */
export function momentIntervals(groups: readonly EquityMoments[]): EquityIntervals {
  const middle = (pick: (moments: EquityMoments) => number): number =>
    groups.reduce((all, group) => all + pick(group), 0);
  const across = (at: (moments: EquityMoments) => number): [number, number] => [
    middle((group) => group.below[at(group)]! ** 2),
    middle((group) => group.above[at(group)]! ** 2),
  ];
  return {
    total: bounds(
      middle((group) => sum(group.equity)),
      middle((group) => group.totalVariance),
      ...across((group) => group.equity.length),
    ),
    segments: Array.from(groups[0]!.equity, (_, i) =>
      bounds(
        middle((group) => group.equity[i]!),
        middle((group) => group.variance[i]!),
        ...across(() => i),
      ),
    ),
  };
}

/** A normal interval, farther to the side on which an edge of the parameters lies. @param below squares of how far */
function bounds(middle: number, variance: number, below: number, above: number): Interval {
  const inside = NORMAL_95 ** 2 * variance;
  const [down, up] = [Math.sqrt(inside + below), Math.sqrt(inside + above)];
  return { low: middle - down, high: middle + up, errors: [down / NORMAL_95, up / NORMAL_95] };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The 95 % bounds of a normal distribution, whose standard error may differ on the two sides. */
export function normal(middle: number, below: number, above = below): Interval {
  return { low: middle - NORMAL_95 * below, high: middle + NORMAL_95 * above, errors: [below, above] };
}

/** v′Mv. */
export function quadratic(matrix: readonly (readonly number[])[], vector: readonly number[]): number {
  return matrix.reduce((all, row, i) => all + vector[i]! * row.reduce((part, c, j) => part + c * vector[j]!, 0), 0);
}

/**
 * Variance of what all customers will bring, given the parameters: Σ Var(PV) in currency units squared, or null where it is
 * infinite. PV is a sum of discounted purchases D around the customer's mean Z, each with a dispersion c of its own:
 * E[PV²] = E[Z²] (E[D²] + c Σ e^(−2δt)) (formulas: Intervals; for gamma–gamma c = 1/p). Where the model has no closed form of
 * pairs, purchases are as random as a Poisson process has them.
 */
export function outcomeVariance(valued: Valued): number | null {
  const { states, cells, model, fit, window, spend, spendFrom, factors } = valued;
  const pairs = model.pairs?.(states, fit.parameters, factors.pAlive, window);
  const twice = model.purchases(states, fit.parameters, factors.pAlive, { ...window, delta: 2 * window.delta });
  const { spendBase, spendMultiplier, dert } = factors;
  let variance = 0;
  for (let i = 0; i < cells.length; i++) {
    const s = cells.state[i]!;
    const n = cells.count[i]!;
    const m = cells.mean[i]!;
    const mm = cells.square[i]!;
    const second = spend.secondMoment(purchasesInMean(states.x[s]!, spendFrom));
    if (second === null) return null;
    const z2 = n * second.base + second.linear * m + second.quadratic * mm;
    const b = spendBase[s]!;
    const w = spendMultiplier[s]!;
    const expected2 = n * b * b + 2 * b * w * m + w * w * mm;
    const square = pairs?.[s] ?? dert[s]! ** 2;
    variance += z2 * (square + twice[s]! * (1 + second.dispersion)) - dert[s]! ** 2 * expected2;
  }
  return variance;
}
