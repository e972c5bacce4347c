import { sectionOption } from '../../cli/output/section-option.ts';
import { valuationCommand } from '../../cli/shared-options.ts';
import { SECTIONS } from './sections.ts';

const EXAMPLES = `
Examples:
  $ clv cohorts fixtures/transactions.csv --margins fixtures/margins.csv --every 1q
  $ clv cohorts fixtures/transactions.csv --margin 30% --by region --every 1q
  $ clv cohorts fixtures/transactions.csv --margin 30% --acquisition fixtures/acquisition.csv --every 1q
  $ clv cohorts fixtures/transactions.csv --margin 30% --every 1y --format csv --section ages

A cohort is of the calendar period of the first purchase or, with --by, of the values of these columns; its age 0 is the period
of the first purchase. The acquisition file has the columns period (2024-07, 2024-Q3 or 2024), cost, and those of --by.
Exit codes: 0 done, 1 a warning of --fail-on, 2 usage, 65 bad data, 66 no input, 73 and 74 output, 75 busy, 78 configuration.`;

/** `clv cohorts`: what may be typed. */
export function cohortsCommand() {
  return valuationCommand('cohorts')
    .description(
      'by when or where customers were won: margin a customer by age, retention, CLV, acquisition cost and payback',
    )
    .argument('<files...>', 'files of one export (CSV, .csv.gz or Parquet), their folder, or - for standard input')
    .option('--every <period>', 'calendar periods of the cohorts and of their ages: 1m, 1q or 1y', '1m')
    .option('--by <columns>', 'cohorts by these columns, e.g. the channel, instead of by period')
    .option(
      '--segment-from <transaction>',
      'with --by: a customer counts in the segment of its first or last transaction (first when absent)',
    )
    .option('--acquisition <file>', 'what it cost to win customers: period, cost, and the columns of --by')
    .option(...sectionOption('csv and ndjson', SECTIONS))
    .addHelpText('after', EXAMPLES);
}

export type CohortsOptions = ReturnType<ReturnType<typeof cohortsCommand>['opts']>;
