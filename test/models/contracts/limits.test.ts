import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acrossEdge } from '../../../src/engine/across-edge.ts';
import { bdw } from '../../../src/models/contracts/bdw.ts';
import { constantRetention } from '../../../src/models/contracts/constant-retention.ts';
import { discreteWeibull } from '../../../src/models/contracts/discrete-weibull.ts';
import { firstRenewal } from '../../../src/models/contracts/first-renewal.ts';
import { sbg } from '../../../src/models/contracts/sbg.ts';
import { type Runs, type SurvivalModel, survivalRuns } from '../../../src/models/contracts/survival.ts';
import { fitOrLimit } from '../../../src/models/limits.ts';
import { expectedSurvivors, simulatedSurvivors } from './survivors.ts';

const FAR = 1e7;

/** A limit, its parameters, and those of the general model as near as FAR is high. */
const NEAR: readonly [string, SurvivalModel, readonly number[], SurvivalModel, readonly number[]][] = [
  ['retention of sBG', constantRetention, [0.8], sbg, [0.2 * FAR, 0.8 * FAR]],
  ['first-renewal of sBG', firstRenewal, [0.3], sbg, [0.3 / FAR, 0.7 / FAR]],
  ['discrete-weibull of BdW', discreteWeibull, [0.3, 0.7], bdw, [-FAR * Math.expm1(-0.3), FAR * Math.exp(-0.3), 0.7]],
  ['first-renewal of BdW', firstRenewal, [0.3], bdw, [3, 7, 1e-9]],
];

/** One cohort; whoever leaves does so at the first renewal where it has to be so. */
const runsOf = (limit: SurvivalModel): fc.Arbitrary<Runs> =>
  fc
    .array(fc.integer({ min: 1, max: 500 }), { minLength: 2, maxLength: 8 })
    .map((counts) => counts.sort((a, b) => b - a))
    .map((counts) => (limit === firstRenewal ? counts.map((_, t) => counts[Math.min(t, 1)]!) : counts))
    .map((counts) => survivalRuns([counts]));

describe('limits of the models of contracts', () => {
  it.each(NEAR)('%s: likelihood and retention are what those of the general model tend to', (...row) => {
    const [, limit, own, general, near] = row;
    expect(limit.takes).toBeTruthy();
    fc.assert(
      fc.property(runsOf(limit), fc.integer({ min: 1, max: 20 }), (runs, k) => {
        const likelihood = limit.logLikelihood(runs, own);
        expect(Math.abs(general.logLikelihood(runs, near) - likelihood)).toBeLessThan(
          1e-3 * (1 + Math.abs(likelihood)),
        );
        expect(general.retention(near, k)).toBeCloseTo(limit.retention(own, k), 5);
      }),
    );
  });

  it('discrete-weibull is one rate where c is 1, and finds the parameters of counts as expected', () => {
    for (const k of [1, 2, 9]) expect(discreteWeibull.retention([0.3, 1], k)).toBeCloseTo(Math.exp(-0.3), 12);
    const survivors = expectedSurvivors(discreteWeibull, [0.4, 0.7], 10_000_000, 12);
    discreteWeibull.fit(survivalRuns([survivors])).parameters.forEach((value, i) => {
      expect(value).toBeCloseTo([0.4, 0.7][i]!, 4);
    });
  });

  it.each([
    ['discrete-weibull', discreteWeibull, [0.3, 0.7]],
    ['bdw', bdw, [0.8, 2.5, 1.4]],
    ['sbg', sbg, [0.8, 2.5]],
  ] as [string, SurvivalModel, readonly number[]][])(
    '%s has the derivatives of finite differences',
    (_, model, own) => {
      const runs = survivalRuns([[1000, 700, 560, 470, 410, 370]]);
      const { gradient, hessian } = model.evaluate!(runs, own);
      own.forEach((p, i) => {
        const [up, down] = [1e-5, -1e-5].map((h) => model.evaluate!(runs, own.with(i, p + h)));
        expect((up!.value - down!.value) / 2e-5 / gradient[i]!).toBeCloseTo(1, 5);
        own.forEach((__, j) => {
          expect((up!.gradient[j]! - down!.gradient[j]!) / 2e-5 / hessian[i]![j]!).toBeCloseTo(1, 4);
        });
      });
    },
  );

  it.each([
    ['retention', sbg, constantRetention, [0.8], 3],
    ['discrete-weibull', bdw, discreteWeibull, [0.4, 0.7], 2],
  ] as [string, SurvivalModel, SurvivalModel, readonly number[], number][])(
    '%s is found where it is the law, and the general model is as likely a little inside',
    (name, general, law, truth, seed) => {
      const runs = survivalRuns([simulatedSurvivors(law, [...truth], 3000, 8, seed)]);
      const { model, fit } = fitOrLimit(general, runs);
      expect(model.name).toBe(name);
      const inside = acrossEdge(general, runs, { model, ...fit });
      expect(inside).toHaveLength(1);
      const drop = fit.logLikelihood - general.logLikelihood(runs, inside[0]!);
      expect(drop).toBeGreaterThan(1);
      expect(drop).toBeLessThanOrEqual(1.9208);
    },
  );

  it('nobody left: E322; first-renewal only where nobody leaves later', () => {
    expect(() => constantRetention.fit(survivalRuns([[500, 500, 500]]))).toThrow(/E322/);
    expect(() => firstRenewal.fit(survivalRuns([[500, 400, 399]]))).toThrow(/E303/);
    const { model, fit } = fitOrLimit(sbg, survivalRuns([[500, 400, 400, 400]]));
    expect([model.name, fit.parameters[0]]).toEqual(['first-renewal', 0.2]);
  });
});
