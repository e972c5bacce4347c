import { describe, expect, it } from 'vitest';
import { daysInMonth, parseIsoDay } from '../../../src/base/calendar.ts';
import type { DailyPurchases } from '../../../src/data/customers.ts';
import { clocked } from '../../../src/models/clock/clocked.ts';
import { learnClock } from '../../../src/models/clock/learn.ts';
import { fitOrLimit } from '../../../src/models/limits.ts';
import { paretoNbd } from '../../../src/models/pareto-nbd/pareto-nbd.ts';
import { CDNOW_MISSING, cdnow, cdnowDays } from '../cdnow.ts';

const ASOF = parseIsoDay('1998-03-31')!;
const HOLDOUT = 91;
const FACTORS = [0.991, 1.275, 1.269, 1.025, 0.873, 0.943, 0.918, 0.816, 0.892, 0.924, 1.102, 0.997];
const close = (actual: number, expected: number, relative: number): void =>
  expect(Math.abs(actual / expected - 1), `${actual} for ${expected}`).toBeLessThan(relative);

/** Purchases by day up to the as-of date. */
function dailyOf(customers: Iterable<Iterable<number>>): DailyPurchases {
  const found = new Map<number, number>();
  for (const own of customers) for (const day of own) if (day <= ASOF) found.set(day, (found.get(day) ?? 0) + 1);
  const days = [...found.keys()].sort((a, b) => a - b);
  return { asOf: ASOF, day: Int32Array.from(days), purchases: Float64Array.from(days, (day) => found.get(day)!) };
}

/** Another implementation, in continuous time: accuracy of the figures, "Reference numbers". */
describe.skipIf(CDNOW_MISSING)('CDNOW sample as of 1998-03-31 (../shared/data/README.md)', () => {
  const { states } = CDNOW_MISSING ? ({} as ReturnType<typeof cdnow>) : cdnow('1998-03-31');
  const days = CDNOW_MISSING ? new Map<string, Map<number, number>>() : cdnowDays();
  const learned = () => learnClock(paretoNbd, states, dailyOf([...days.values()].map((own) => own.keys())));

  it('the factors', () => {
    const { clock } = learned();
    clock.factors.forEach((factor, m) => {
      expect(factor).toBeCloseTo(FACTORS[m]!, 3);
    });
    const { days: span, repeats, whole } = clock.learned!;
    expect(span).toBe(455);
    expect(repeats.reduce((sum, count) => sum + count, 0)).toBe(3844);
    expect(whole).toEqual([2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    const year = clock.factors.reduce((sum, factor, m) => sum + factor * daysInMonth(1970, m + 1), 0);
    expect(year).toBeCloseTo(365, 9);
  });

  it('the parameters, and the holdout by its own months', () => {
    const { clock, start } = learned();
    const model = clocked(paretoNbd, clock, ASOF);
    const { fit } = fitOrLimit(model, states, start);
    [0.52041, 12.0559, 0.572, 21.1033].forEach((value, i) => {
      close(fit.parameters[i]!, value, 5e-4);
    });
    const window = { delta: 0, days: HOLDOUT };
    const alive = model.pAlive(states, fit.parameters);
    const expected = model.purchases(states, fit.parameters, alive, window);
    close(
      expected.reduce((sum, value, i) => sum + value * states.count[i]!, 0),
      538.92,
      1e-4,
    );
    const plain = paretoNbd.fit(states);
    const without = paretoNbd.purchases(states, plain.parameters, paretoNbd.pAlive(states, plain.parameters), window);
    close(
      without.reduce((sum, value, i) => sum + value * states.count[i]!, 0),
      636.279,
      1e-6,
    );
  });
});
