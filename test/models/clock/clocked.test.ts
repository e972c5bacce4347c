import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoDay } from '../../../src/base/calendar.ts';
import type { States } from '../../../src/data/states.ts';
import { Clock, EVEN } from '../../../src/models/clock/clock.ts';
import { clocked } from '../../../src/models/clock/clocked.ts';
import { fitOrLimit, withLimits } from '../../../src/models/limits.ts';
import type { BuyingModel, PurchaseWindow } from '../../../src/models/model.ts';
import { paretoNbd } from '../../../src/models/pareto-nbd/pareto-nbd.ts';
import { BUYING_MODELS, buyingModel } from '../../../src/models/registry.ts';
import { runs } from '../../runs.ts';
import { gamma, simulatePareto, statesOf } from '../customers.ts';

const ASOF = parseIsoDay('2025-09-20')!;
const YEAR = 365.25;
const DELTA = Math.log(1.2) / YEAR;
const clock = new Clock([0.7, 0.8, 0.9, 1, 1, 0.9, 0.8, 0.8, 0.9, 1.1, 1.4, 1.7]);
const PARAMETERS = [0.6, 11, 0.6, 12];
const states = {
  ...statesOf(
    simulatePareto(400, 100, (random) => ({ rate: gamma(0.6, random) / 11, dropout: gamma(0.6, random) / 12 }), 7),
  ),
  logGaps: 321,
};
const alive = (model: BuyingModel): Float64Array => model.pAlive(states, PARAMETERS);
const close = (actual: number, expected: number, relative: number): void =>
  expect(Math.abs(actual / expected - 1), `${actual} for ${expected}`).toBeLessThan(relative);
const total = (values: Float64Array, { count }: States = states): number =>
  values.reduce((sum, v, i) => sum + v * count[i]!, 0);
const bought = (model: BuyingModel, window: PurchaseWindow): number =>
  total(model.purchases(states, PARAMETERS, alive(model), window));

const VALUES: Readonly<Record<string, number>> = {
  ...{ r: 0.6, alpha: 11, s: 0.6, beta: 12, lambda: 0.1, mu: 0.02 },
  ...{ pi: 0.3, p: 0.2, a: 0.8, b: 2 },
};
const someParameters = ({ parameterNames }: BuyingModel): number[] => parameterNames.map((name) => VALUES[name]!);

it('the chance of a purchase is that of the warped days of a window, and of a year in the mean', () => {
  const model = clocked(paretoNbd, clock, ASOF);
  const chance = (one: BuyingModel, days: number): number =>
    total(one.buyAgain!(states, PARAMETERS, alive(model), { delta: DELTA, days }));
  const again = (days: number): number =>
    total(paretoNbd.buyAgain!(states, PARAMETERS, alive(model), { delta: 0, days }));
  close(chance(model, 100), again(clock.at(ASOF + 100) - clock.at(ASOF)), 0.01);
  close(chance(model, YEAR), again(YEAR), 0.01);
  expect(chance(model, 100)).toBeGreaterThan(1.05 * again(100));
});

describe('a clock that runs alike', () => {
  const models = [...new Set(withLimits([...BUYING_MODELS, buyingModel('mbg-cnbd-2')!]))].map(
    (model) => [model.name, model] as const,
  );
  it.each(models)('changes nothing of %s', (_, model) => {
    const even = clocked(model, EVEN, ASOF);
    const parameters = someParameters(model);
    const window = { delta: DELTA, days: 2 * YEAR };
    close(even.logLikelihood(states, parameters), model.logLikelihood(states, parameters), 1e-9);
    const [mineOf, itsOf] = [even, model].map((each) => each.evaluate?.(states, parameters));
    for (const [i, slope] of (itsOf?.gradient ?? []).entries()) {
      close(mineOf!.gradient[i]!, slope, 1e-6);
      close(mineOf!.hessian[i]![0]!, itsOf!.hessian[i]![0]!, 1e-6);
    }
    const [own, plain] = [even.pAlive(states, parameters), model.pAlive(states, parameters)];
    for (const [i, value] of own.entries()) expect(value).toBeCloseTo(plain[i]!, 8);
    close(
      total(even.purchases(states, parameters, own, window)),
      total(model.purchases(states, parameters, plain, window)),
      1e-8,
    );
    const one = { x: 2, recency: 40.5, age: 70.25 };
    const [mine, its] = [even.one(one, parameters, window), model.one(one, parameters, window)];
    close(mine.pAlive, its.pAlive, 1e-8);
    close(mine.purchases, its.purchases, 1e-8);
    const [pairs, others] = [even, model].map((each) => each.pairs?.(states, parameters, plain, window));
    if (pairs) close(total(pairs), total(others!), 1e-6);
    const [again, plainly] = [even, model].map((each) => each.buyAgain?.(states, parameters, plain, window));
    if (again) close(total(again), total(plainly!), 1e-8);
  });

  it('changes no fit', () => {
    const [even, plain] = [clocked(paretoNbd, EVEN, ASOF).fit(states), paretoNbd.fit(states)];
    close(even.logLikelihood, plain.logLikelihood, 1e-10);
    for (const [i, value] of even.parameters.entries()) close(value, plain.parameters[i]!, 1e-5);
    for (const [i, row] of even.covariance.entries())
      for (const [j, value] of row.entries()) close(value, plain.covariance[i]![j]!, 1e-4);
  });

  it('discounts by months as without them', () => {
    const even = clocked(paretoNbd, EVEN, ASOF);
    for (const days of [1, 10.5, 91, 700]) {
      const window = { delta: DELTA, days };
      close(bought(even, window), bought(paretoNbd, window), 1e-8);
      const [pairs, others] = [even, paretoNbd].map((each) =>
        each.pairs!(states, PARAMETERS, alive(paretoNbd), window),
      );
      close(total(pairs!), total(others!), 1e-4);
      const [slopes, plain] = [even, paretoNbd].map((each) => each.purchaseGradients!(states, PARAMETERS, window));
      slopes!.forEach((own, i) => {
        close(total(own), total(plain![i]!), 1e-6);
      });
    }
  });
});

