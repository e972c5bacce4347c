import { describe, expect, it } from 'vitest';
import { NORMAL_95 } from '../../src/base/normal.ts';
import type { Cells, States } from '../../src/data/states.ts';
import { bySegment, cellValues } from '../../src/engine/equity.ts';
import { factorsOf, purchasesInMean, spendFactors } from '../../src/engine/factors.ts';
import type { Uncertainty } from '../../src/engine/gradients.ts';
import { covarianceMoments, momentIntervals, normal, outcomeVariance, quadratic } from '../../src/engine/intervals.ts';
import type { Valued } from '../../src/engine/valued.ts';
import type { BuyingModel, PurchaseWindow } from '../../src/models/model.ts';
import { OWN_SPEND, type SecondMoment } from '../../src/models/spend/estimate.ts';

const states: States = {
  length: 3,
  x: Int32Array.of(0, 0, 2),
  recency: Int32Array.of(0, 0, 5),
  age: Int32Array.of(9, 10, 10),
  count: Float64Array.of(3, 1, 2),
};
/** Two segments; the means of a cell are the sum of those of its customers. */
const cells: Cells = {
  length: 4,
  state: Int32Array.of(0, 0, 1, 2),
  segment: Int32Array.of(0, 1, 1, 0),
  segments: [['a'], ['b']],
  count: Float64Array.of(2, 1, 1, 2),
  mean: Float64Array.of(8, 5, 3, 14),
  square: Float64Array.of(34, 25, 9, 100),
};
const window: PurchaseWindow = { delta: 0.01, days: null };

/** Customers that buy at random at a rate a day for ever: discounted purchases are rate / δ, whoever they are. */
const forEver = {
  pAlive: ({ length }: States) => new Float64Array(length).fill(1),
  purchases: ({ length }: States, [rate]: readonly number[], _: Float64Array, { delta }: PurchaseWindow) =>
    new Float64Array(length).fill(rate! / delta),
} as unknown as BuyingModel;

function valued(second: SecondMoment | null, credibility = { base: 0, weight: 1 }): Valued {
  const fit = { parameters: [0.2], covariance: [[0.0004]] } as unknown as Valued['fit'];
  const spend = { fit, secondMoment: () => second, credibility: () => credibility } as unknown as Valued['spend'];
  const factors = factorsOf(states, forEver, [0.2], window, () => credibility, 'all');
  return { states, cells, model: forEver, fit, window, spend, spendFrom: 'all', factors };
}

describe('expected value', () => {
  it('is DERT × (base + multiplier × mean), by cell and by segment', () => {
    const factors = {
      ...{ states, pAlive: Float64Array.of(1, 1, 1), dert: Float64Array.of(2, 3, 5) },
      ...{ spendBase: Float64Array.of(1, 0, 10), spendMultiplier: Float64Array.of(0.5, 1, 0.25) },
    };
    expect([...cellValues(cells, factors)]).toEqual([12, 7, 9, 117.5]);
    expect([...bySegment(cells, factors)]).toEqual([129.5, 16]);
  });

  it('takes the mean over the first purchase too where all count, and asks once for equal numbers in a row', () => {
    expect([purchasesInMean(3, 'all'), purchasesInMean(3, 'repeat')]).toEqual([4, 3]);
    const asked: number[] = [];
    const credibility = (purchases: number) => {
      asked.push(purchases);
      return { base: purchases, weight: 1 / (purchases + 1) };
    };
    const { spendBase, spendMultiplier } = spendFactors(states, credibility, 'all');
    expect(asked).toEqual([1, 3]);
    expect([...spendBase]).toEqual([1, 1, 3]);
    expect([...spendMultiplier]).toEqual([0.5, 0.5, 0.25]);
    expect([...spendFactors(states, credibility, 'repeat').spendBase]).toEqual([0, 0, 2]);
    for (const x of [0, 1, 2])
      expect(spendFactors({ ...states, length: 1, x: Int32Array.of(x) }, credibility, 'repeat').spendBase[0]).toBe(x);
  });
});

describe('the variance of what customers will bring', () => {
  // Campbell's theorem: of a Poisson process of rate λ the variance of Σ e^(−δt) is λ / 2δ.
  const twice = 0.2 / 0.02;

  it('is λ / 2δ times the squares of what they spend, where that is known', () => {
    const squares = 34 + 25 + 9 + 100;
    expect(outcomeVariance(valued(OWN_SPEND))).toBeCloseTo(twice * squares, 9);
    expect(outcomeVariance(valued({ ...OWN_SPEND, dispersion: 0.5 }))).toBeCloseTo(1.5 * twice * squares, 9);
  });

  it('has the spread of their means besides, (λ / δ)² of it', () => {
    // A mean of 4 and a square of 25 for everybody, whatever was seen: a variance of 9 each.
    const found = outcomeVariance(valued({ base: 25, linear: 0, quadratic: 0, dispersion: 0 }, { base: 4, weight: 0 }));
    expect(found).toBeCloseTo(6 * (twice * 25 + 20 ** 2 * 9), 6);
    // By half from the own mean: E[Z²] = m² / 4 + 4m / 2 + 4 + 3, that is a variance of 3 around m / 2 + 2.
    const half = outcomeVariance(
      valued({ base: 7, linear: 2, quadratic: 0.25, dispersion: 0 }, { base: 2, weight: 0.5 }),
    );
    const z2 = 6 * 7 + 2 * (8 + 5 + 3 + 14) + 0.25 * (34 + 25 + 9 + 100);
    expect(half).toBeCloseTo(twice * z2 + 20 ** 2 * 6 * 3, 6);
  });

  it('takes the pairs of purchases of a model that has them', () => {
    const pairs = { ...forEver, pairs: () => Float64Array.of(500, 500, 500) } as unknown as BuyingModel;
    const found = outcomeVariance({ ...valued(OWN_SPEND), model: pairs });
    expect(found).toBeCloseTo((twice + 500 - 400) * 168, 6);
  });

  it('is none where it is infinite', () => expect(outcomeVariance(valued(null))).toBeNull());
});

