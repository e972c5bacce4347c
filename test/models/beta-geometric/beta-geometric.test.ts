import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bgNbd } from '../../../src/models/beta-geometric/bg-nbd.ts';
import { discountedPurchases } from '../../../src/models/beta-geometric/future.ts';
import { betaGeometricEvaluate } from '../../../src/models/beta-geometric/likelihood.ts';
import { mbgNbd } from '../../../src/models/beta-geometric/mbg-nbd.ts';
import { betaNodes } from '../../../src/models/beta-geometric/nodes.ts';
import { integrate } from '../../../src/models/numeric/quadrature.ts';
import { discountedTime } from '../../../src/models/while-alive/pareto-time.ts';
import { runs } from '../../runs.ts';
import { CDNOW_MISSING, cdnow } from '../cdnow.ts';
import { statesOf } from '../customers.ts';

const PER_WEEK = 0.0026877296610613;
const DELTA = Math.log(1.15) / 365.25;
const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(b), 1e-300);

describe('single customers at 80 digits (../shared/data/README.md), 52 weeks', () => {
  // x, t_x, T in days; P(alive), expected purchases, lifetime value
  it.each([
    [26, 216, 217, 0.968851562851896, 25.7564922153781, 71.060041806239],
    [2, 213, 272, 0.726589721835495, 1.55882897181284, 5.16982441180015],
    [0, 0, 272, 1, 0.2520876568721, 1.01879037570034],
    [0, 0, 0, 1, 1.4460505953964, 3.65569911523197],
    [5, 273, 273, 0.890150990441889, 4.2638785260621, 13.1623225004936],
    [25, 140, 273, 1.6301660423713e-5, 0.000358332461911217, 0.00104049876150855],
  ])('BG/NBD x %i t_x %i T %i', (...row) => check(bgNbd, [0.243, 4.414, 0.793, 2.426], row));

  it.each([
    [26, 216, 217, 0.965498054767583, 24.002230123934, 61.5370811402633],
    [2, 213, 272, 0.706215055462196, 1.59732645566063, 4.92492732051906],
    [0, 0, 272, 0.389743001685518, 0.197720553484469, 0.72486565190794],
    [0, 0, 0, 0.644311377245509, 1.41972375771275, 3.28648232624169],
    [5, 273, 273, 0.881279147235177, 4.16841237736593, 11.9941580191201],
    [25, 140, 273, 2.67256135061674e-5, 0.000555568548217165, 0.00150135664752393],
  ])('MBG/NBD x %i t_x %i T %i', (...row) => check(mbgNbd, [0.525, 6.183, 0.891, 1.614], row));

  it('a = 1 exactly', () => {
    check(bgNbd, [0.5, 6, 1, 2], [7, 210, 273, 0.600095947854363, 3.62887841991851, 9.28554074879421]);
    check(mbgNbd, [0.5, 6, 1, 2], [7, 210, 273, 0.628000380860486, 3.89823720015037, 10.287128464196]);
  });

  it('published: 1.226 purchases in 39 weeks (Fader, Hardie & Lee 2005)', () => {
    const state = { x: 2, recency: 30.43 * 7, age: 38.86 * 7 };
    const { purchases } = bgNbd.one(state, [0.243, 4.414, 0.793, 2.426], { delta: 0, days: 273 });
    expect(purchases).toBeCloseTo(1.226, 3);
  });

  function check(
    model: typeof bgNbd,
    parameters: number[],
    [x, recency, age, alive, expected, value]: [number, number, number, number, number, number],
  ): void {
    const count = model.one({ x, recency, age }, parameters, { delta: 0, days: 364 });
    expect(relative(count.pAlive, alive)).toBeLessThan(1e-12);
    expect(relative(count.purchases, expected)).toBeLessThan(1e-10);
    const life = model.one({ x, recency, age }, parameters, { delta: PER_WEEK / 7, days: null });
    expect(relative(life.purchases, value)).toBeLessThan(1e-10);
  }
});

describe.skipIf(CDNOW_MISSING)('CDNOW sample as of 1997-09-30 (../shared/data/README.md)', () => {
  it.each([
    [bgNbd, [0.242595, 4.413602, 0.792922, 2.425907], -9582.429207, 6748.621, 3940.003, 1653.409],
    [mbgNbd, [0.524843, 6.183085, 0.89136, 1.614003], -9582.135716, 5873.566, null, 1576.728],
  ] as const)('%#', (model, expected, logLikelihood, life, threeYears, holdout) => {
    const { states } = cdnow();
    const { parameters, logLikelihood: found } = model.fit(states);
    expect(found).toBeCloseTo(logLikelihood, 5);
    expected.forEach((value, i) => {
      expect(relative(parameters[i]!, value)).toBeLessThan(3e-6);
    });
    const alive = model.pAlive(states, parameters);
    const total = (delta: number, days: number | null): number =>
      model
        .purchases(states, parameters, alive, { delta, days })
        .reduce((sum, value, i) => sum + value * states.count[i]!, 0);
    expect(relative(total(DELTA, null), life)).toBeLessThan(3e-7);
    if (threeYears) expect(relative(total(DELTA, 1095.75), threeYears)).toBeLessThan(3e-7);
    expect(relative(total(0, 273), holdout)).toBeLessThan(4e-7);
  });
});

