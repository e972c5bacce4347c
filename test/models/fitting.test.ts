import { describe, expect, it } from 'vitest';
import { fitFrom } from '../../src/models/fitting.ts';
import { paretoEvaluate } from '../../src/models/pareto-nbd/derivatives.ts';
import { paretoNbd } from '../../src/models/pareto-nbd/pareto-nbd.ts';
import { gammaGamma } from '../../src/models/spend/gamma-gamma.ts';
import { gammaGammaEvaluate } from '../../src/models/spend/gamma-gamma-likelihood.ts';
import { type Customer, errorOf, gamma, simulatePareto, spendStatesOf, statesOf, uniform } from './customers.ts';

/** Largest distance from the truth in standard errors. */
function distance(parameters: readonly number[], covariance: readonly (readonly number[])[], truth: number[]): number {
  return Math.max(...truth.map((t, i) => Math.abs(parameters[i]! - t) / Math.sqrt(covariance[i]![i]!)));
}

describe('Pareto/NBD fit', () => {
  // r, α, s, β in weeks, weeks observed
  it.each([
    [0.55, 10.6, 0.6, 11.7, 78],
    [0.25, 1.5, 0.4, 3, 104],
    [2, 8, 1, 30, 104],
    [1, 30, 3, 200, 156],
    [5, 50, 1.5, 15, 104],
    [0.8, 3, 0.15, 1, 104],
    [1.5, 60, 0.8, 60, 260],
  ])('recovers r %d α %d s %d β %d from %i weeks', (r, alpha, s, beta, weeks) => {
    const customers = simulatePareto(
      6000,
      weeks,
      (random) => ({ rate: gamma(r, random) / alpha, dropout: gamma(s, random) / beta }),
      42,
    );
    const states = statesOf(customers);
    const { parameters, covariance, logLikelihood } = paretoNbd.fit(states);
    // Purchases are cut to days, at most one a day: the truth of busy customers is a little off.
    expect(logLikelihood).toBeGreaterThanOrEqual(paretoNbd.logLikelihood(states, [r, alpha, s, beta]));
    expect(distance(parameters, covariance, [r, alpha, s, beta])).toBeLessThan(5);
    const { gradient } = paretoEvaluate(states, parameters);
    gradient.forEach((g, i) => {
      expect(Math.abs(g * Math.sqrt(covariance[i]![i]!))).toBeLessThan(1e-8);
    });
  });

  it('ends at the same optimum from another start', () => {
    const draw = (random: () => number) => ({ rate: gamma(0.6, random) / 9, dropout: gamma(0.7, random) / 12 });
    const states = statesOf(simulatePareto(3000, 80, draw, 7));
    const one = paretoNbd.fit(states).parameters;
    const other = paretoNbd.fit(states, [2, 3, 2, 3]).parameters;
    one.forEach((p, i) => {
      expect(Math.abs(p / other[i]! - 1)).toBeLessThan(1e-8);
    });
  });

  it('names the counts where there are too few', () => {
    const few = Array.from({ length: 99 }, (_, i) => ({ x: i % 3, recency: (i % 3) * 5, age: 100 }));
    const error = errorOf(() => paretoNbd.fit(statesOf(few)));
    expect(error.code).toBe('E301');
    expect(error.values).toMatchObject({ customers: 99, repeat: 66, min_customers: 100 });
    const once: Customer[] = Array.from({ length: 500 }, () => ({ x: 0, recency: 0, age: 100 }));
    expect(errorOf(() => paretoNbd.fit(statesOf(once))).values).toMatchObject({ customers: 500, repeat: 0 });
  });

  it.each([
    ['nobody stops', (random: () => number) => ({ rate: gamma(1, random) / 40, dropout: 1e-9 }), 1],
    ['all buy at one rate', () => ({ rate: 0.3, dropout: 0.02 }), 5],
  ])('%s: the edge is said', (_, draw, seed) => {
    const error = errorOf(() => paretoNbd.fit(statesOf(simulatePareto(2000, 100, draw, seed))));
    expect(error.code).toBe('E303');
    expect(error.values['detail']).toMatch(/same rate|nobody/);
  });
});

