import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce, betaChance, noChance, oneChance } from '../../../src/models/beta-geometric/chances.ts';
import { mbgCnbd, mbgCnbdK } from '../../../src/models/beta-geometric/cnbd-k.ts';
import { stoppingAfterPurchases } from '../../../src/models/beta-geometric/family.ts';
import { mbgNbd } from '../../../src/models/beta-geometric/mbg-nbd.ts';
import {
  type Kind,
  phasesEvaluate,
  phasesLogLikelihood,
  split,
} from '../../../src/models/beta-geometric/phases-likelihood.ts';
import { gammaRates, oneRate } from '../../../src/models/beta-geometric/rates.ts';
import type { OneState } from '../../../src/models/model.ts';
import { regularModel } from '../../../src/models/regularity.ts';
import { runs } from '../../runs.ts';
import { gamma, statesOf, uniform } from '../customers.ts';

const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(b), 1e-300);
const RATES = [gammaRates, oneRate];
const CHANCES = [betaChance, oneChance, atOnce, noChance];
const KINDS: Kind[] = ([0, 1] as const).flatMap((first) =>
  RATES.flatMap((rates) =>
    CHANCES.flatMap((chance) => [1, 2, 3, 6].map((phases) => ({ first, phases, rates, chance }))),
  ),
);
const named = KINDS.map((kind) => [stoppingAfterPurchases(kind, true).name, kind.first, kind] as const);

/** Parameters of a kind that are as those of r 1.3, α 2.8 / k, a .4, b .8. */
function parametersOf({ rates, chance, phases }: Kind): number[] {
  const stopping = { a: 0.4, b: 0.8, p: 1 / 3, pi: 1 / 3 } as Record<string, number>;
  return [
    ...(rates === gammaRates ? [1.3, 2.8 / phases] : [0.4 * phases]),
    ...chance.parameterNames.map((name) => stopping[name]!),
  ];
}

const CUSTOMERS = [0, 0, 1, 1, 3, 3, 8, 40].map((x, i) => ({ x, recency: x * 5, age: x * 5 + 11 * i }));

it.each(named)('%s (first %i) has the derivatives of finite differences', (_, __, kind) => {
  const states = statesOf(CUSTOMERS);
  const parameters = parametersOf(kind);
  const { value, gradient, hessian } = phasesEvaluate(states, parameters, kind);
  expect(relative(phasesLogLikelihood(states, parameters, kind), value)).toBeLessThan(1e-13);
  parameters.forEach((p, i) => {
    const step = p * 1e-5;
    const [up, down] = [step, -step].map((h) => phasesEvaluate(states, parameters.with(i, p + h), kind));
    const slope = (up!.value - down!.value) / (2 * step);
    expect(Math.abs(slope - gradient[i]!)).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
    parameters.forEach((_, j) => {
      const bend = (up!.gradient[j]! - down!.gradient[j]!) / (2 * step);
      expect(Math.abs(bend - hessian[i]![j]!)).toBeLessThan(1e-6 * (1 + Math.abs(bend)));
    });
  });
});

it('one phase is MBG/NBD', () => {
  const states = statesOf(CUSTOMERS);
  const parameters = [0.5, 6, 0.9, 1.6];
  expect(relative(mbgCnbd(1).logLikelihood(states, parameters), mbgNbd.logLikelihood(states, parameters))).toBeLessThan(
    1e-14,
  );
  const window = { delta: 0.0003, days: null };
  for (const customer of CUSTOMERS) {
    const [found, known] = [mbgCnbd(1), mbgNbd].map((model) => model.one(customer, parameters, window));
    expect(relative(found!.pAlive, known!.pAlive)).toBeLessThan(1e-13);
    expect(relative(found!.purchases, known!.purchases)).toBeLessThan(1e-13);
  }
});

