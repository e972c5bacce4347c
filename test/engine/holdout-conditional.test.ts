import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionalOf, frequenciesDone, frequenciesSeen, together } from '../../src/engine/holdout-conditional.ts';
import { runs } from '../runs.ts';
import { cases } from './holdout-customers.ts';

describe('expectations by what was known', () => {
  it('add up to all customers, whatever the bins', () => {
    fc.assert(
      fc.property(cases, fc.array(fc.nat(900), { minLength: 12, maxLength: 12 }), (one, since) => {
        const { customers, predicted, outcomes } = one;
        const states = { ...one.states, age: Int32Array.from(since).subarray(0, one.states.length) };
        const { cells } = conditionalOf(states, outcomes, { expected: predicted, pAlive: predicted });
        const all = together(cells.flat());
        const sum = (of: (customer: (typeof customers)[number]) => number) =>
          customers.reduce((total, customer) => total + of(customer), 0);
        expect(all.customers).toBe(customers.length);
        expect(all.predicted).toBeCloseTo(
          sum((customer) => customer.predicted),
          9,
        );
        expect(all.alive).toBe(all.predicted);
        expect(all.actual).toBe(sum((customer) => customer.bought));
      }),
      { numRuns: runs(200) },
    );
  });

  it('go by repeat purchases, and by whole weeks since the last in ten bins', () => {
    const states = {
      length: 4,
      x: Int32Array.of(0, 6, 7, 12),
      recency: Int32Array.of(0, 10, 20, 30),
      age: Int32Array.of(0, 16, 20 + 15 * 7, 30 + 16 * 7),
      count: Float64Array.of(1, 2, 3, 4),
    };
    const outcomes = {
      length: 1,
      state: Int32Array.of(3),
      purchases: Int32Array.of(5),
      count: Float64Array.of(2),
      margin: Float64Array.of(0),
    };
    const half = new Float64Array(4).fill(0.5);
    const { weeks, cells } = conditionalOf(states, outcomes, { expected: half, pAlive: half });
    expect(weeks).toBe(2);
    expect(cells).toHaveLength(8);
    expect([cells[0]![0], cells[6]![0], cells[7]![7], cells[7]![8]]).toEqual([
      { customers: 1, predicted: 0.5, actual: 0, alive: 0.5 },
      { customers: 2, predicted: 1, actual: 0, alive: 1 },
      { customers: 3, predicted: 1.5, actual: 0, alive: 1.5 },
      { customers: 4, predicted: 2, actual: 10, alive: 2 },
    ]);
  });
});

describe('customers by how often they buy', () => {
  // Columns may be longer than what is in them.
  const [often, count] = [Int32Array.of(0, 6, 7, 12, 3), Float64Array.of(1, 2, 3, 4, 100)];

  it('are counted by repeat purchases, seven and more together', () => {
    const states = { length: 4, x: often, recency: often, age: often, count };
    expect([...frequenciesSeen(states)]).toEqual([1, 0, 0, 0, 0, 0, 2, 7]);
  });

  it('and by purchases of the holdout, those who bought nothing being the rest', () => {
    const outcomes = { length: 4, state: often, purchases: often, count, margin: count };
    expect([...frequenciesDone(outcomes, 20)]).toEqual([11, 0, 0, 0, 0, 0, 2, 7]);
  });
});
