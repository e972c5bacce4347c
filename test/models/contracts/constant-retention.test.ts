import { describe, expect, it } from 'vitest';
import { constantRetention } from '../../../src/models/contracts/constant-retention.ts';
import { CONTRACT_MODELS, contractModel } from '../../../src/models/contracts/registry.ts';
import { survivalRuns } from '../../../src/models/contracts/survival.ts';

describe('one rate for all', () => {
  const runs = survivalRuns([[1000, 800, 640, 512]]);

  it('is the share of the renewals due that were made, with the binomial error', () => {
    const { parameters, covariance, customers } = constantRetention.fit(runs);
    expect([parameters, customers]).toEqual([[0.8], 1000]);
    expect(covariance[0]![0]).toBeCloseTo((0.8 * 0.2) / 2440, 15);
  });

  it('has its likelihood at the highest there, all constants in', () => {
    const at = (rate: number): number => constantRetention.logLikelihood(runs, [rate]);
    expect(at(0.8)).toBeCloseTo(1952 * Math.log(0.8) + 488 * Math.log(0.2), 9);
    expect(at(0.8)).toBeGreaterThan(Math.max(at(0.79), at(0.81)));
    expect(constantRetention.logLikelihood(survivalRuns([[5, 5]]), [1])).toBe(0);
  });

  it('has finite renewals to come below 1, and no estimate before a renewal: E312', () => {
    expect(constantRetention.renewalsToCome([0.8], 3)).toBeCloseTo(4, 12);
    expect(constantRetention.renewalsToCome([1], 3)).toBe(Number.POSITIVE_INFINITY);
    expect(() => constantRetention.fit(survivalRuns([[1000]]))).toThrow(/E312/);
  });

  it('stands among the models of contracts', () => {
    expect(CONTRACT_MODELS.map((model) => model.name)).toEqual(['sbg', 'bdw', 'retention']);
    expect(contractModel('retention')).toBe(constantRetention);
    expect(contractModel('pareto-nbd')).toBeUndefined();
  });
});
