import { valuationCommand } from './shared-options.ts';

const EXAMPLES = `
Examples:
  $ clv compute fixtures/transactions.csv --margins fixtures/margins.csv --by region
  $ clv compute fixtures/transactions.csv --margin 30% --horizon 3y --discount-rate 12%
  $ clv compute fixtures/transactions.csv --margin 30% --format csv --section segments --by region
  $ clv compute - --margin 30% --format json < fixtures/transactions.csv

Rates are annual and effective. Exit codes: 0 done, 2 usage, 65 bad data, 66 no input, 73 and 74 output, 75 busy.`;

/** `clv compute`: what may be typed. */
export function computeCommand() {
  return valuationCommand('compute')
    .description('per-customer CLV, customer equity and segment share of a transaction file')
    .argument('<files...>', 'CSV files of one export, or - for standard input')
    .option('--by <columns>', 'segments by these columns, separated by commas')
    .option('--interval <kind>', '95% intervals: covariance, bootstrap[=N] (refits) or none', 'covariance')
    .option('--save-model <file>', 'keep the fitted parameters as JSON, for --use-model')
    .option('--section <name>', 'the list that csv and ndjson carry: customers or segments')
    .option('--top <n>', 'customers shown in the table', '10')
    .addHelpText('after', EXAMPLES)
    .action(async (files, options) => {
      const { compute } = await import('./compute.ts');
      await compute(files, options);
    });
}

export type ComputeOptions = ReturnType<ReturnType<typeof computeCommand>['opts']>;
