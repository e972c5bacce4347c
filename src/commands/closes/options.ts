import { Command } from '@commander-js/extra-typings';
import { outputOptions, quietOption } from '../../cli/shared-options.ts';

const EXAMPLES = `
Examples:
  clv closes shop.clv
  clv closes shop.clv --format csv

Exit codes: 0 done, 2 usage, 65 bad data, 66 no input, 73 and 74 output, 75 busy.`;

/** `clv closes`: what may be typed. */
export function closesCommand() {
  const command = new Command('closes')
    .description('the closes of a book: what was reported, and whether the rows it stood on have changed since')
    .argument('<book>', 'the file of the book, or its address on ClickHouse');
  return quietOption(outputOptions(command)).option('--no-color', 'no colors').addHelpText('after', EXAMPLES);
}

export type ClosesOptions = ReturnType<ReturnType<typeof closesCommand>['opts']>;
