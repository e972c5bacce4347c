import * as contracts from '../../cli/contracts/options.ts';
import { sectionOption } from '../../cli/output/section-option.ts';
import { SEGMENT_FROM } from '../../cli/segment-columns.ts';
import { FIT_BY, MODEL_ERROR, POOL_SMALL, valuationCommand } from '../../cli/shared-options.ts';
import { SECTIONS } from './sections.ts';

const EXAMPLES = `
Examples:
  $ clv compute fixtures/transactions.csv --margins fixtures/margins.csv --by region
  $ clv compute fixtures/transactions.csv --margin 30% --horizon 3y --discount-rate 12%
  $ clv compute fixtures/transactions.csv --margin 30% --format csv --section segments --by region
  $ clv compute fixtures/transactions.csv --margin 30% --customers none --by region
  $ clv compute fixtures/transactions.csv --margin 30% --only 'p_alive<0.3,clv>100' --fields customer_id,clv,last_purchase
  $ clv compute - --margin 30% --format json < fixtures/transactions.csv
  $ clv compute fixtures/subscriptions.csv --contract 1m --margin 70% --by plan
  $ clv compute --survivors fixtures/survivors.csv --margin-per-period 100 --model sbg

FILES may be one table of ClickHouse: 'clickhouse://user@host:8123/database/table?cluster=NAME', password in CLICKHOUSE_PASSWORD.
Models of contracts (--contract, --survivors): sbg when absent, bdw, retention. Rates are annual and effective. Exit codes: 0 done, 1 a warning of --fail-on, 2 usage, 65 bad data, 66 no input, 73 and 74 output, 75 busy, 78 configuration.`;

/** `clv compute`: what may be typed. */
export function computeCommand() {
  const own = valuationCommand('compute')
    .description('per-customer CLV, customer equity and segment share of a transaction file')
    .argument('[files...]', 'files of one export (CSV, .csv.gz or Parquet), their folder, or - for standard input')
    .option('--by <columns>', 'segments by these columns, separated by commas')
    .option(...SEGMENT_FROM)
    .option(...FIT_BY)
    .option(...POOL_SMALL)
    .option('--interval <kind>', '95% intervals: covariance, bootstrap[=N] (refits) or none', 'covariance')
    .option('--customer-intervals', '95% intervals of every customer: of the CLV, and of what the customer may bring')
    .option(...MODEL_ERROR)
    .option('--save-model <file>', 'keep the fitted parameters as JSON, for --use-model')
    .option(...sectionOption('csv, ndjson and parquet', ...Object.values(SECTIONS)))
    .option('--customers <which>', 'all, or none: totals and segments alone, which is faster', 'all')
    .option('--fields <columns>', 'columns of the list of customers, in this order: customer_id,clv,p_alive')
    .option('--only <conditions>', "customers that are listed, e.g. 'p_alive<0.3,clv>100'; totals are of all")
    .option('--rfm <n>', 'scores 1 to n of recency, frequency and money in the list of customers, and tenths by CLV')
    .option(
      '--next-purchase',
      'of every listed customer: the chance to buy again, and when if so, with an 80% interval',
    )
    .option(
      '--churn-risk <cuts>',
      'of every listed customer, by P(alive): high below the first, low from the second: 30%,70%',
    )
    .option(
      '--clv-change',
      'of every listed customer of a book: the change of its CLV since the last close before the as-of date',
    )
    .option(
      '--into <table>',
      'of a ClickHouse table: keep the customers in another table of its server, replaced at once',
    )
    .option('--top <n>', 'customers shown in the table', '10');
  const command = contracts
    .pricedOptions(own)
    .option(...contracts.SURVIVORS)
    .option(...contracts.MARGIN_PER_PERIOD)
    .option(...contracts.RETENTION)
    .option(...contracts.RETENTION_FILE);
  return contracts.termOptions(command).addHelpText('after', EXAMPLES);
}

export type ComputeOptions = ReturnType<ReturnType<typeof computeCommand>['opts']>;
