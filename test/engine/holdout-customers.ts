import fc from 'fast-check';
import type { Outcomes } from '../../src/data/holdout.ts';
import type { States } from '../../src/data/states.ts';

/** A customer: state, what it was predicted to buy and what it bought, for how much. */
export interface Customer {
  readonly state: number;
  readonly predicted: number;
  readonly bought: number;
  readonly margin: number;
}

/** The same customers one by one, and as the states and groups that a ledger hands out. */
export interface Case {
  readonly customers: readonly Customer[];
  readonly states: States;
  readonly outcomes: Outcomes;
  readonly predicted: Float64Array;
}

/** Any few states, each with some customers; the first has enough for whole tenths. */
export const cases: fc.Arbitrary<Case> = fc
  .array(
    fc.record({
      predicted: fc.integer({ min: 0, max: 8 }).map((n) => n / 4),
      groups: fc.uniqueArray(
        fc.record({ bought: fc.nat(4), count: fc.integer({ min: 1, max: 9 }), margin: fc.nat(50) }),
        {
          selector: ({ bought }) => bought,
          minLength: 1,
          maxLength: 4,
        },
      ),
    }),
    { minLength: 2, maxLength: 12 },
  )
  .map((found) => {
    const groups = found.flatMap(({ predicted, groups }, state) =>
      groups.map((group) => ({ ...group, predicted, state })),
    );
    const customers = groups.flatMap(({ count, margin, ...customer }) =>
      Array.from({ length: count }, () => ({ ...customer, margin: margin / count })),
    );
    const length = found.length;
    return {
      customers,
      predicted: Float64Array.from(found, ({ predicted }) => predicted),
      states: {
        length,
        x: Int32Array.from(found, (_, i) => i),
        recency: new Int32Array(length),
        age: new Int32Array(length),
        count: Float64Array.from(found, ({ groups }) => groups.reduce((sum, { count }) => sum + count, 0)),
      },
      outcomes: {
        length: groups.length,
        state: Int32Array.from(groups, ({ state }) => state),
        purchases: Int32Array.from(groups, ({ bought }) => bought),
        count: Float64Array.from(groups, ({ count }) => count),
        margin: Float64Array.from(groups, ({ margin }) => margin),
      },
    };
  })
  .filter(({ customers }) => customers.length >= 10);
