import { describe, expect, it } from 'vitest';
import type { Movement, Step } from '../../../../src/data/subscriptions/movements.ts';
import { RollForward } from '../../../../src/engine/subscriptions/recurring/roll-forward.ts';

/** Periods of ten days, 0 to 9 the first of them; those from `first` to 3 are told of. */
const tens = (first: number | null) => ({
  of: (day: number) => Math.floor(day / 10),
  from: (period: number) => 10 * period,
  to: (period: number) => 10 * period + 9,
  ...{ first, last: 3 },
});

const step = (day: number, before: bigint, after: bigint, line: Movement['line'], segment = 'a'): Step => ({
  ...{ day, before, after },
  movements: [{ line, segment, amount: after - before }],
  segments: [{ segment, before, after }],
});

const told = (rows: ReturnType<RollForward['periods']>) =>
  rows.map(({ from, to, opening, closing, late, customers }) => [from, to, opening, closing, late, customers]);

describe('recurring revenue from opening to closing', () => {
  it('is that of the period before and what moved in it, with the customers there are', () => {
    const found = new RollForward(tens(null));
    found.add(step(12, 0n, 10n, 'new'));
    found.add(step(14, 0n, 5n, 'new', 'b'));
    found.add(step(19, 10n, 12n, 'expansion'));
    found.add(step(30, 12n, 0n, 'churn'));
    expect(told(found.periods())).toEqual([
      [10, 19, 0n, 17n, 0n, 2],
      [20, 29, 17n, 17n, 0n, 2],
      [30, 39, 17n, 5n, 0n, 1],
    ]);
    expect(found.periods()[0]!.lines).toMatchObject({ new: 15n, expansion: 2n, churn: 0n });
    expect(found.segments().map(({ segment, periods }) => [segment, ...told(periods).map((row) => row[3])])).toEqual([
      ['a', 12n, 12n, 0n],
      ['b', 5n, 5n, 5n],
    ]);
  });

  it('opens with what moved before the first period that is told of', () => {
    const found = new RollForward(tens(2));
    found.add(step(12, 0n, 10n, 'new'));
    expect(told(found.periods())).toEqual([
      [20, 29, 10n, 10n, 0n, 1],
      [30, 39, 10n, 10n, 0n, 1],
    ]);
  });

  it('is late at the end of a period that a span of lateness holds, the first and the last day included', () => {
    const lateOf = (from: number, to: number) => {
      const found = new RollForward(tens(0));
      found.addLate({ from, to, value: 7n, segment: 'a' });
      const late = found.periods().map((row) => row.late);
      const bySegment = found.segments().flatMap(({ periods }) => periods.map((row) => row.late));
      expect(bySegment.length === 0 ? [0n, 0n, 0n, 0n] : bySegment).toEqual(late);
      return late;
    };
    expect(lateOf(5, 25)).toEqual([7n, 7n, 0n, 0n]);
    expect(lateOf(12, 18)).toEqual([0n, 0n, 0n, 0n]);
    expect(lateOf(19, 19)).toEqual([0n, 7n, 0n, 0n]);
    expect(lateOf(20, 29)).toEqual([0n, 0n, 7n, 0n]);
  });
});
