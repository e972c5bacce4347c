import { describe, expect, it } from 'vitest';
import { ggomNbd } from '../../../src/models/ggom-nbd/ggom-nbd.ts';
import { ggomEvaluate } from '../../../src/models/ggom-nbd/likelihood.ts';
import { paretoNbd } from '../../../src/models/pareto-nbd/pareto-nbd.ts';
import { CDNOW_MISSING, cdnow } from '../cdnow.ts';
import { errorOf, gamma, simulateLives, statesOf } from '../customers.ts';

describe('GGom/NBD fit', () => {
  // r, α, b, s, β, weeks observed
  it.each([
    [0.55, 10, 0.1, 0.7, 40, 78],
    [1, 8, 0.5, 0.5, 1000, 52],
  ])('recovers r %d α %d b %d s %d β %d from %i weeks', (r, alpha, b, s, beta, weeks) => {
    const draw = (random: () => number): { rate: number; life: number } => {
      const [rate, frailty] = [gamma(r, random) / alpha, gamma(s, random) / beta];
      return { rate, life: Math.log1p(-Math.log(random()) / frailty) / b };
    };
    const states = statesOf(simulateLives(3000, weeks, draw, 11));
    const { parameters, covariance, logLikelihood } = ggomNbd.fit(states);
    const truth = [r, alpha, b, s, beta];
    expect(logLikelihood).toBeGreaterThanOrEqual(ggomNbd.logLikelihood(states, truth));
    const { gradient } = ggomEvaluate(states, parameters);
    truth.forEach((t, i) => {
      const error = Math.sqrt(covariance[i]![i]!);
      // Purchases are cut to days, at most one a day: the truth of busy customers is a little off.
      expect(Math.abs(parameters[i]! - t)).toBeLessThan(4 * error);
      expect(Math.abs(gradient[i]! * error)).toBeLessThan(1e-8);
    });
    const again = ggomNbd.fit(states, [2, 5, 0.15, 1, 50]).parameters;
    parameters.forEach((p, i) => {
      expect(Math.abs(again[i]! / p - 1)).toBeLessThan(1e-8);
    });
  });

  it('says where some stop at once, rather than end at a lower peak', () => {
    const draw = (random: () => number): { rate: number; life: number } => ({
      rate: gamma(1, random) / 6,
      life: random() < 0.5 ? 0 : -Math.log(random()) / 0.01,
    });
    const error = errorOf(() => ggomNbd.fit(statesOf(simulateLives(2000, 100, draw, 5))));
    expect(error.code).toBe('E303');
    expect(error.values['detail']).toContain('stop buying at once');
  });

  it('says at which age all stop', () => {
    const draw = (random: () => number): { rate: number; life: number } => ({ rate: gamma(2, random) / 8, life: 40 });
    const error = errorOf(() => ggomNbd.fit(statesOf(simulateLives(1000, 100, draw, 5))));
    expect(error.code).toBe('E303');
    expect(error.values['detail']).toMatch(/before an age of 40 weeks/);
  });

  it('names the counts where there are too few', () => {
    const few = Array.from({ length: 99 }, (_, i) => ({ x: i % 3, recency: (i % 3) * 5, age: 100 }));
    const error = errorOf(() => ggomNbd.fit(statesOf(few)));
    expect(error.code).toBe('E301');
    expect(error.values).toMatchObject({ customers: 99, repeat: 66 });
  });

  it('on the data of Pareto/NBD: b and β are not identified', () => {
    const draw = (random: () => number): { rate: number; life: number } => {
      const [rate, dropout] = [gamma(0.6, random) / 8, gamma(0.7, random) / 12];
      return { rate, life: -Math.log(random()) / dropout };
    };
    const error = errorOf(() => ggomNbd.fit(statesOf(simulateLives(1200, 100, draw, 3))));
    expect(error.code).toBe('E303');
    expect(error.values['detail']).toMatch(/b and beta are not identified.*pareto-nbd/);
  });
});

describe.skipIf(CDNOW_MISSING)('CDNOW sample as of 1997-09-30 (../shared/data/README.md)', () => {
  it('b and β are not identified: the likelihood rises to that of Pareto/NBD', () => {
    const { states } = cdnow();
    const error = errorOf(() => ggomNbd.fit(states));
    expect(error.code).toBe('E303');
    expect(error.values['detail']).toMatch(/b and beta are not identified.*pareto-nbd/);
    const { parameters, logLikelihood } = paretoNbd.fit(states);
    const [r, alpha, s, beta] = parameters as [number, number, number, number];
    const ridge = [0.1, 0.01, 1e-3, 1e-4, 1e-6].map((b) => ggomNbd.logLikelihood(states, [r, alpha, b, s, beta * b]));
    for (let k = 1; k < ridge.length; k++) expect(ridge[k]!).toBeGreaterThan(ridge[k - 1]!);
    expect(ridge.at(-1)).toBeCloseTo(logLikelihood, 4);
    expect(logLikelihood).toBeCloseTo(-9594.976179, 5);
  });
});
