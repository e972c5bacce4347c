import gammaln from '@stdlib/math-base-special-gammaln';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClvError } from '../../../src/base/errors.ts';
import { bdw, logGammaRatio } from '../../../src/models/contracts/bdw.ts';
import { SURVIVAL_MODELS, survivalModel } from '../../../src/models/contracts/registry.ts';
import { sbg } from '../../../src/models/contracts/sbg.ts';
import {
  pooledRetention,
  type Runs,
  renewalsOf,
  type SurvivalModel,
  survival,
  survivalRuns,
} from '../../../src/models/contracts/survival.ts';
import { mustFill } from '../../reader/helpers.ts';
import { hasData } from '../../shared.ts';
import { expectedSurvivors, highEnd, retentionTable, simulatedSurvivors } from './survivors.ts';

function errorOf(run: () => unknown): ClvError {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ClvError)) throw error;
    mustFill(error.code, error.values);
    return error;
  }
  throw new Error('no error');
}

const logBeta = (a: number, b: number): number => gammaln(a) + gammaln(b) - gammaln(a + b);

/** As formulas.md states it: Σ n_t ln P(T = t) + n_alive ln S(T). */
function direct({ length, tenure, ended, alive }: Runs, [alpha, beta, c = 1]: number[]): number {
  const share = (t: number): number => Math.exp(logBeta(alpha!, beta! + t ** c) - logBeta(alpha!, beta!));
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const t = tenure[i]!;
    if (ended[i]! > 0) sum += ended[i]! * Math.log(share(t - 1) - share(t));
    if (alive[i]! > 0) sum += alive[i]! * Math.log(share(t));
  }
  return sum;
}

describe.skipIf(!hasData)('"High End" and "Regular" (../shared/data)', () => {
  const runs = hasData ? survivalRuns([highEnd()]) : survivalRuns([]);

  it('sBG: parameters, log-likelihood, and the forecast of year 12 (Fader & Hardie 2007)', () => {
    const { parameters, logLikelihood, customers } = sbg.fit(runs);
    expect(customers).toBe(1000);
    expect(parameters[0]).toBeCloseTo(0.66809, 5);
    expect(parameters[1]).toBeCloseTo(3.80609, 5);
    expect(logLikelihood).toBeCloseTo(-1611.158, 3);
    expect(sbg.logLikelihood(runs, [1, 1])).toBeCloseTo(-2115.55, 2);
    expect(sbg.logLikelihood(runs, [0.01, 0.01])).toBeCloseTo(-2741.7, 2);
    expect(1000 * survival(sbg, parameters, 12)[12]!).toBeCloseTo(378.0, 1);
    expect(retentionTable('highend')[12]).toBe(394);
  });

  it('BdW holds sBG and comes nearer to year 12', () => {
    const fit = bdw.fit(runs);
    expect(bdw.logLikelihood(runs, [0.66809, 3.80609, 1])).toBeCloseTo(-1611.158, 3);
    expect(fit.logLikelihood).toBeGreaterThan(-1611.158);
    expect(Math.abs(1000 * survival(bdw, fit.parameters, 12)[12]! - 394)).toBeLessThan(394 - 378);
  });

  it('sBG of "Regular", years 0 to 7', () => {
    const { parameters } = sbg.fit(survivalRuns([retentionTable('regular').slice(0, 8)]));
    expect(parameters.map((value) => value.toFixed(3))).toEqual(['0.704', '1.182']);
  });
});

describe('runs', () => {
  it('pool cohorts of unequal length', () => {
    const runs = survivalRuns([[100, 80, 70], [50, 30], [20]]);
    expect([...runs.tenure]).toEqual([0, 1, 2]);
    expect([...runs.ended]).toEqual([0, 40, 10]);
    expect([...runs.alive]).toEqual([20, 30, 70]);
    const { made, lost } = renewalsOf(runs);
    expect([[...made], [...lost]]).toEqual([
      [110, 70],
      [40, 10],
    ]);
    expect(pooledRetention(runs)).toEqual({ made: 180, due: 230 });
    expect(renewalsOf(survivalRuns([]))).toEqual({ made: new Float64Array(0), lost: new Float64Array(0) });
  });

  const cohort = fc
    .array(fc.integer({ min: 0, max: 500 }), { minLength: 2, maxLength: 9 })
    .map((counts) => counts.sort((a, b) => b - a));
  const shape = fc.double({ min: 0.05, max: 20, noNaN: true });

  it('have the likelihood of the papers, renewal by renewal', () => {
    fc.assert(
      fc.property(
        fc.array(cohort, { minLength: 1, maxLength: 4 }),
        shape,
        shape,
        fc.double({ min: 0.3, max: 2, noNaN: true }),
        (cohorts, alpha, beta, c) => {
          const runs = survivalRuns(cohorts);
          const near = (actual: number, expected: number): void =>
            expect(Math.abs(actual - expected)).toBeLessThan(1e-9 * (1 + Math.abs(expected)));
          near(sbg.logLikelihood(runs, [alpha, beta]), direct(runs, [alpha, beta]));
          near(bdw.logLikelihood(runs, [alpha, beta, 1]), sbg.logLikelihood(runs, [alpha, beta]));
          near(bdw.logLikelihood(runs, [alpha, beta, c]), direct(runs, [alpha, beta, c]));
        },
      ),
    );
  });
});

