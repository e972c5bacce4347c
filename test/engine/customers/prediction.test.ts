import gammaln from '@stdlib/math-base-special-gammaln';
import { describe, expect, it } from 'vitest';
import { customerBounds } from '../../../src/engine/customers/bounds.ts';
import { predictionOf } from '../../../src/engine/customers/prediction.ts';
import { uncertaintyOf } from '../../../src/engine/gradients.ts';
import type { Valued } from '../../../src/engine/valued.ts';
import { fitOrLimit } from '../../../src/models/limits.ts';
import { buyingModel } from '../../../src/models/registry.ts';
import { spendModel } from '../../../src/models/spend/spend.ts';
import { gamma, spendStatesOf, statesOf } from '../../models/customers.ts';
import { gammaMargins, type Habits, type Lived, lived, valuedBy } from './future.ts';

const LIFE = { delta: Math.log(1.1) / 365.25, days: null };
const YEAR = { ...LIFE, days: 365 };
const SPEND = [6.25, 3.74, 15.44];

type Draw = (random: () => number) => Habits;

const endless = { life: Number.POSITIVE_INFINITY, stop: 0, first: false };
const beta = (a: number, b: number, random: () => number): number => {
  const [one, other] = [gamma(a, random), gamma(b, random)];
  return one / (one + other);
};
const whileAlive =
  ([r, alpha]: readonly number[], life: (random: () => number) => number, spend: readonly number[] = SPEND): Draw =>
  (random) => ({
    ...endless,
    rate: gamma(r!, random) / alpha!,
    life: life(random),
    margin: gammaMargins(spend, random),
  });
const pareto = (parameters: readonly number[], spend: readonly number[] = SPEND): Draw =>
  whileAlive(parameters, (random) => -Math.log(random()) / (gamma(parameters[2]!, random) / parameters[3]!), spend);
const stopping =
  ([r, alpha, a, b]: readonly number[], first: boolean): Draw =>
  (random) => ({
    ...endless,
    rate: gamma(r!, random) / alpha!,
    stop: beta(a!, b!, random),
    first,
    margin: gammaMargins(SPEND, random),
  });
const gompertz = ([r, alpha, b, s, scale]: readonly number[]): Draw =>
  whileAlive([r!, alpha!], (random) => {
    const eta = gamma(s!, random) / scale!;
    return Math.log1p(-Math.log(random()) / eta) / b!;
  });

/** Of customers, those whose future lies in their interval, and those whose interval begins above 0 with theirs. */
function held(
  customers: readonly Lived[],
  { states, factors }: Valued,
  { low, high }: { low: Float64Array; high: Float64Array },
) {
  const at = new Map(Array.from(states.count, (_, i) => [`${states.x[i]} ${states.recency[i]} ${states.age[i]}`, i]));
  let [all, above, two] = [0, 0, 0];
  for (const { x, recency, age, mean, brought } of customers) {
    const i = at.get(`${x} ${recency} ${age}`)!;
    const margin = factors.spendBase[i]! + factors.spendMultiplier[i]! * mean;
    const inside = brought >= low[i]! * margin && brought <= high[i]! * margin;
    if (inside) all++;
    if (low[i]! > 0) above++;
    if (low[i]! > 0 && inside) two++;
  }
  return { share: all / customers.length, above, ofThose: two / above };
}

describe('prediction intervals of customers, by the parameters that made them', () => {
  it.each<[string, string, readonly number[], typeof YEAR | typeof LIFE, Draw]>([
    ['of a lifetime', 'pareto-nbd', [0.55, 10.58, 0.606, 11.67], LIFE, pareto([0.55, 10.58, 0.606, 11.67])],
    ['of a year', 'pareto-nbd', [0.55, 10.58, 0.606, 11.67], YEAR, pareto([0.55, 10.58, 0.606, 11.67])],
    ['of slow buyers', 'pareto-nbd', [1.92, 136, 0.63, 768], LIFE, pareto([1.92, 136, 0.63, 768])],
    [
      'who stop slowly, of 3 years',
      'pareto-nbd',
      [1.3, 10, 0.5, 500],
      { ...LIFE, days: 1096 },
      pareto([1.3, 10, 0.5, 500]),
    ],
    [
      'who all stop alike',
      'exponential-nbd',
      [1.2, 20, 0.01],
      LIFE,
      whileAlive([1.2, 20], (random) => -Math.log(random()) / 0.01),
    ],
    ['who age', 'ggom-nbd', [0.8, 10, 0.02, 0.6, 2], LIFE, gompertz([0.8, 10, 0.02, 0.6, 2])],
    [
      'who may stop at any purchase but the first',
      'bg-nbd',
      [0.6, 8, 0.8, 2.5],
      YEAR,
      stopping([0.6, 8, 0.8, 2.5], false),
    ],
    ['who may stop at any purchase', 'mbg-nbd', [0.6, 8, 1.2, 9], LIFE, stopping([0.6, 8, 1.2, 9], true)],
  ])('%s hold what 95 %% ± 2 of 4,000 bring: %s', (_, name, parameters, window, draw) => {
    const customers = lived(4000, 78, window, draw, 20);
    const known = { parameters, covariance: null };
    const spend = { parameters: SPEND, covariance: null };
    const valued = valuedBy(customers, window, buyingModel(name)!, known, spendModel('gamma-gamma')!, spend);
    const { prediction, confidence } = customerBounds(valued, null, 0);
    const { share } = held(customers, valued, prediction);
    expect(confidence).toBeNull();
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.97);
  });

  it('beginning above 0, where customers hardly stop, hold less of a lifetime: 92 to 95 % (docs/compute.md)', () => {
    const parameters = [1.3, 10, 0.5, 500];
    const customers = lived(4000, 78, LIFE, pareto(parameters), 20);
    const known = { parameters, covariance: null };
    const spend = { parameters: SPEND, covariance: null };
    const valued = valuedBy(customers, LIFE, buyingModel('pareto-nbd')!, known, spendModel('gamma-gamma')!, spend);
    const { share, above, ofThose } = held(customers, valued, customerBounds(valued, null, 0).prediction);
    expect(share).toBeGreaterThan(0.93);
    expect(above).toBeGreaterThan(500);
    expect(ofThose).toBeGreaterThan(0.92);
    expect(ofThose).toBeLessThan(0.95);
  });
});

