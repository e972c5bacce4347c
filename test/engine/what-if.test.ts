import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../src/base/decimal.ts';
import type { States } from '../../src/data/states.ts';
import { presentValue } from '../../src/engine/contracts/retention.ts';
import { deltaPerDay } from '../../src/engine/discount.ts';
import { type Future, futureDert, inFuture, leastSurvival, netRate, paybackDays } from '../../src/engine/what-if.ts';
import { bgNbd } from '../../src/models/beta-geometric/bg-nbd.ts';
import { bgBb } from '../../src/models/bg-bb/family.ts';
import { ggomNbd } from '../../src/models/ggom-nbd/ggom-nbd.ts';
import { laterBeta, logRise } from '../../src/models/ggom-nbd/life.ts';
import { paretoNbd } from '../../src/models/pareto-nbd/pareto-nbd.ts';
import { discountedTime } from '../../src/models/while-alive/pareto-time.ts';
import { runs } from '../runs.ts';

const CASES = [
  { model: paretoNbd, parameters: [0.55, 10.6, 0.61, 11.7] },
  { model: bgNbd, parameters: [0.24, 4.4, 0.79, 2.4] },
  { model: ggomNbd, parameters: [0.55, 10.6, 0.02, 0.6, 0.4] },
  { model: bgBb(30.4375), parameters: [1.2, 0.75, 0.66, 2.78] },
] as const;
const CONTINUOUS = CASES.slice(0, 3);
const STATE = { x: 3, recency: 213, age: 272 };
const DELTA = deltaPerDay(new Decimal('0.15'));

/** ∫_0^H f in 600 steps, by Simpson. */
function integral(f: (u: number) => number, to: number): number {
  const [steps, width] = [600, to / 600];
  let sum = f(0) + f(to);
  for (let i = 1; i < steps; i++) sum += f(i * width) * (i % 2 === 0 ? 2 : 4);
  return (sum * width) / 3;
}

const near = (value: number, wanted: number, relative = 1e-9) =>
  expect(Math.abs(value / wanted - 1)).toBeLessThan(relative);

describe('customers who drop out k times as fast', () => {
  const windows = [
    { delta: DELTA, days: null },
    { delta: DELTA, days: 1096 },
    { delta: 0, days: 400 },
  ];

  it('Pareto/NBD: as if the rate μ of each were k·μ, so that β + T becomes (β + T)/k', () => {
    const { model, parameters } = CASES[0];
    const [r, alpha, s, beta] = parameters;
    for (const window of windows) {
      for (const dropout of [0.5, 1.01, 3]) {
        const { pAlive, purchases } = inFuture(model, { dropout, purchases: 1 }).one(STATE, parameters, window);
        const rate = (pAlive * (r + STATE.x)) / (alpha + STATE.age / 7);
        near(purchases, rate * discountedTime(s, (beta + STATE.age / 7) / dropout, window));
      }
    }
  });

  it('BG/NBD: as if the chance p to stop after a purchase were k·p, purchases coming as before', () => {
    const { model } = CASES[1];
    const parameters = [0.24, 4.4, 2, 3];
    const [n, c, later] = [0.24 + STATE.x, 4.4 + STATE.age / 7, 3 + STATE.x];
    const window = { delta: DELTA, days: 1096 };
    for (const dropout of [0.8, 1.2]) {
      const { pAlive, purchases } = inFuture(model, { dropout, purchases: 1 }).one(STATE, parameters, window);
      const bought = (p: number) =>
        integral((u) => Math.exp(-7 * DELTA * u) * (n / c) * (1 + (dropout * p * u) / c) ** -(n + 1), 1096 / 7);
      const density = (p: number) => p * (1 - p) ** (later - 1);
      const whole = integral(density, 1);
      let mean = 0;
      for (let i = 0; i < 400; i++) mean += (density((i + 0.5) / 400) * bought((i + 0.5) / 400)) / 400;
      near(purchases, (pAlive * mean) / whole, 1e-4);
    }
  });

  it('GGom/NBD: as if they aged k times as fast from now on', () => {
    const { model, parameters } = CASES[2];
    const [r, alpha, b, s, beta] = parameters;
    const now = laterBeta(b, beta, STATE.age / 7);
    const window = { delta: DELTA, days: 1096 };
    for (const dropout of [0.8, 1.2]) {
      const { pAlive, purchases } = inFuture(model, { dropout, purchases: 1 }).one(STATE, parameters, window);
      const life = integral((u) => Math.exp(-7 * DELTA * u - s * logRise(b, now, dropout * u)), 1096 / 7);
      near(purchases, ((pAlive * (r + STATE.x)) / (alpha + STATE.age / 7)) * life, 1e-8);
    }
  });
});

