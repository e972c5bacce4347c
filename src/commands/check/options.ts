import { refusing, valuationCommand } from '../../cli/shared-options.ts';

const EXAMPLES = `
Examples:
  $ clv check fixtures/transactions.csv --assert 'customers>=1000'
  $ clv check fixtures/transactions.csv --assert 'customers>=1000,rejected=0' --assert 'max_date>=2025-12-01' -q

Reads the files as clv compute does and values nothing. What may be held against a value: records, transactions, rejected, left_out,
customers, customers_with_purchase, min_date, max_date, amount.
Exit codes: 0 all hold, 1 one does not, 2 usage, 65 bad data, 66 no input, 73 and 74 output, 75 busy, 78 configuration.`;

/** Options of a valuation that mean nothing where nothing is valued. */
export const REFUSED: readonly string[] = [
  ...['--margin', '--margins', '--costs', '--discount-rate', '--horizon', '--model', '--regularity', '--opportunity'],
  ...['--season', '--use-model', '--spend', '--spend-from', '--as-of'],
];

/** `clv check`: what may be typed. */
export function checkCommand() {
  return refusing(valuationCommand('check'), REFUSED)
    .description('whether an export is what it should be before a month end is run on it: counts, dates, totals')
    .argument('<files...>', 'files of one export, their folder, - for standard input, or a book')
    .option(
      '--assert <conditions>',
      "what must hold, separated by commas: 'customers>=1000,max_date>=2025-12-01'; may be repeated",
      (value: string, before: readonly string[]) => [...before, value],
      [] as readonly string[],
    )
    .addHelpText('after', EXAMPLES);
}

export type CheckOptions = ReturnType<ReturnType<typeof checkCommand>['opts']>;
