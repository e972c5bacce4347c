import * as contracts from '../../cli/contracts/options.ts';
import { sectionOption } from '../../cli/output/section-option.ts';
import { SEGMENT_FROM } from '../../cli/segment-columns.ts';
import { FIT_BY, MODEL_ERROR, POOL_SMALL, refusing, valuationCommand } from '../../cli/shared-options.ts';
import { SECTIONS } from './sections.ts';

const EXAMPLES = `
Examples:
  $ clv statement fixtures/transactions.csv --margins fixtures/margins.csv --from 2024-12-31 --to 2025-06-30
  $ clv statement fixtures/transactions.csv --margins fixtures/margins.csv --by region --every 1m --format csv
  $ clv statement fixtures/transactions.csv --margin 40% --from-discount-rate 8% --discount-rate 10%
  $ clv statement fixtures/subscriptions.csv --contract 1m --margin 70% --by plan --every 1m --format csv

The closing equals clv compute --as-of of the same options. Models are fitted at both dates, so that equity also moves by what
the new data say of the parameters (the line model_change); --use-model FILE values both dates by saved parameters.
Models of contracts (--contract): sbg when absent, bdw, retention; --retention RATE values both dates by one rate.
Exit codes: 0 done, 1 a warning of --fail-on, 2 usage, 65 bad data, 66 no input, 73 and 74 output, 75 busy, 78 configuration.`;

/** `clv statement`: what may be typed. */
export function statementCommand() {
  const own = refusing(valuationCommand('statement'), ['--as-of'])
    .description('customer equity statement: how equity moved between two dates, line by line, to the cent')
    .argument('<files...>', 'files of one export (CSV, .csv.gz or Parquet), their folder, or - for standard input')
    .option(
      '--from <date>',
      'opening date, or last: the last close of a book (when absent: up to twelve months, or periods of --every, before the closing)',
    )
    .option('--to <date>', 'closing date (the last date when absent)')
    .option('--every <period>', 'a statement for each 1m, 1q or 1y: every closing is the next opening')
    .option('--by <columns>', 'segments by these columns, separated by commas')
    .option(...SEGMENT_FROM)
    .option('--from-margins <file>', 'margins that the opening was valued by (those of the closing when absent)')
    .option('--from-discount-rate <rate>', 'annual discount rate of the opening (that of the closing when absent)')
    .option('--from-model <file>', 'saved parameters that the opening was valued by')
    .option(...FIT_BY)
    .option(...POOL_SMALL)
    .option(...MODEL_ERROR)
    .option(...sectionOption('csv and ndjson', SECTIONS));
  const command = contracts
    .pricedOptions(own)
    .option(...contracts.RETENTION)
    .option(...contracts.RETENTION_FILE);
  return contracts.termOptions(command).addHelpText('after', EXAMPLES);
}

export type StatementOptions = ReturnType<ReturnType<typeof statementCommand>['opts']>;
