import { Command } from '@commander-js/extra-typings';
import { outputOptions, quietOption } from '../../cli/shared-options.ts';

const EXAMPLES = `
Examples:
  $ clv errors
  $ clv errors E201
  $ clv errors --format json

What {braces} hold in a text is filled in when it is told. Exit codes: 0 done, 2 usage, 73 and 74 output.`;

/** `clv errors`: what may be typed. */
export function errorsCommand() {
  const command = new Command('errors')
    .description('every error and warning: its code, exit code, text and remedy; with a CODE: that one')
    .argument('[code]', 'of an error or a warning: E201, W302');
  return quietOption(outputOptions(command)).option('--no-color', 'no colors').addHelpText('after', EXAMPLES);
}

export type ErrorsOptions = ReturnType<ReturnType<typeof errorsCommand>['opts']>;
