import * as contracts from '../../cli/contracts/options.ts';
import { SEGMENT_FROM } from '../../cli/segment-columns.ts';
import { FIT_BY, MODEL_ERROR, POOL_SMALL, valuationCommand } from '../../cli/shared-options.ts';

const EXAMPLES = `
Examples:
  $ clv explain fixtures/transactions.csv --margin 30% --id 003919
  $ clv explain fixtures/transactions.csv --margin 30% --id 003919 --by-period 1q --horizon 3y --format csv
  $ clv explain fixtures/transactions.csv --margin 30% --state 2,213,272 --mean-margin 22.35
  $ clv explain fixtures/subscriptions.csv --contract 1m --margin 70% --id S1037
  $ clv explain --survivors fixtures/survivors.csv --margin-per-period 100 --cohort 2021

A row ends so many whole periods after the as-of date, a year being 365.25 days. With --horizon lifetime there are 10 years,
20 quarters or 36 months, then the rest of the lifetime in one row, "thereafter"; a finite --horizon ends the table. The
present values add up to the CLV that clv compute prints for the same options.`;

/** `clv explain`: what may be typed. */
export function explainCommand() {
  const own = valuationCommand('explain')
    .description('the cash flows behind the CLV of one customer: by year, they sum to it')
    .argument(
      '[files...]',
      'files of one export (CSV, .csv.gz or Parquet), their folder, or - for standard input; none with --state and --use-model',
    )
    .optionsGroup('What to explain')
    .option('--id <id>', 'the customer, by its id')
    .option('--state <state>', 'instead of a customer: repeat purchases, recency and age in days, e.g. 2,213,272')
    .option('--mean-margin <amount>', 'mean margin per purchase of the --state (that of all customers when absent)')
    .option('--by-period <span>', 'length of a row: 1m, 1q or 1y', '1y')
    .option('--by <columns>', 'segments as in clv compute: with --spend mean they matter')
    .option(...SEGMENT_FROM)
    .option(...FIT_BY)
    .option('--customer-intervals', "95% intervals of the customer's CLV, and of what the customer may bring")
    .option(...MODEL_ERROR)
    .option(...POOL_SMALL);
  const command = contracts
    .pricedOptions(own)
    .option(...contracts.RETENTION)
    .option(...contracts.RETENTION_FILE);
  return contracts
    .termOptions(command)
    .option(...contracts.SURVIVORS)
    .option('--cohort <name>', 'with --survivors: the cohort whose customers are explained, where there are several')
    .option(...contracts.MARGIN_PER_PERIOD)
    .addHelpText('after', EXAMPLES);
}

export type ExplainOptions = ReturnType<ReturnType<typeof explainCommand>['opts']>;