describe('gamma–gamma fit', () => {
  const simulated = (size: number, p: number, q: number, scale: number, seed: number): Customer[] => {
    const random = uniform(seed);
    return Array.from({ length: size }, () => {
      const x = Math.floor(-3 * Math.log(random()));
      const nu = gamma(q, random) / scale;
      return { x, recency: x, age: 100, mean: x ? gamma(p * x, random) / nu / x : 0 };
    });
  };

  it.each([
    [6.25, 3.74, 15.4],
    [1.2, 2.2, 100],
    [40, 12, 3],
  ])('recovers p %d q %d γ %d', (p, q, scale) => {
    const { parameters, covariance } = gammaGamma.fit(spendStatesOf(simulated(5000, p, q, scale, 3)));
    expect(distance(parameters, covariance, [p, q, scale])).toBeLessThan(4);
  });

  it('has the derivatives of finite differences', () => {
    const states = spendStatesOf(simulated(50, 3, 4, 20, 9));
    const parameters = [2, 3, 15];
    const { gradient, hessian } = gammaGammaEvaluate(states, parameters);
    parameters.forEach((p, i) => {
      const step = p * 1e-5;
      const [up, down] = [step, -step].map((h) => gammaGammaEvaluate(states, parameters.with(i, p + h)));
      expect((up!.value - down!.value) / (2 * step)).toBeCloseTo(gradient[i]!, 5);
      parameters.forEach((_, j) => {
        expect((up!.gradient[j]! - down!.gradient[j]!) / (2 * step)).toBeCloseTo(hessian[i]![j]!, 5);
      });
    });
  });

  it('leaves out customers without a repeat purchase or with a mean of zero or less', () => {
    const good = simulated(400, 6, 4, 15, 1).filter(({ x }) => x > 0);
    const bad = [-3, 0].map((mean) => ({ x: 2, recency: 2, age: 9, mean }));
    const fit = gammaGamma.fit(spendStatesOf([...good, ...bad]));
    expect(fit.customers).toBe(good.length);
    expect(fit.parameters).toEqual(gammaGamma.fit(spendStatesOf(good)).parameters);
    expect(Math.abs(fit.correlation!)).toBeLessThan(0.2);
    expect(gammaGamma.logLikelihood(spendStatesOf(good), fit.parameters)).toBeCloseTo(fit.logLikelihood, 8);
  });

  it('fails with a code: too few, equal means, an infinite mean', () => {
    const few = simulated(20, 6, 4, 15, 1);
    expect(errorOf(() => gammaGamma.fit(spendStatesOf(few))).code).toBe('E304');
    const equal = simulated(500, 6, 4, 15, 1).map((customer) => ({ ...customer, mean: 25 }));
    expect(errorOf(() => gammaGamma.fit(spendStatesOf(equal))).code).toBe('E303');
    const wild = errorOf(() => gammaGamma.fit(spendStatesOf(simulated(3000, 6, 0.5, 15, 2))));
    expect(wild.code).toBe('E330');
  });
});

describe('a search that finds no optimum', () => {
  it('E302 where the likelihood has none: a saddle is not taken for a fit', () => {
    const flat = {
      name: 'flat',
      parameterNames: ['a', 'b'],
      ranges: [
        { low: 1e-9, high: 1e9 },
        { low: 1e-9, high: 1e9 },
      ],
      edge: () => '',
      evaluate: () => ({
        value: Number.NaN,
        gradient: [Number.NaN, Number.NaN],
        hessian: [
          [0, 0],
          [0, 0],
        ],
      }),
    };
    expect(errorOf(() => fitFrom(flat, null, null, 100, [[1, 1]])).code).toBe('E302');
  });
});