describe('a clock of the year', () => {
  const model = clocked(paretoNbd, clock, ASOF);

  it('values whole years and a lifetime in the mean of the year', () => {
    for (const days of [null, YEAR, 3 * YEAR]) {
      const window = { delta: DELTA, days };
      close(bought(model, window), bought(model, { ...window, yearly: true }), 1e-12);
    }
  });

  it('sees more in the months in which more is bought', () => {
    const summer = clocked(paretoNbd, clock, parseIsoDay('2025-05-31')!);
    const ofWindow = (each: BuyingModel, days: number): number =>
      each.one({ x: 0, recency: 0, age: 0 }, PARAMETERS, { delta: 0, days }).purchases;
    expect(ofWindow(model, 90)).toBeGreaterThan(1.2 * ofWindow(summer, 90));
  });

  it('has a window that is the sum of its parts, discounted day by day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (days) => {
        let sum = 0;
        for (let day = 1; day <= days; day++) {
          const [before, until] = [day - 1, day].map((end) =>
            end === 0 ? 0 : model.one({ x: 0, recency: 0, age: 0 }, PARAMETERS, { delta: 0, days: end }).purchases,
          );
          sum += Math.exp(-DELTA * (day - 0.5)) * (until! - before!);
        }
        const { purchases } = model.one({ x: 0, recency: 0, age: 0 }, PARAMETERS, { delta: DELTA, days });
        if (days % 365 > 2) close(purchases, sum, 2e-6);
      }),
      { numRuns: runs(20) },
    );
  });

  it('has the derivatives that differences have', () => {
    const window = { delta: DELTA, days: 100 };
    const slopes = model.purchaseGradients!(states, PARAMETERS, window);
    PARAMETERS.forEach((value, i) => {
      const at = (other: number): number => {
        const parameters = PARAMETERS.with(i, other);
        return total(model.purchases(states, parameters, model.pAlive(states, parameters), window));
      };
      const step = 1e-4 * value;
      close(total(slopes[i]!), (at(value + step) - at(value - step)) / (2 * step), 5e-3);
    });
  });

  it('discounts each purchase of a pair', () => {
    const pairs = (delta: number): number =>
      total(model.pairs!(states, PARAMETERS, alive(model), { delta, days: 100 }));
    const [none, some] = [pairs(0), pairs(DELTA)];
    expect(some).toBeLessThan(none * Math.exp(-2 * DELTA * 30));
    expect(some).toBeGreaterThan(none * Math.exp(-2 * DELTA * 80));
    close(pairs(DELTA / 1e5), none, 1e-5);
  });

  it('holds for the same customers on another day', () => {
    const later = model.clocked!.dated(ASOF + 30);
    expect(later.clocked!.clock).toBe(clock);
    expect(bought(later, { delta: 0, days: 30 })).not.toBeCloseTo(bought(model, { delta: 0, days: 30 }), 2);
  });

  it('makes one model of a limit that several have', () => {
    const all = withLimits([model]);
    expect(new Set(all.filter(({ name }) => name === 'poisson')).size).toBe(1);
    expect(fitOrLimit(model, states).model.clocked!.clock).toBe(clock);
  });
});

describe('a model without time', () => {
  it('has no clock', () => {
    const { timePowers: _, ...timeless } = paretoNbd;
    expect(() => clocked(timeless, clock, ASOF)).toThrow(TypeError);
  });
});