describe('laws', () => {
  const states: States = {
    length: 3,
    x: Int32Array.of(0, 3, 8),
    recency: Int32Array.of(0, 213, 270),
    age: Int32Array.of(272, 272, 300),
    count: Float64Array.of(5, 2, 1),
  };
  const present = { window: { delta: DELTA, days: null }, dropout: 1, purchases: 1, margin: 1 } as const;
  const deltas = fc.double({ min: 1e-5, max: 1e-3, noNaN: true });
  const horizons = fc.option(fc.integer({ min: 30, max: 3000 }), { nil: null });
  const more = fc.double({ min: 0.001, max: 2, noNaN: true });

  const dertOf = ({ model, parameters }: (typeof CASES)[number], future: Future): Float64Array => {
    const pAlive = model.pAlive(states, parameters);
    return futureDert({ model, parameters }, { states, pAlive }, future);
  };

  it('no change changes nothing; more dropout and discount are less, retention more', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CASES), deltas, horizons, more, (one, delta, days, extra) => {
        const as = (changes: Partial<Future>) => dertOf(one, { ...present, window: { delta, days }, ...changes });
        const pAlive = one.model.pAlive(states, one.parameters);
        const now = as({});
        expect(now).toEqual(one.model.purchases(states, one.parameters, pAlive, { delta, days }));
        const dearer = as({ window: { delta: delta * (1 + extra), days } });
        for (const [i, value] of now.entries()) expect(dearer[i]).toBeLessThanOrEqual(value);
        if (one.model.name === 'bg-bb') return;
        const faster = as({ dropout: 1 + extra });
        for (const [i, value] of now.entries()) expect(faster[i]).toBeLessThan(value);
      }),
      { numRuns: runs(60) },
    );
  });

  it('a rate below zero, from retention above the discount, is summed like any other', () => {
    for (const { model, parameters } of CONTINUOUS) {
      const bought = (delta: number, days: number) => model.one(STATE, parameters, { delta, days }).purchases;
      // By parts: ∫ e^(−δu) n(u) du = e^(−δH) N(H) + δ ∫ e^(−δu) N(u) du.
      const delta = -2e-4;
      const rest = delta * integral((u) => Math.exp(-delta * u) * bought(0, u), 730);
      near(bought(delta, 730), Math.exp(-delta * 730) * bought(0, 730) + rest, 1e-8);
    }
  });

  it('the least survival of Pareto/NBD is that of the youngest', () => {
    const { model, parameters } = CASES[0];
    const pAlive = model.pAlive(states, parameters);
    const survival = ((11.7 + 272 / 7) / (11.7 + (272 + 365.25) / 7)) ** 0.61;
    near(leastSurvival({ model, parameters }, states, pAlive, 1), survival, 1e-3);
  });
});

describe('constant retention (Gupta, Lehmann & Stuart 2004)', () => {
  const value = (payment: string, retention: Decimal, discount: Decimal) =>
    presentValue({
      payment: new Decimal(payment),
      retention,
      rates: { discount, growth: new Decimal(0) },
      periods: null,
      timing: 'existing-end',
    });
  const [r, i] = [new Decimal('0.8'), new Decimal('0.12')];

  it('has an elasticity of (1+i)/(1+i−r) in retention, and of 1 in margin', () => {
    const [before, step] = [value('100', r, i), new Decimal('1e-12')];
    const elasticity = (after: Decimal) => after.div(before).minus(1).div(step).toNumber();
    expect(elasticity(value('100', r.times(step.plus(1)), i))).toBeCloseTo(1.12 / 0.32, 8);
    expect(elasticity(value(new Decimal(100).times(step.plus(1)).toFixed(), r, i))).toBeCloseTo(1, 8);
  });

  it('retention times ρ is worth what the net rate (1+d)/ρ − 1 makes of it', () => {
    for (const rho of ['1.01', '0.9', '1.1']) {
      const kept = value('100', r.times(rho), i);
      expect(
        kept
          .minus(value('100', r, netRate(i, new Decimal(rho))))
          .abs()
          .toNumber(),
      ).toBeLessThan(1e-40);
    }
  });
});

describe('payback', () => {
  const buying = CASES[0];
  const window = { delta: DELTA, days: null };
  const worth = (days: number | null) =>
    35 * (1 + buying.model.one({ x: 0, recency: 0, age: 0 }, buying.parameters, { delta: DELTA, days }).purchases);

  it('is when the margin so far equals the cost', () => {
    for (const cost of [36, 60, 100]) near(worth(paybackDays(buying, 35, window, cost)!), cost, 1e-5);
  });

  it('is at once for the first purchase, and never beyond the value of a prospect or the horizon', () => {
    expect(paybackDays(buying, 35, window, 35)).toBe(0);
    expect(paybackDays(buying, 35, window, worth(null) + 0.01)).toBeNull();
    expect(paybackDays(buying, 35, { delta: DELTA, days: 365 }, worth(365) + 0.01)).toBeNull();
    expect(paybackDays(buying, 35, { delta: DELTA, days: 365 }, worth(365) - 0.01)).toBeLessThanOrEqual(365);
  });
});
