import { ClvError } from '../base/errors.ts';
import type { SegmentFrom } from '../data/transactions.ts';
import { choice } from './option-values.ts';

/** What `--segment-from` does, for the help of every command that has `--by`. */
export const SEGMENT_FROM = [
  '--segment-from <transaction>',
  'with --by: a customer counts in the segment of its first or last transaction (last when absent)',
] as const;

/** Options that say how customers are segmented. */
export interface SegmentOptions {
  readonly by?: string | undefined;
  readonly segmentFrom?: string | undefined;
}

/** Which transaction tells the segment. E101, and E112 where nothing is segmented. */
export function segmentFromOf({ by, segmentFrom }: SegmentOptions): SegmentFrom {
  if (segmentFrom === undefined) return 'last';
  const from = choice('--segment-from', segmentFrom, ['first', 'last']);
  if (by === undefined) throw new ClvError('E112', { option: '--segment-from', other: '--by' });
  return from;
}
