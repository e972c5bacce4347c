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
