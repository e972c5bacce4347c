import { Command } from '@commander-js/extra-typings';
import { sectionOption } from '../../cli/output/section-option.ts';
import { quietOption, refusing, valuationCommand } from '../../cli/shared-options.ts';
import { NOT_OF_INSPECT } from './line-options.ts';
import { SECTIONS } from './sections.ts';

const EXAMPLES = `
Examples:
  $ clv inspect fixtures/transactions.csv
  $ clv inspect fixtures/transactions.csv --format json
  $ clv inspect fixtures/transactions.csv --format csv --section columns
  $ clv inspect - < fixtures/transactions.csv

Reads the files as clv compute does, under the same options, and tells everything that it would refuse, with the line to run.
Where only you can decide, there is a line for each way. Columns are described by the first 20,000 records, all else by every one.
Exit codes: 0 inspected, whatever was found (problems, in JSON, says whether compute takes the files), 2 usage, 66 no input,
73 and 74 output, 75 busy.`;

/** `clv inspect`: what may be typed. */
export function inspectCommand() {
  return refusing(valuationCommand('inspect'), NOT_OF_INSPECT)
    .description('what the files are, how they are read, what is wrong with them, and the clv compute line to run')
    .argument(
      '<files...>',
      'files of one export (CSV, .csv.gz, .xlsx, .zip or Parquet), their folder, or - for standard input',
    )
    .option('--draft-layout <file>', 'write a layout for this export to begin with: look at it, then --layout FILE')
    .option(...sectionOption('csv and ndjson', ...Object.values(SECTIONS)))
    .addHelpText('after', EXAMPLES);
}

export type InspectOptions = ReturnType<ReturnType<typeof inspectCommand>['opts']>;

const INIT_EXAMPLES = `
Examples:
  $ cd shop && clv init
  $ cd shop && clv init orders.csv

Writes clv.config.json in this folder, and never over one that is there. Exit codes: 0 done, 2 usage, 65 bad data, 66 no input, 73
and 74 output.`;

/** `clv init`: what may be typed. */
export function initCommand() {
  const command = new Command('init')
    .description('write clv.config.json with how files are read, as clv inspect finds it; asks nothing')
    .argument('[files...]', 'files of one export; none: a file of settings to begin with');
  return quietOption(command).option('--no-color', 'no colors').addHelpText('after', INIT_EXAMPLES);
}

export type InitOptions = ReturnType<ReturnType<typeof initCommand>['opts']>;
