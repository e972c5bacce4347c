import * as contracts from '../../cli/contracts/options.ts';
import { sectionOption } from '../../cli/output/section-option.ts';
import { SEGMENT_FROM } from '../../cli/segment-columns.ts';
import { FIT_BY, MODEL_ERROR, POOL_SMALL, readingNames, refusing, valuationCommand } from '../../cli/shared-options.ts';
import { SECTIONS } from './sections.ts';

const EXAMPLES = `
Examples:
  clv close shop.clv --as-of 2024-12-31 --margins fixtures/margins.csv --by region
  clv close shop.clv --as-of 2025-03-31
  clv close subscriptions.clv --contract 1m --margin 70% --by plan
  clv close shop.clv --reopen

A close values the customers of a book as clv compute does, and keeps the result in the book: options, choices, parameters and the
value of every customer. What is not typed is as in the close before. It prints the statement since that one; what it reported is
what the next statement opens with (clv statement BOOK --from last), whatever becomes of the rows. The list of all: clv closes BOOK.
Exit codes: 0 done, 1 a warning of --fail-on, 2 usage, 65 bad data, 66 no input, 73 and 74 the book or the output, 75 busy.`;

/** `clv close`: what may be typed. */
export function closeCommand() {
  const own = refusing(valuationCommand('close'), readingNames())
    .description('value the customers of a book at a date, report it, and keep what was reported')
    .argument('<book>', 'the file of the book, or its address on ClickHouse')
    .option('--by <columns>', 'segments by these columns, separated by commas')
    .option(...SEGMENT_FROM)
    .option(...FIT_BY)
    .option(...POOL_SMALL)
    .option(...MODEL_ERROR)
    .option('--reopen', 'take the last close back, or say with --as-of which one that must be')
    .option(...sectionOption('csv and ndjson', ...Object.values(SECTIONS)));
  const command = contracts.pricedOptions(own).option(...contracts.RETENTION);
  return contracts.termOptions(command).addHelpText('after', EXAMPLES);
}

export type CloseOptions = ReturnType<ReturnType<typeof closeCommand>['opts']>;
