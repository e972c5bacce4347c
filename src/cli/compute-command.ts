import { Command } from '@commander-js/extra-typings';

const EXAMPLES = `
Examples:
  $ clv compute fixtures/transactions.csv --margins fixtures/margins.csv --by region
  $ clv compute fixtures/transactions.csv --margin 30% --horizon 3y --discount-rate 12%
  $ clv compute fixtures/transactions.csv --margin 30% --format csv --section segments --by region
  $ clv compute - --margin 30% --format json < fixtures/transactions.csv

Rates are annual and effective. Exit codes: 0 done, 2 usage, 65 bad data, 66 no input, 73 and 74 output, 75 busy.`;

/** `clv compute`: what may be typed. The values are checked in settings.ts. */
export function computeCommand() {
  return new Command('compute')
    .description('per-customer CLV, customer equity and segment share of a transaction file')
    .argument('<files...>', 'CSV files of one export, or - for standard input')
    .optionsGroup('Columns and reading')
    .option('--customer <column>', 'column of the customer id')
    .option('--date <column>', 'column of the date')
    .option('--amount <column>', 'column of the amount')
    .option('--delimiter <character>', 'comma, semicolon, tab or bar (found when absent)')
    .option('--encoding <name>', 'encoding of the files (UTF-8, or UTF-16 by its mark, when absent)')
    .option('--date-format <pattern>', 'e.g. DD/MM/YYYY (found when absent)')
    .option('--decimal-mark <mark>', '. or , (found when absent)')
    .option('--timezone <zone>', 'zone that decides the day of timestamps with an offset')
    .option('--round-amounts <decimals>', 'round amounts with more decimals, half-even, instead of rejecting them')
    .option('--rejects <file>', 'write every rejected record with its place to a CSV file')
    .option('--max-rejects <n>', 'leave out up to so many rejected records, e.g. 10 or 0.5%')
    .optionsGroup('Margin')
    .option('--margin <rate>', 'margin of all revenue, or of what --margins leaves open, e.g. 30%')
    .option('--margins <file>', 'margin or unit_cost by product, region … and period')
    .option('--costs <file>', 'customer, date, cost: reduces margin')
    .optionsGroup('Valuation')
    .option('--as-of <date>', 'valuation date (the last date when absent)')
    .option('--discount-rate <rate>', 'annual effective discount rate', '10%')
    .option('--horizon <span>', 'lifetime, or e.g. 36m, 5y, 90d', 'lifetime')
    .option('--model <name>', 'model of buying', 'pareto-nbd')
    .option('--spend-from <purchases>', 'mean margin from repeat or all purchases', 'repeat')
    .option('--interval <kind>', 'confidence interval: none', 'none')
    .option('--currency <code>', 'ISO code; sets the minor unit (2 decimals when absent)')
    .optionsGroup('Output')
    .option('--by <columns>', 'segments by these columns, separated by commas')
    .option('--format <name>', 'table, json, ndjson, csv or markdown')
    .option('--section <name>', 'the list that csv and ndjson carry: customers or segments')
    .option('--top <n>', 'customers shown in the table', '10')
    .option('-o, --output <file>', 'write to a file; its ending chooses the format')
    .option('-q, --quiet', 'no notes on stderr, only errors')
    .option('--no-color', 'no colors')
    .addHelpText('after', EXAMPLES)
    .action(async (files, options) => {
      const [{ compute }, { settingsOf }] = await Promise.all([import('./compute.ts'), import('./settings.ts')]);
      await compute(files, settingsOf(options));
    });
}

export type ComputeOptions = ReturnType<ReturnType<typeof computeCommand>['opts']>;
