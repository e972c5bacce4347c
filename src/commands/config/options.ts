import { Command } from '@commander-js/extra-typings';
import { outputOptions, quietOption } from '../../cli/shared-options.ts';

const EXAMPLES = `
Examples:
  $ clv config
  $ clv config compute --show-origin
  $ CLV_MARGIN=40% clv config compute --show-origin

Settings are options that need not be typed: in clv.config.json, or in the environment as CLV_ and the name of the option. What
is typed comes first, then the environment, then the file: there the settings of a command, then those of all commands. Exit
codes: 0 done, 2 usage, 73 and 74 output, 78 configuration.`;

/** `clv config`: what may be typed. */
export function configCommand() {
  const command = new Command('config')
    .description(
      'the settings of clv.config.json and of the environment; with a COMMAND: every option of it as it would run',
    )
    .argument('[command...]', 'a command, e.g. compute or ledger add')
    .option('--show-origin', 'say where each value comes from');
  return quietOption(outputOptions(command)).option('--no-color', 'no colors').addHelpText('after', EXAMPLES);
}

export type ConfigOptions = ReturnType<ReturnType<typeof configCommand>['opts']>;
