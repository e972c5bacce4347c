/** Rows that are payments of subscriptions, or a table of survivors: the options of every command that can look at either. */
export const CONTRACT = ['--contract <period>', 'rows are payments of a subscription, one each 1m, 1q or 1y'] as const;
export const GRACE = [
  '--grace <span>',
  'with --contract: what a run of paid periods may miss (half a period when absent)',
] as const;
export const SURVIVORS = [
  '--survivors <file>',
  'a survivor table (period, survivors, perhaps cohort) instead of FILES',
] as const;
export const RETENTION = ['--retention <rate>', 'annual retention, one rate for all: --model retention'] as const;
export const RETENTION_FILE = [
  '--retention-file <file>',
  'annual retention by segment: the columns of --by, and retention',
] as const;
export const TIMING = [
  '--timing <case>',
  'when payments fall: existing-start, existing-end, prospect-start …',
  'existing-start',
] as const;
export const RETENTION_COST = [
  '--retention-cost <amount>',
  'cost of keeping a customer, a period: a stream of its own',
] as const;
export const RETENTION_COST_TIMING = [
  '--retention-cost-timing <case>',
  'when it comes, as --timing (the same when absent)',
] as const;
export const GROWTH = ['--growth <rate>', 'annual growth of the margin', '0%'] as const;
