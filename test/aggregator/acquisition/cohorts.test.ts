import { describe, expect, it } from 'vitest';
import { cohortsOf, costOfCustomer, paybackOf } from '../../../src/aggregator/acquisition/cohorts.ts';
import type { Acquired, AcquisitionCost } from '../../../src/data/acquisition/cohorts.ts';

const EURO = 10n ** 10n;

/** Two customers won in period 1: one brings 10 and 10, the other 10 and 30; a third in period 3, which is not over. */
const ACQUIRED: Acquired = {
  groups: [
    { segment: ['web'], period: 1, customers: 2, margin: 60n * EURO, clv: 500n },
    { segment: ['web'], period: 3, customers: 1, margin: 7n * EURO, clv: 100n },
    { segment: [''], period: null, customers: 1, margin: -EURO, clv: 0n },
  ],
  cells: [
    { segment: ['web'], period: 1, age: 0, buyers: 2, margin: 20n * EURO, rounded: 2000n, squares: 2_000_000n },
    {
      ...{ segment: ['web'], period: 1, age: 1, buyers: 2, margin: 40n * EURO, rounded: 4000n },
      squares: 2000n ** 2n + 4000n ** 2n - 2_000_000n,
    },
    { segment: ['web'], period: 3, age: 0, buyers: 1, margin: 7n * EURO, rounded: 700n, squares: 490_000n },
  ],
};

const cost = (period: number | null, euros: bigint, segment: readonly string[] | null = null): AcquisitionCost => ({
  ...{ line: 2, period, text: null, segment },
  cost: euros * 10_000n,
});

const found = (costs: readonly AcquisitionCost[], bySegment = false) =>
  cohortsOf(ACQUIRED, costs, { bySegment, now: 3, complete: 2, digits: 2 });

describe('cohorts', () => {
  it('know a margin by age where its period is over, with the interval of a mean of two', () => {
    const [first, last, none] = found([]).cohorts;
    expect(first!.ages.map(({ customers, cumulative }) => [customers, cumulative])).toEqual([
      [2, 1000n],
      [2, 3000n],
      [0, null],
    ]);
    // s = 1000·√2, so that s/√2 = 1000.
    expect([first!.ages[1]!.low, first!.ages[1]!.high]).toEqual([3000n - 1960n, 3000n + 1960n]);
    expect(last!.ages).toMatchObject([{ customers: 0, cumulative: null, margin: 7n * EURO }]);
    expect(none).toMatchObject({ customers: 1, ages: [], margin: -EURO });
  });

  it('by segment, know an age of those who have reached it', () => {
    const [web] = found([], true).cohorts;
    expect(web).toMatchObject({ segment: ['web'], customers: 3, clv: 600n });
    expect(web!.ages.map(({ customers, buyers }) => [customers, buyers])).toEqual([
      [2, 2],
      [2, 2],
      [0, 0],
    ]);
  });

  it('are paid back at the first age that reaches the cost of a customer', () => {
    const paid = (euros: bigint) => paybackOf(found([cost(1, euros)]).cohorts[0]!, 2);
    expect(paid(0n)).toEqual({ age: 0, low: 0, high: 0 });
    expect(paid(20n)).toEqual({ age: 0, low: 0, high: 0 });
    expect(paid(21n)).toEqual({ age: 1, low: 1, high: null });
    expect(paid(60n)).toEqual({ age: 1, low: 1, high: null });
    expect(paid(61n)).toEqual({ age: null, low: 1, high: null });
    expect(paid(100n)).toEqual({ age: null, low: null, high: null });
    expect(paybackOf(found([]).cohorts[0]!, 2)).toEqual({ age: null, low: null, high: null });
    expect(costOfCustomer(found([cost(1, 61n)]).cohorts[0]!, 2)).toBe(3050n);
  });

  it('take the costs that are theirs, and no others', () => {
    const byPeriod = found([cost(0, 5n), cost(1, 6n), cost(1, 1n), cost(2, 7n), cost(4, 8n)]);
    expect(byPeriod.cohorts.map((one) => one.cost)).toEqual([70_000n, null, null]);
    expect(byPeriod.left.map((one) => one.cost)).toEqual([50_000n, 70_000n, 80_000n]);
    const bySegment = found(
      [cost(2, 5n, ['web']), cost(null, 1n, ['web']), cost(4, 6n, ['web']), cost(1, 7n, ['shop'])],
      true,
    );
    expect(bySegment.cohorts.map((one) => one.cost)).toEqual([60_000n, null]);
    expect(bySegment.left.map((one) => one.cost)).toEqual([60_000n, 70_000n]);
  });
});