describe('the purchases to come are those of their single purchases', () => {
  /**
   * Undiscounted and within t weeks, in phase j: Σ_i E[(1−p)^(i−1)] · P(ik − j events within t), negative binomial or Poisson
   * tails, for customers alive with p ~ Beta(a, b); `stay` is E[(1−p)^i].
   */
  function bySingles(
    n: number | null,
    phases: number,
    j: number,
    c: number,
    t: number,
    stay: (i: number) => number,
  ): number {
    const share = t / (c + t);
    const [mean, most] = n === null ? [t / c, t / c] : [((n + j) * t) / c, ((n + j) * t * t) / c / c];
    const last = Math.ceil(mean + 12 * Math.sqrt(mean + most) + 80);
    const chances: number[] = [];
    let log = n === null ? -t / c : -(n + j) * Math.log1p(t / c);
    for (let i = 0; i <= last; i++) {
      chances.push(Math.exp(log));
      log += Math.log(n === null ? t / c / (i + 1) : ((n + j + i) / (i + 1)) * share);
    }
    let [tail, sum] = [0, 0];
    for (let i = last; i > 0; i--) {
      tail += chances[i]!;
      if ((i + j) % phases === 0) sum += stay((i + j) / phases - 1) * tail;
    }
    return sum;
  }

  const logUniform = (low: number, high: number) =>
    fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);

  it.each(named)('%s (first %i)', (_, __, kind) => {
    const cases = fc.record({
      r: logUniform(0.2, 5),
      alpha: logUniform(0.5, 30),
      a: logUniform(0.1, 10),
      b: logUniform(0.1, 10),
      p: logUniform(0.01, 0.9),
      x: fc.nat(60),
      recency: fc.integer({ min: 0, max: 300 }),
      past: fc.nat(300),
      days: logUniform(1, 1500),
    });
    fc.assert(
      fc.property(cases, ({ r, alpha, a, b, p, x, recency, past, days }) => {
        const state: OneState = { x, recency: x && Math.max(x, recency), age: Math.max(x, recency) + past };
        const parameters = [
          ...(kind.rates === gammaRates ? [r, alpha] : [(r / alpha) * kind.phases]),
          ...kind.chance.parameterNames.map((name) => ({ a, b, p, pi: p })[name]!),
        ];
        const found = stoppingAfterPurchases(kind, true).one(state, parameters, { delta: 0, days });
        const m = x + kind.first;
        const stays = [1];
        for (let i = 0; i < 4000; i++) {
          const beta = (b + m + i) / (a + b + m + i);
          const never = m === 0 && i === 0 ? 1 - p : 1;
          stays.push(
            stays[i]! *
              (new Map([
                [betaChance, beta],
                [oneChance, 1 - p],
                [atOnce, never],
              ]).get(kind.chance) ?? 1),
          );
        }
        const [buying] = split(kind, parameters);
        const n = kind.rates.n(x, kind.phases, buying);
        const c = kind.rates.scale(state.age / 7, buying);
        const shares = new Float64Array(kind.phases);
        const total = kind.rates.byPhase(x, buying, state.recency / 7, state.age / 7, shares);
        const expected = shares.reduce(
          (sum, share, j) => sum + (share / total) * bySingles(n, kind.phases, j, c, days / 7, (i) => stays[i]!),
          0,
        );
        expect(relative(found.purchases, found.pAlive * expected)).toBeLessThan(1e-8);
      }),
      { numRuns: runs(40), seed: 11 },
    );
  });
});

describe('a limit is what the model tends to', () => {
  const window = { delta: 0.0003, days: 700 };
  const customers = [0, 0, 1, 1, 2, 3, 5].map((x, i) => ({ x, recency: x * 20, age: x * 20 + 3 * i }));
  const states = { ...statesOf(customers), logGaps: 3 };
  /** That the figures of a model are those of its limit, as its parameters near the edge. */
  function isClose(kind: Kind, parameters: number[], limit: Kind, others: number[]): void {
    const [model, simple] = [kind, limit].map((each) => stoppingAfterPurchases(each, true));
    expect(model!.limits).toContain(simple);
    const log = [model!.logLikelihood(states, parameters), simple!.logLikelihood(states, others)];
    expect(relative(log[0]!, log[1]!)).toBeLessThan(1e-4);
    const alive = [model!.pAlive(states, parameters), simple!.pAlive(states, others)];
    const purchases = [
      model!.purchases(states, parameters, alive[0]!, window),
      simple!.purchases(states, others, alive[1]!, window),
    ];
    for (let i = 0; i < states.length; i++) {
      expect(Math.abs(alive[0]![i]! - alive[1]![i]!)).toBeLessThan(1e-4);
      expect(relative(purchases[0]![i]!, purchases[1]![i]!)).toBeLessThan(1e-3);
    }
  }

  it.each(named.filter(([, , { chance }]) => chance === betaChance))('%s (first %i): chances', (_, __, kind) => {
    const [buying] = split(kind, parametersOf(kind));
    isClose(kind, [...buying, 1e7, 2e7], { ...kind, chance: oneChance }, [...buying, 1 / 3]);
    isClose(kind, [...buying, 1e-10, 2e-10], { ...kind, chance: atOnce }, [...buying, 1 / 3]);
    isClose(kind, [...buying, 1e-10, 0.8], { ...kind, chance: noChance }, buying.slice());
  });

  it.each(named.filter(([, , { rates }]) => rates === gammaRates))('%s (first %i): rates', (_, __, kind) => {
    const [, stopping] = split(kind, parametersOf(kind));
    isClose(kind, [4e6, 1e7, ...stopping], { ...kind, rates: oneRate }, [0.4, ...stopping]);
  });

  it.each(named.filter(([, , { chance }]) => chance === oneChance || chance === atOnce))(
    '%s (first %i): nobody stops',
    (_, __, kind) => {
      const [buying] = split(kind, parametersOf(kind));
      isClose(kind, [...buying, 1e-10], { ...kind, chance: noChance }, buying.slice());
    },
  );
});

