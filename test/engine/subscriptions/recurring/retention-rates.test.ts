import { describe, expect, it } from 'vitest';
import type { MovementLine, Step } from '../../../../src/data/subscriptions/movements.ts';
import { RetentionWindow } from '../../../../src/engine/subscriptions/recurring/retention-rates.ts';

const step = (day: number, after: bigint, line: MovementLine, amount: bigint): Step => ({
  ...{ day, before: after - amount, after, segments: [] },
  movements: [{ line, segment: '', amount }],
});

describe('rates between the ends of day 10 and day 20', () => {
  it('count what moved after the first day, up to the last', () => {
    const window = new RetentionWindow(10, 20);
    // Worth 100 on day 10, of which nothing moves in the window; 130 and 90 later within it.
    window.add([step(10, 100n, 'new', 100n), step(11, 130n, 'expansion', 30n), step(20, 90n, 'contraction', -40n)]);
    // Leaves on day 12, and is paused, but not for the rates of churn, on the day after the last.
    window.add([step(1, 50n, 'new', 50n), step(12, 0n, 'churn', -50n)]);
    window.add([step(2, 70n, 'new', 70n), step(21, 0n, 'paused', -70n)]);
    // Is new in the window, comes back in it, and comes after it.
    window.add([step(15, 20n, 'new', 20n)]);
    window.add([step(3, 5n, 'new', 5n), step(4, 0n, 'churn', -5n), step(16, 6n, 'reactivation', 6n)]);
    window.add([step(22, 1000n, 'new', 1000n)]);
    window.add([step(5, 30n, 'new', 30n), step(18, 0n, 'paused', -30n)]);
    expect(window.rates()).toEqual({
      ...{ from: 10, to: 20, opening: 250n, closing: 186n, customers: 4, cohort: 4, kept: 2 },
      ...{ nrr: { n: 160n, d: 250n }, grr: { n: 160n, d: 250n } },
      ...{ grossChurn: { n: 120n, d: 250n }, netChurn: { n: 54n, d: 250n }, quickRatio: { n: 56n, d: 90n } },
    });
  });

  it('keep gross what a customer was worth, net what it is worth', () => {
    const window = new RetentionWindow(0, 9);
    window.add([step(0, 100n, 'new', 100n), step(5, 160n, 'expansion', 60n)]);
    window.add([step(0, 100n, 'new', 100n), step(5, 80n, 'contraction', -20n)]);
    const { nrr, grr } = window.rates();
    expect([nrr, grr]).toEqual([
      { n: 240n, d: 200n },
      { n: 180n, d: 200n },
    ]);
  });

  it('are none where nobody was there, and no quick ratio where nothing is lost', () => {
    const window = new RetentionWindow(0, 9);
    window.add([step(1, 100n, 'new', 100n)]);
    expect(window.rates()).toMatchObject({ nrr: null, grr: null, grossChurn: null, netChurn: null, quickRatio: null });
    expect(window.rates()).toMatchObject({ opening: 0n, closing: 100n, customers: 1, cohort: 0, kept: 0 });
  });
});