describe.each(SURVIVAL_MODELS)('$name', (model: SurvivalModel) => {
  const truth = [0.8, 2.5, 1.4].slice(0, model.parameterNames.length);

  it('is found by its name', () => {
    expect(survivalModel(model.name)).toBe(model);
    expect(survivalModel('pareto-nbd')).toBeUndefined();
  });

  it('finds the parameters of counts as expected', () => {
    const survivors = expectedSurvivors(model, truth, 10_000_000, 15);
    const { parameters } = model.fit(survivalRuns([survivors, survivors.slice(0, 6)]));
    for (const [i, value] of parameters.entries()) expect(Math.abs(value / truth[i]! - 1)).toBeLessThan(1e-3);
  });

  it('finds those of a sample within its standard errors, at a zero of the gradient', () => {
    const runs = survivalRuns([simulatedSurvivors(model, truth, 20_000, 12)]);
    const { parameters, covariance, logLikelihood } = model.fit(runs);
    for (const [i, value] of parameters.entries()) {
      const error = Math.sqrt(covariance[i]![i]!);
      expect(Math.abs(value - truth[i]!)).toBeLessThan(4 * error);
      for (const step of [-1e-3, 1e-3])
        expect(model.logLikelihood(runs, parameters.with(i, value + step * error))).toBeLessThan(logLikelihood);
    }
    const again = model.fit(runs, parameters);
    again.parameters.forEach((value, i) => {
      expect(value).toBeCloseTo(parameters[i]!, 9);
    });
  });

  it('has standard errors by its curvature', () => {
    const runs = survivalRuns([expectedSurvivors(model, truth, 50_000, 10)]);
    const { parameters, covariance, logLikelihood } = model.fit(runs);
    // Along each axis the log-likelihood falls by ½ h² × information; the inverse of the information is the covariance.
    const size = parameters.length;
    const h = covariance.map((row, i) => 0.05 * Math.sqrt(row[i]!));
    const at = (i: number, a: number, j: number, b: number): number =>
      model.logLikelihood(
        runs,
        parameters.map((p, k) => p + (k === i ? a * h[i]! : 0) + (k === j ? b * h[j]! : 0)),
      );
    const information = (i: number, j: number): number =>
      i === j
        ? (2 * logLikelihood - at(i, 1, i, 0) - at(i, -1, i, 0)) / h[i]! ** 2
        : (at(i, 1, j, -1) + at(i, -1, j, 1) - at(i, 1, j, 1) - at(i, -1, j, -1)) / (4 * h[i]! * h[j]!);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        let product = 0;
        for (let k = 0; k < size; k++) product += information(i, k) * covariance[k]![j]!;
        expect(product * Math.sqrt(covariance[i]![i]! / covariance[j]![j]!)).toBeCloseTo(i === j ? 1 : 0, 1);
      }
  });

  it('says E311 where customers, leavers or renewals are too few', () => {
    const few = errorOf(() => model.fit(survivalRuns([[99, 60, 50, 40]])));
    expect([few.code, few.values['customers'], few.values['ended']]).toEqual(['E311', 99, 59]);
    expect(errorOf(() => model.fit(survivalRuns([[1000, 990, 980, 975]]))).values).toMatchObject({ ended: 25 });
    expect(errorOf(() => model.fit(survivalRuns([[1000, 700]]))).values).toMatchObject({ periods: 1 });
    expect(errorOf(() => model.fit(survivalRuns([]))).code).toBe('E311');
  });

  it('says E303 where all customers are alike, or leave at once or never', () => {
    const alike = Array.from({ length: 9 }, (_, t) => Math.round(1e6 * 0.8 ** t));
    const error = errorOf(() => model.fit(survivalRuns([alike])));
    expect([error.code, error.values['detail']]).toEqual(['E303', expect.stringContaining('do not seem to differ')]);
    const split = errorOf(() => model.fit(survivalRuns([[1000, 600, 600, 600, 600, 600]])));
    expect([split.code, split.values['detail']]).toEqual(['E303', expect.stringMatching(/at once or never|settle/)]);
  });

  it('keeps retention between 0 and 1 as tenure grows', () => {
    for (const k of [1, 2, 10, 1000, 1e6]) {
      const retention = model.retention(truth, k);
      expect(retention).toBeGreaterThan(0);
      expect(retention).toBeLessThan(1);
    }
  });
});

it('ln Γ(x) − ln Γ(x+a) agrees on both sides of the series, and for large x', () => {
  for (const a of [0.1, 1, 7.5])
    for (const x of [0.3, 5, 19.99, 20, 25, 60])
      expect(logGammaRatio(x, a)).toBeCloseTo(gammaln(x) - gammaln(x + a), 11);
  expect(logGammaRatio(1e9, 1)).toBeCloseTo(-Math.log(1e9), 14);
  expect(logGammaRatio(1e9, 2)).toBeCloseTo(-Math.log(1e9) - Math.log(1e9 + 1), 13);
});

it('sBG: retention of published shape, renewals to come', () => {
  expect(sbg.retention([1, 3], 1)).toBe(0.75);
  expect(sbg.renewalsToCome([2, 3], 4)).toBe(7);
  expect(sbg.renewalsToCome([1, 3], 4)).toBe(Number.POSITIVE_INFINITY);
  expect(bdw.renewalsToCome([0.5, 3, 1.5], 4)).toBe(Number.POSITIVE_INFINITY);
  expect(bdw.renewalsToCome([0.8, 3, 1.5], 4)).toBeNull();
});
