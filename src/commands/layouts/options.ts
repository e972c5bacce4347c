import { Command } from '@commander-js/extra-typings';
import { outputOptions, quietOption } from '../../cli/shared-options.ts';

const EXAMPLES = `
Examples:
  $ clv layouts
  $ clv layouts --format csv
  $ clv layouts show shopify-orders

A layout says what the columns and rows of one system's export mean. clv compute finds the one that knows a header;
--layout NAME asks for one, --layout ./mine.json for one of your own: show prints one to begin with, clv inspect FILES
--draft-layout ./mine.json writes one for your files. Exit codes: 0 done, 2 usage, 73 and 74 output.`;

/** `clv layouts`: what may be typed. */
export function layoutsCommand() {
  const command = new Command('layouts')
    .description('the exports of shops that are known by their header; show NAME prints one to start your own from')
    .argument('[show]', 'show: print the layout of a NAME as JSON')
    .argument('[name]', 'with show: the name of a layout');
  return quietOption(outputOptions(command)).option('--no-color', 'no colors').addHelpText('after', EXAMPLES);
}

export type LayoutsOptions = ReturnType<ReturnType<typeof layoutsCommand>['opts']>;
