import type { Command, OptionValues } from '@commander-js/extra-typings';

/** Rows that are payments of subscriptions, or a table of survivors: the options of every command that can look at either. */
const CONTRACT = [
  '--contract <lengths>',
  'rows are payments of subscriptions: 1w 2w 4w 30d 1m 2m 1q 6m 1y 2y, by plan basic=1m,annual=1y, or auto',
] as const;
export const PLAN = ['--plan <column>', 'column of the plan (found by name when absent)'] as const;
export const SUBSCRIPTION = [
  '--subscription <column>',
  'column of the subscription, where a customer may have several at once',
] as const;
export const ONE_OFF = ['--one-off <plans>', 'plans that do not recur (setup fees …), separated by commas'] as const;
const VALUE_AT = [
  '--value-at <price>',
  'what a period brings from now on: the mean of the run, the last payment, or the next by --price-book',
  'mean',
] as const;
const PRICE_BOOK = [
  '--price-book <file>',
  'prices for --value-at next: plan, price, perhaps from and currency',
] as const;
export const PERIOD_START = [
  '--period-start <column>',
  'of lines of invoices: first day of service (found as period_start)',
] as const;
export const PERIOD_END_COLUMN = [
  '--period-end-column <column>',
  'the day on which service ends (found as period_end)',
] as const;
export const PERIOD_END = [
  '--period-end <kind>',
  'exclusive: the first day without service, or inclusive: the last day of it',
  'exclusive',
] as const;
export const GRACE = [
  '--grace <span>',
  'days after the paid-until day that are late (the smaller of half a length and 30d when absent)',
] as const;
export const SURVIVORS = [
  '--survivors <file>',
  'a survivor table (period, survivors, perhaps cohort) instead of FILES',
] as const;
export const MARGIN_PER_PERIOD = [
  '--margin-per-period <amount>',
  'with --survivors: margin of a customer a period (1y, or --contract)',
] as const;
export const RETENTION = [
  '--retention <rate>',
  'annual retention, one rate for all (--model retention), or by plan or length: annual=80%,1m=30%',
] as const;
export const FIT_BY = [
  '--fit-by <columns>',
  'of subscriptions: models of their own for each group by these columns',
] as const;
export const RETENTION_FILE = [
  '--retention-file <file>',
  'annual retention by segment: the columns of --by, and retention',
] as const;
const TIMING = [
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

/** Options by which rows are read as subscriptions. */
export function subscriptionOptions<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  return command
    .optionsGroup('Contracts')
    .option(...CONTRACT)
    .option(...GRACE)
    .option(...PLAN)
    .option(...SUBSCRIPTION)
    .option(...ONE_OFF);
}

/** The same with lines of invoices, and what a period brings. */
export function pricedOptions<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  return subscriptionOptions(command)
    .option(...PERIOD_START)
    .option(...PERIOD_END_COLUMN)
    .option(...PERIOD_END)
    .option(...VALUE_AT)
    .option(...PRICE_BOOK);
}

/** When payments fall, what keeping a customer costs, and how the margin grows. */
export function termOptions<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  return command
    .option(...TIMING)
    .option(...RETENTION_COST)
    .option(...RETENTION_COST_TIMING)
    .option(...GROWTH);
}
