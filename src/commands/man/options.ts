import { Command } from '@commander-js/extra-typings';

const EXAMPLES = `
Examples:
  $ clv man compute | man -l -
  $ clv man ledger add

Prints a page of the manual in the form that man reads. The package has them in dist/man. Exit codes: 0 done, 2 usage, 73 and 74
output.`;

/** `clv man`: what may be typed. */
export function manCommand() {
  return new Command('man')
    .description('the page of the manual of a command, for man; without one: that of clv')
    .argument('[command...]', 'a command, e.g. compute or ledger add')
    .option('-o, --output <file>', 'write to a file')
    .option('--out-dir <folder>', 'write every page to a folder')
    .addHelpText('after', EXAMPLES);
}

export type ManOptions = ReturnType<ReturnType<typeof manCommand>['opts']>;