describe('intervals of equity', () => {
  it('are of v′Mv, with what two parameters have in common', () => {
    const matrix = [
      [4, 1],
      [1, 9],
    ];
    expect(quadratic(matrix, [2, -3])).toBe(4 * 4 + 9 * 9 - 2 * 6);
  });

  it('are g′Vg of buying and of spend, by segment and of all, whose errors go together', () => {
    const known: Uncertainty = {
      ...{ buyingCovariance: [[0.04]], spendCovariance: [[0.25]] },
      ...{ buying: [Float64Array.of(1, 1, 1)], inside: [], across: [], doubtful: [] },
      spending: [{ spendBase: Float64Array.of(1, 1, 1), spendMultiplier: new Float64Array(3) }],
    };
    const found = covarianceMoments(valued(OWN_SPEND), known)!;
    // Equity is 20 Σ means; its slope in buying Σ means, in spend 20 a customer.
    expect([...found.equity]).toEqual([440, 160]);
    expect(found.variance[0]).toBeCloseTo(0.04 * 22 ** 2 + 0.25 * 80 ** 2, 9);
    expect(found.variance[1]).toBeCloseTo(0.04 * 8 ** 2 + 0.25 * 40 ** 2, 9);
    expect(found.totalVariance).toBeCloseTo(0.04 * 30 ** 2 + 0.25 * 120 ** 2, 9);
    expect([...found.below, ...found.above]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(covarianceMoments(valued(OWN_SPEND), null)).toBeNull();
  });

  it('reach across an edge to its side, and of doubtful parameters only beyond the bounds', () => {
    const none = { buyingCovariance: [[1]], spendCovariance: [[0]], inside: [] };
    const known: Uncertainty = {
      ...{ ...none, spending: [{ spendBase: new Float64Array(3), spendMultiplier: new Float64Array(3) }] },
      ...{ buying: [Float64Array.of(1, 1, 1)], across: [], doubtful: [] },
    };
    const base = valued(OWN_SPEND);
    const lower = Float64Array.of(18, 18, 18);
    const higher = Float64Array.of(21, 21, 21);
    const across = covarianceMoments(base, { ...known, across: [lower, higher, Float64Array.of(19, 19, 19)] })!;
    expect([...across.below]).toEqual([44, 16, 60]);
    expect([...across.above]).toEqual([22, 8, 30]);
    const doubtful = covarianceMoments(base, { ...known, doubtful: [lower, higher] })!;
    // A standard error of 1 purchase a customer: 1.96 are told already.
    const beyond = Math.sqrt(4 - NORMAL_95 ** 2);
    [22, 8, 30].forEach((means, i) => {
      expect(doubtful.below[i]).toBeCloseTo(beyond * means, 9);
      expect(doubtful.above[i]).toBe(0);
    });
  });

  it('add the squares of groups that were fitted apart, and reach farther where an edge lies', () => {
    const group = (equity: number[], variance: number[], totalVariance: number, below: number[], above: number[]) => ({
      ...{ equity: Float64Array.from(equity), variance: Float64Array.from(variance), totalVariance },
      ...{ below: Float64Array.from(below), above: Float64Array.from(above) },
    });
    const { total, segments } = momentIntervals([
      group([10, 20], [4, 0], 16, [0, 1, 3], [0, 0, 0]),
      group([1, 2], [5, 0], 9, [0, 0, 4], [0, 2, 6]),
    ]);
    expect(total.low).toBeCloseTo(33 - Math.sqrt(NORMAL_95 ** 2 * 25 + 25), 12);
    expect(total.high).toBeCloseTo(33 + Math.sqrt(NORMAL_95 ** 2 * 25 + 36), 12);
    expect(total.errors[0]).toBeCloseTo((33 - total.low) / NORMAL_95, 12);
    expect(total.errors[1]).toBeCloseTo((total.high - 33) / NORMAL_95, 12);
    expect(segments[0]!.low).toBeCloseTo(11 - 3 * NORMAL_95, 12);
    expect(segments[0]!.errors).toEqual([3, 3]);
    expect([segments[1]!.low, segments[1]!.high]).toEqual([21, 24]);
    const alone = momentIntervals([group([10, 20], [4, 1], 6, [0, 0, 0], [0, 0, 0])]);
    expect(alone.segments.map(({ errors }) => errors[0])).toEqual([2, 1]);
    expect(normal(5, 1, 2)).toEqual({ low: 5 - NORMAL_95, high: 5 + 2 * NORMAL_95, errors: [1, 2] });
    expect(normal(5, 1).high).toBe(5 + NORMAL_95);
  });
});