describe('the lower end of who buys again for certain', () => {
  /** One customer of whose purchases the mean and the mean square are known. */
  const lowest = (mean: number, square: number, law: { shape: number; scale: number; dispersion: number }): number => {
    const one = (value: number) => () => Float64Array.of(value);
    const valued = {
      states: { length: 1, x: [3] },
      model: { buyAgain: one(1), pairs: one(square), purchases: one(0) },
      fit: { parameters: [] },
      window: YEAR,
      spendFrom: 'repeat',
      factors: { pAlive: [1], dert: [mean] },
    } as unknown as Valued;
    return predictionOf(valued, () => law, Float64Array.of(0)).low[0]!;
  };
  /** What 2.5 % stay below of a Weibull law, by its shape. */
  const weibull = (mean: number, shape: number): number =>
    (mean * (-Math.log(0.975)) ** (1 / shape)) / Math.exp(gammaln(1 + 1 / shape));
  const ratioOf = (shape: number): number => Math.exp(gammaln(1 + 2 / shape) - 2 * gammaln(1 + 1 / shape));

  it('is that of a Weibull law of the mean and the mean square of Z · D', () => {
    // Z = scale/Gamma(5): mean scale/4, mean square scale²/12, which is 4/3 of the square of its mean.
    const square = (4 * ratioOf(1.5) * 3) / 4;
    expect(lowest(2, square, { shape: 5, scale: 8, dispersion: 0 })).toBeCloseTo(weibull(2 * 2, 1.5), 6);
  });

  it('and of D alone where spend is certain', () => {
    const certain = { shape: Number.POSITIVE_INFINITY, scale: Number.POSITIVE_INFINITY, dispersion: 0 };
    expect(lowest(2, 4 * ratioOf(3), certain)).toBeCloseTo(weibull(2, 3), 6);
    // Of no variance at all: the mean, but for the 1 in 100,000 that keeps the law one.
    expect(lowest(2, 4, certain)).toBeGreaterThan(1.98);
    expect(lowest(2, 4, certain)).toBeLessThan(2);
  });
});

describe('prediction intervals of customers, by models fitted to them', () => {
  it.each<[string, string, string, readonly number[], number]>([
    ['Pareto/NBD and gamma–gamma', 'pareto-nbd', 'gamma-gamma', SPEND, 31],
    ['all purchases of all alike', 'pareto-nbd', 'one-mean', [1e9, 1e9, 20], 32],
    ['all customers alike in spend', 'pareto-nbd', 'gamma-spend', [2, 1e9, 1e10], 33],
    ['all purchases of a customer alike', 'pareto-nbd', 'inverse-gamma-spend', [1e9, 3, 6e-8], 34],
  ])('hold what 95 %% ± 2 of 2,000 bring: %s', (_, name, spendName, margins, seed) => {
    const customers = lived(2000, 78, LIFE, pareto([0.8, 8, 0.6, 10], margins), seed);
    const { model, fit } = fitOrLimit(buyingModel(name)!, statesOf(customers));
    const spend = spendModel(spendName)!;
    const valued = valuedBy(customers, LIFE, model, fit, spend, spend.fit(spendStatesOf(customers)));
    const known = uncertaintyOf(valued)!;
    const { prediction, confidence } = customerBounds(valued, known, 0);
    const { share } = held(customers, valued, prediction);
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.97);
    expect(confidence!.below.every((variance) => variance >= 0)).toBe(true);
    const wider = customerBounds(valued, known, 0.3).prediction;
    expect(wider.high.reduce((sum, high) => sum + high, 0)).toBeGreaterThan(
      1.005 * prediction.high.reduce((sum, high) => sum + high, 0),
    );
  });

  it('are 0 for who will hardly buy again, and from 0 where no purchase is likely enough', () => {
    const customers = [
      { x: 30, recency: 60, age: 700, mean: 10, brought: 0 },
      { x: 0, recency: 0, age: 100, mean: 0, brought: 0 },
      { x: 60, recency: 699, age: 700, mean: 10, brought: 0 },
    ];
    const known = { parameters: [1.3, 10, 0.5, 500], covariance: null };
    const spend = { parameters: SPEND, covariance: null };
    const valued = valuedBy(customers, YEAR, buyingModel('pareto-nbd')!, known, spendModel('gamma-gamma')!, spend);
    const { low, high } = customerBounds(valued, null, 0).prediction;
    // States are sorted: of one purchase first.
    expect([low[0], low[1], high[1]]).toEqual([0, 0, 0]);
    expect(high[0]).toBeGreaterThan(valued.factors.dert[0]!);
    expect(low[2]).toBeGreaterThan(1);
    expect(high[2]).toBeGreaterThan(valued.factors.dert[2]!);
  });
});
