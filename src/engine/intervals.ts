import type { Factors } from '../data/states.ts';
import { bySegment } from './equity.ts';
import { purchasesInMean } from './factors.ts';
import { purchaseGradients, spendGradients } from './gradients.ts';
import type { Valued } from './valued.ts';

/** Of a 95 % interval of a normal distribution. */
const NORMAL_95 = 1.959963984540054;

/** 95 % bounds of an equity and its standard error, in currency units. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly error: number;
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
}

/**
 * Delta method on the natural scale: g′Vg, g the gradient of equity in the parameters of buying and of spend, V the inverse
 * of the observed information of each (formulas: Intervals). Null where parameters came without it. Equity is linear in
 * purchases and in what is expected of one, so its derivative is the equity that their derivatives make.
 */
export function covarianceMoments(valued: Valued): EquityMoments | null {
  const { states, cells, model, fit, window, spend, spendFrom, factors } = valued;
  const [buyingCovariance, spendCovariance] = [fit.covariance, spend.fit.covariance];
  if (!buyingCovariance || !spendCovariance) return null;
  const equity = (part: Partial<Factors>): Float64Array => bySegment(cells, { ...factors, ...part });
  const buying = purchaseGradients(model, states, fit.parameters, window).map((dert) => equity({ dert }));
  const spending = spendGradients(states, spend, spendFrom).map(equity);
  const variance = (pick: (bySegment: Float64Array) => number): number =>
    quadratic(buyingCovariance, buying.map(pick)) + quadratic(spendCovariance, spending.map(pick));
  return {
    equity: equity({}),
    variance: Float64Array.from(cells.segments, (_, i) => variance((values) => values[i]!)),
    totalVariance: variance(sum),
  };
}

/** Intervals of the sum of groups that were fitted apart, so that their errors are independent. */
export function momentIntervals(groups: readonly EquityMoments[]): EquityIntervals {
  const middle = (pick: (moments: EquityMoments) => number): number =>
    groups.reduce((all, group) => all + pick(group), 0);
  return {
    total: normal(
      middle((group) => sum(group.equity)),
      Math.sqrt(middle((group) => group.totalVariance)),
    ),
    segments: Array.from(groups[0]!.equity, (_, i) =>
      normal(
        middle((group) => group.equity[i]!),
        Math.sqrt(middle((group) => group.variance[i]!)),
      ),
    ),
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The 95 % bounds of a normal distribution. */
export function normal(middle: number, error: number): Interval {
  return { low: middle - NORMAL_95 * error, high: middle + NORMAL_95 * error, error };
}

/** v′Mv. */
export function quadratic(matrix: readonly (readonly number[])[], vector: readonly number[]): number {
  return matrix.reduce((all, row, i) => all + vector[i]! * row.reduce((part, c, j) => part + c * vector[j]!, 0), 0);
}

/**
 * Variance of what all customers will bring, given the parameters: Σ Var(PV) in currency units squared, or null where the
 * model or the spend has none. PV is a sum of discounted purchases, each Gamma around the customer's mean Z:
 * E[PV²] = E[Z²] E[D²] + (E[Z²]/p) Σ e^(−2δt), E[Z²] = p²(γ+x m̄)²/((px+q−1)(px+q−2)) (formulas: Intervals).
 */
export function outcomeVariance(valued: Valued): number | null {
  const { states, cells, model, fit, window, spend, spendFrom, factors } = valued;
  const [p, q, gamma] = spend.fit.parameters as [number, number, number];
  if (!spend.hasVariance || !model.pairs || p * purchasesInMean(0, spendFrom) + q <= 2) return null;
  const pairs = model.pairs(states, fit.parameters, factors.pAlive, window);
  const twice = model.purchases(states, fit.parameters, factors.pAlive, { ...window, delta: 2 * window.delta });
  const { spendBase, spendMultiplier } = factors;
  let variance = 0;
  for (let i = 0; i < cells.length; i++) {
    const s = cells.state[i]!;
    const n = cells.count[i]!;
    const m = cells.mean[i]!;
    const mm = cells.square[i]!;
    const k = purchasesInMean(states.x[s]!, spendFrom);
    const mean2 = n * gamma * gamma + 2 * gamma * k * m + k * k * mm;
    const z2 = (p * p * mean2) / ((p * k + q - 1) * (p * k + q - 2));
    const b = spendBase[s]!;
    const w = spendMultiplier[s]!;
    const expected2 = n * b * b + 2 * b * w * m + w * w * mm;
    variance += z2 * (pairs[s]! + twice[s]! * (1 + 1 / p)) - factors.dert[s]! ** 2 * expected2;
  }
  return variance;
}
