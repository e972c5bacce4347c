import {
  type Counts,
  type Ladder,
  type SegmentLadder,
  segmentLadders,
  totalCounts,
  totalLadder,
} from '../../aggregator/statement-lines.ts';
import type { Day } from '../../base/calendar.ts';
import type { Restated } from '../../data/books/close.ts';
import type { Moved, MovedBetween } from '../../valuation/ladder/found.ts';
import type { Found } from '../found.ts';
import type { Assumptions } from '../methodology.ts';

/** What both dates stand on: the closing as any valuation, and what the opening had of its own. */
export interface StatementAssumptions extends Omit<Assumptions, 'top'> {
  readonly asOf: Day;
  /** `date`: in words, how it was found. */
  readonly opening: { readonly date: string; readonly discountRate: string; readonly margin: string };
}

/** Everything a statement found, ready to be reported; the population is that of the closing. */
export interface StatementFound extends Found<StatementAssumptions> {
  readonly whole: Moved;
  /** One statement a period; none without a series. */
  readonly series: readonly Moved[];
  /** Of an opening that a close reported: the customers whose value is another on the rows of now. */
  readonly restated: AsyncIterable<Restated> | null;
}

/** The lines of one statement, and what they sum to. */
interface Lines {
  readonly segments: readonly SegmentLadder[];
  readonly total: Ladder;
  readonly customers: Counts;
  /** Customers of the closing whose mean margin is zero or less, and the sum of their values, in minor units. */
  readonly notPositive: { readonly customers: number; readonly value: bigint };
}

/** One statement as it is reported. */
export type Statement<M extends MovedBetween = MovedBetween> = M & Lines;

/** The lines of a statement, by segment and in total. */
export function statementOf<M extends MovedBetween>(moved: M): Statement<M> {
  const segments = segmentLadders(moved.movement);
  const notPositive = moved.movement.closing.reduce(
    ({ customers, value }, { notPositive: own }) => ({
      customers: customers + own.customers,
      value: value + own.value,
    }),
    { customers: 0, value: 0n },
  );
  return { ...moved, segments, total: totalLadder(segments), customers: totalCounts(segments), notPositive };
}
