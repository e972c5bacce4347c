import { describe, expect, it } from 'vitest';
import { buyingModel } from '../../src/models/registry.ts';
import { heterogeneityOf } from '../../src/valuation/heterogeneity.ts';
import { statesOf } from '../models/customers.ts';

const states = statesOf([
  { x: 0, recency: 0, age: 70 },
  { x: 1, recency: 30, age: 70 },
  { x: 2, recency: 60, age: 70 },
  { x: 3, recency: 60, age: 70 },
]);

/** Customers of some groups, each with the parameters of its model. */
function differences(...groups: readonly { name: string; parameters: number[]; from: number; to: number }[]) {
  const fitted = groups.map(({ name, parameters, from, to }) => ({
    group: { name: [name], start: from, end: to },
    model: buyingModel(name)!,
    fit: { parameters, logLikelihood: 0, customers: to - from, covariance: null },
    spend: null as never,
    pooled: false,
  }));
  return heterogeneityOf({ states: { ...states, groups: fitted.map(({ group }) => group) }, groups: fitted });
}

describe('how customers differ', () => {
  it('bins of a rate end where hardly anybody is above, and all bins hold all customers', () => {
    const { buying, stopping } = differences({ name: 'bg-nbd', parameters: [0.25, 4, 0.8, 2.5], from: 0, to: 4 });
    for (const { bins } of [buying, stopping])
      expect(bins.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(buying.bins.at(-1)!.upTo).toBeNull();
    expect(buying.bins.at(-1)!.share).toBeLessThan(0.005);
    expect(buying.bins).toHaveLength(10);
    expect(stopping.bins.map(({ upTo }) => upTo)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  });

  it('where all are alike they are in one bin, and who never stops in the first', () => {
    const { buying, stopping } = differences({ name: 'poisson', parameters: [0.1], from: 0, to: 4 });
    expect(buying.bins.filter(({ share }) => share > 0)).toEqual([{ above: 5, upTo: 10, share: 1 }]);
    expect(stopping.bins.filter(({ share }) => share > 0)).toEqual([{ above: 0, upTo: 0.1, share: 1 }]);
  });

  it('groups count by their customers', () => {
    const { buying } = differences(
      { name: 'poisson', parameters: [0.1], from: 0, to: 3 },
      { name: 'poisson', parameters: [0.01], from: 3, to: 4 },
    );
    const shares = buying.bins.filter(({ share }) => share > 0).map(({ upTo, share }) => [upTo, share]);
    expect(shares).toEqual([
      [1, 0.25],
      [10, 0.75],
    ]);
  });
});
