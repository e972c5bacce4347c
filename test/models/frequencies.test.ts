import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frequenciesSeen, MOST_FREQUENT } from '../../src/engine/holdout-conditional.ts';
import { bgBb } from '../../src/models/bg-bb/family.ts';
import { withLimits } from '../../src/models/limits.ts';
import type { BuyingModel } from '../../src/models/model.ts';
import { BUYING_MODELS, buyingModel } from '../../src/models/registry.ts';
import { runs } from '../runs.ts';
import { CDNOW_MISSING, cdnow } from './cdnow.ts';
import { gamma, statesOf, uniform } from './customers.ts';

const BY_AGE = [0, 1, 30, 200, 700];
const ages = statesOf(BY_AGE.map((age) => ({ x: 0, recency: 0, age })));

/** Parameters of every kind of model that are not at an edge. */
const USUAL: Readonly<Record<string, number>> = {
  r: 0.8,
  alpha: 6,
  s: 0.6,
  beta: 12,
  b: 2.4,
  a: 0.8,
  lambda: 0.1,
  mu: 0.02,
  pi: 0.3,
  p: 0.2,
};
const parametersOf = ({ name, parameterNames }: BuyingModel): number[] =>
  name === 'ggom-nbd' ? [0.8, 6, 0.02, 0.6, 1.5] : parameterNames.map((parameter) => USUAL[parameter]!);

const MODELS = [
  ...withLimits(BUYING_MODELS).filter(({ ofRegularity }) => !ofRegularity),
  ...withLimits(['mbg-cnbd-2', 'bg-cnbd-3'].map((name) => buyingModel(name)!)),
].filter((model, i, all) => all.findIndex(({ name }) => name === model.name) === i);

describe.each(MODELS.map((model) => [model.name, model] as const))('%s: customers by repeat purchases', (_, model) => {
  const parameters = parametersOf(model);

  it('sum to all, whose mean is that of the purchases expected of new customers', () => {
    const most = 400;
    const found = model.frequencies(statesOf([{ x: 0, recency: 0, age: 350 }]), parameters, most);
    expect(found.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    const mean = found.reduce((sum, share, x) => sum + share * x, 0);
    const { purchases } = model.one({ x: 0, recency: 0, age: 0 }, parameters, { delta: 0, days: 350 });
    expect(mean).toBeCloseTo(purchases, 5);
  });

  it.skipIf(!model.frequenciesAhead)('ahead have the mean of the purchases expected of these customers', () => {
    const states = statesOf([
      { x: 0, recency: 0, age: 0 },
      { x: 0, recency: 0, age: 90 },
      { x: 3, recency: 60, age: 200 },
      { x: 3, recency: 190, age: 200 },
      { x: 12, recency: 300, age: 310 },
    ]);
    const pAlive = model.pAlive(states, parameters);
    const found = model.frequenciesAhead!(states, parameters, pAlive, 400, 182);
    const expected = model.purchases(states, parameters, pAlive, { delta: 0, days: 182 });
    expect(found.reduce((sum, n) => sum + n, 0)).toBeCloseTo(states.length, 9);
    expect(found.reduce((sum, n, x) => sum + n * x, 0)).toBeCloseTo(
      expected.reduce((sum, n) => sum + n, 0),
      5,
    );
  });

  it('are all without any on their first day, and fewer the older they are', () => {
    const share = (age: number): number => model.frequencies(statesOf([{ x: 0, recency: 0, age }]), parameters, 1)[0]!;
    // Who may be gone at once has none on the first day either.
    expect(share(0)).toBeCloseTo(1, 12);
    for (const [i, age] of BY_AGE.entries()) if (i > 0) expect(share(age)).toBeLessThanOrEqual(share(BY_AGE[i - 1]!));
    expect(model.frequencies(ages, parameters, 3).reduce((sum, n) => sum + n, 0)).toBeCloseTo(BY_AGE.length, 9);
  });
});

describe.each(withLimits([bgBb(365.25)]).map((model) => [model.name, model] as const))('%s', (_, model) => {
  it('has the mean of the purchases expected of new customers', () => {
    const own = { alpha: 1.2, beta: 0.8, gamma: 0.7, delta: 2.8, p: 0.6, theta: 0.2, pi: 0.3 };
    const parameters = model.parameterNames.map((name) => own[name as keyof typeof own]);
    const found = model.frequencies(statesOf([{ x: 0, recency: 0, age: 9 * 365.25 }]), parameters, 10);
    expect(found.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const { purchases } = model.one({ x: 0, recency: 0, age: 0 }, parameters, { delta: 0, days: 9 * 365.25 });
    expect(found.reduce((sum, share, x) => sum + share * x, 0)).toBeCloseTo(purchases, 10);
    const states = statesOf([
      { x: 0, recency: 0, age: 1461 },
      { x: 2, recency: 731, age: 1461 },
      { x: 3, recency: 1461, age: 1461 },
    ]);
    const pAlive = model.pAlive(states, parameters);
    const ahead = model.frequenciesAhead!(states, parameters, pAlive, 10, 5 * 365.25);
    const bought = model.purchases(states, parameters, pAlive, { delta: 0, days: 5 * 365.25 });
    expect(ahead.reduce((sum, n) => sum + n, 0)).toBeCloseTo(3, 12);
    expect(ahead.reduce((sum, n, x) => sum + n * x, 0)).toBeCloseTo(
      bought.reduce((sum, n) => sum + n, 0),
      10,
    );
  });
});

it('Pareto/NBD: those of simulated customers, whatever the parameters', () => {
  const near = (low: number): fc.Arbitrary<number> => fc.double({ min: low, max: 8 * low, noNaN: true });
  const cases = fc.tuple(near(0.4), near(3), near(0.3), near(3), fc.nat(999));
  fc.assert(
    fc.property(cases, ([r, alpha, s, beta, seed]) => {
      const random = uniform(seed + 1);
      const counts = new Float64Array(5);
      const customers = 4000;
      for (let i = 0; i < customers; i++) {
        const [rate, dropout] = [gamma(r, random) / alpha, gamma(s, random) / beta];
        const life = Math.min(40, -Math.log(random()) / dropout);
        let x = 0;
        for (let t = -Math.log(random()) / rate; t < life && x < 4; t -= Math.log(random()) / rate) x++;
        counts[x]!++;
      }
      const states = statesOf([{ x: 0, recency: 0, age: 280 }]);
      buyingModel('pareto-nbd')!
        .frequencies(states, [r, alpha, s, beta], 4)
        .forEach((share, x) => {
          const error = Math.sqrt((share * (1 - share)) / customers) + 1e-9;
          expect(Math.abs(counts[x]! / customers - share)).toBeLessThan(5 * error);
        });
    }),
    { numRuns: runs(20), seed: 4 },
  );
});

describe.skipIf(CDNOW_MISSING)('CDNOW to 1997-09-30 (../shared/data)', () => {
  it.each([
    ['bg-nbd', 4.82],
    ['pareto-nbd', 11.99],
  ])('%s: χ² %d of the eight frequencies (Fader, Hardie & Lee 2005, p. 280)', (name, published) => {
    const states = cdnow().states;
    const model = buyingModel(name)!;
    const actual = frequenciesSeen(states);
    expect([...actual]).toEqual([1411, 439, 214, 100, 62, 38, 29, 64]);
    const expected = model.frequencies(states, model.fit(states).parameters, MOST_FREQUENT);
    const distance = actual.reduce((sum, n, x) => sum + (n - expected[x]!) ** 2 / expected[x]!, 0);
    expect(distance).toBeCloseTo(published, 1);
  });
});