it('derivatives of the log-likelihood are those of finite differences', () => {
  const customers = [0, 0, 1, 3, 3, 8, 40].map((x, i) => ({ x, recency: x * 5, age: x * 5 + 11 * i }));
  const states = statesOf(customers);
  for (const first of [0, 1] as const) {
    const parameters = [0.4, 5, 0.9, 2.2];
    const { gradient, hessian } = betaGeometricEvaluate(states, parameters, first);
    parameters.forEach((p, i) => {
      const step = p * 1e-5;
      const [up, down] = [step, -step].map((h) => betaGeometricEvaluate(states, parameters.with(i, p + h), first));
      expect((up!.value - down!.value) / (2 * step)).toBeCloseTo(gradient[i]!, 6);
      parameters.forEach((_, j) => {
        expect((up!.gradient[j]! - down!.gradient[j]!) / (2 * step)).toBeCloseTo(hessian[i]![j]!, 6);
      });
    });
  }
});

it('the purchases to come are those of a Pareto lifetime, averaged over the chance to stop', () => {
  const logUniform = (low: number, high: number): fc.Arbitrary<number> =>
    fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
  const cases = fc.record({
    alpha: logUniform(0.5, 100),
    a: logUniform(0.3, 20),
    r: logUniform(0.1, 5),
    x: fc.nat(600),
    own: logUniform(0.5, 50),
    age: fc.integer({ min: 0, max: 2000 }),
    delta: fc.oneof(fc.constant(0), logUniform(1e-7, 0.01)),
    days: logUniform(1, 5000),
  });
  fc.assert(
    fc.property(cases, ({ r, x, alpha, a, own, age, delta, days }) => {
      const [n, b] = [r + x, own + x];
      const known = { n, phases: 1, nodes: betaNodes(a, b), lifetime: 0 };
      const value = discountedPurchases(known, [alpha + age / 7], { delta, days })[0]![0]!;
      const c = alpha + age / 7;
      // In logit p: plain panels, wide enough for both tails.
      const spread = Math.sqrt(1 / a + 1 / b);
      const centre = Math.log(a / b);
      const density = (y: number): number =>
        Math.exp(a * (y - centre) - (a + b) * (Math.log1p(Math.exp(y)) - Math.log1p(a / b)));
      const over = (f: (y: number) => number): number =>
        integrate(f, centre - 9 * spread - 40 / a, centre + 9 * spread + 40 / b, 40, 20);
      const reference = over(
        (y) => density(y) * (n / c) * discountedTime(n + 1, c * (1 + Math.exp(-y)), { delta, days }),
      );
      expect(relative(value, reference / over(density))).toBeLessThan(1e-9);
    }),
    { numRuns: runs(60), seed: 6 },
  );
});

describe('hardly anybody stops: discounted purchases of three years at 50 digits (torture/models/exact.mjs)', () => {
  const window = { delta: DELTA, days: 3 * 365.25 };
  it.each([
    [0.0005, 0.7, 1, 5.097181616542189, 5.100595481600599],
    [0.0005, 0.7, 300, 291.6352272645215, 291.699611451671],
    [0.002, 0.7, 40, 105.8995516176817, 105.90775527109167],
    [0.01, 5, 300, 129.7101339423796, 129.95995015054228],
    [0.05, 50, 300, 43.2225977402486, 43.330818554516796],
  ])('a %d, b %d, x %i', (a, b, x, afterFirst, atFirst) => {
    const state = { x, recency: 2 * x, age: 2 * x + 30 };
    for (const [model, right] of [[bgNbd, afterFirst] as const, [mbgNbd, atFirst] as const])
      expect(relative(model.one(state, [0.5, 33, a, b], window).purchases, right)).toBeLessThan(1e-12);
  });
});

it('life without discounting: infinite where a ≤ 1, else finite', () => {
  const window = { delta: 0, days: null };
  const state = { x: 2, recency: 100, age: 200 };
  expect(bgNbd.one(state, [0.5, 6, 1, 2], window).purchases).toBe(Number.POSITIVE_INFINITY);
  const life = bgNbd.one(state, [0.5, 6, 3, 2], window).purchases;
  const long = bgNbd.one(state, [0.5, 6, 3, 2], { delta: 0, days: 1e9 }).purchases;
  expect(relative(long, life)).toBeLessThan(1e-4);
});
