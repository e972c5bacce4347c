import * as contracts from '../../cli/contracts/options.ts';
import { sectionOption } from '../../cli/output/section-option.ts';
import { SEGMENT_FROM } from '../../cli/segment-columns.ts';
import { valuationCommand } from '../../cli/shared-options.ts';
import { SECTIONS } from './sections.ts';

const EXAMPLES = `
Examples:
  $ clv audit fixtures/transactions.csv --margins fixtures/margins.csv --by region
  $ clv audit fixtures/transactions.csv --margin 30% --period 6m --every 1q
  $ clv audit fixtures/subscriptions.csv --contract 1m --margin 70% --by plan
  $ clv audit fixtures/transactions.csv --margin 30% --format csv --section customers

Profit is the margin after costs of all rows up to the as-of date, customers without any purchase included. The CLV beside it
is that of clv compute; where the customers are too few to be valued, the past stands alone. Money is summed exactly; groups are rounded to add up to
the totals, customers each on its own, so their rounded profits may sum to some cents more or less than the total.
Exit codes: 0 done, 1 a warning of --fail-on, 2 usage, 65 bad data, 66 no input, 73 and 74 output, 75 busy, 78 configuration.`;

/** `clv audit`: what may be typed. */
export function auditCommand() {
  const own = valuationCommand('audit')
    .description('customer profitability: deciles, whale curve, two periods, cohorts, and the past against CLV')
    .argument('<files...>', 'files of one export (CSV, .csv.gz or Parquet), their folder, or - for standard input')
    .option('--by <columns>', 'segments by these columns, separated by commas')
    .option(...SEGMENT_FROM)
    .option('--period <span>', 'compare the last period so long with the one before (1y, or halves of shorter data)')
    .option('--every <period>', 'calendar periods of the cohorts: 1m, 1q or 1y (at most eight when absent)')
    .option(...sectionOption('csv and ndjson', ...Object.values(SECTIONS)))
    .option('--top <n>', 'customers shown in each table of them', '5');
  const command = contracts
    .pricedOptions(own)
    .option(...contracts.FIT_BY)
    .option(...contracts.RETENTION)
    .option(...contracts.RETENTION_FILE);
  return contracts.termOptions(command).addHelpText('after', EXAMPLES);
}

export type AuditOptions = ReturnType<ReturnType<typeof auditCommand>['opts']>;