it('a lifetime without discounting is E[1/p] purchases, infinite where it is', () => {
  const window = { delta: 0, days: null };
  for (const recency of [100, 200]) {
    const state = { x: 2, recency, age: 200 };
    expect(mbgCnbd(3).one(state, [0.5, 6, 1, 2], window).purchases).toBe(Number.POSITIVE_INFINITY);
    const { pAlive, purchases } = mbgCnbd(3).one(state, [0.5, 6, 3, 2], window);
    expect(relative(purchases, (pAlive * (3 + 5 - 1)) / (3 - 1))).toBeLessThan(1e-12);
    const long = mbgCnbd(3).one(state, [0.5, 6, 3, 2], { delta: 0, days: 1e9 }).purchases;
    expect(relative(long, purchases)).toBeLessThan(1e-4);
  }
});

it('every state is finite, however long, however many purchases', () => {
  const edge = [0, 1, 2, 50, 1000, 5000].flatMap((x) =>
    [0, 1, 400, 20_000].flatMap((past) => {
      const recency = x * 3;
      return [{ x, recency, age: recency + past }];
    }),
  );
  const states = { ...statesOf(edge), logGaps: 0 };
  for (const kind of KINDS) {
    const model = stoppingAfterPurchases(kind, true);
    for (const factor of [0.05, 1, 20]) {
      const parameters = parametersOf(kind).map((value, i) =>
        i < kind.rates.parameterNames.length || kind.chance === betaChance
          ? value * factor
          : Math.min(0.999, value * factor),
      );
      const { value, gradient, hessian } = phasesEvaluate(states, parameters, kind);
      expect([value, ...gradient, ...hessian.flat()].every(Number.isFinite)).toBe(true);
      const alive = model.pAlive(states, parameters);
      expect(alive.every((p) => p >= 0 && p <= 1)).toBe(true);
      const purchases = model.purchases(states, parameters, alive, { delta: 0.0003, days: null });
      expect(
        purchases.every((p) => Number.isFinite(p) && p >= 0),
        `${model.name} ${parameters}`,
      ).toBe(true);
    }
  }
});

describe('simulated customers', () => {
  /** Customers whose purchases are Erlang-k and who stop after each with a chance of their own, from their first on. */
  function simulate(size: number, days: number, k: number, [r, alpha, a, b]: readonly number[], seed: number) {
    const random = uniform(seed);
    let logGaps = 0;
    const customers = Array.from({ length: size }, () => {
      const age = Math.floor(days * (1 - random() / 2));
      const rate = gamma(r!, random) / alpha!;
      const [stop, go] = [gamma(a!, random), gamma(b!, random)];
      let [x, last, week] = [0, 0, 0];
      while (random() >= stop / (stop + go)) {
        week += gamma(k, random) / rate;
        const day = Math.ceil(week * 7);
        if (day > age) break;
        if (day === last) continue;
        logGaps += Math.log((day - last) / 7);
        [x, last] = [x + 1, day];
      }
      return { x, recency: last, age };
    });
    return { ...statesOf(customers), logGaps };
  }

  it.each([1, 2, 3])('MBG/CNBD-%i: the parameters, and k', (k) => {
    const truth = [1.5, 8 / k, 0.6, 1.8];
    const states = simulate(6000, 700, k, truth, 5);
    const { parameters, covariance } = mbgCnbd(k).fit(states);
    parameters.forEach((value, i) => {
      expect(Math.abs(value - truth[i]!) / Math.sqrt(covariance[i]![i]!)).toBeLessThan(3.5);
    });
    expect(regularModel(mbgCnbdK, states).name).toBe(`mbg-cnbd-${k}`);
    expect(regularModel(mbgNbd, states)).toBe(mbgNbd);
  });

  it('of many states k is found by a sample and confirmed by all', () => {
    const states = simulate(150_000, 1500, 2, [1.5, 4, 0.6, 1.8], 7);
    expect(states.length).toBeGreaterThan(40_000);
    expect(regularModel(mbgCnbdK, states).name).toBe('mbg-cnbd-2');
  });
});
