import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { inForce, programOf } from '../../cli/config/apply.ts';
import { commandsIn, type Given, givenSettings, keyOf } from '../../cli/config/given.ts';
import { withOutput } from '../../cli/frame.ts';
import { choice } from '../../cli/option-values.ts';
import { writingOf } from '../../cli/output/writing.ts';
import { configReport, type Setting } from './document.ts';
import type { ConfigOptions } from './options.ts';

/**
 * `clv config`: what the environment and the file set, or every option of a command with the value that is in force.
 * @param named the command; nothing: all that is set
 * @throws ClvError E101 for no command, E163 to E167
 */
export async function config(named: string, options: ConfigOptions, self: CommandUnknownOpts): Promise<void> {
  const program = programOf(self);
  const given = givenSettings(program);
  const commands = commandsIn(program);
  const report =
    named === ''
      ? configReport('Settings', given.map(settingOf), options.showOrigin === true)
      : configReport(
          `Settings of clv ${named}`,
          everyOption(commands.get(choice('clv config', named, [...commands.keys()]))!, given),
          options.showOrigin === true,
        );
  await withOutput(writingOf(options), undefined, ({ write }) => write(report));
}

function settingOf({ name, command, value, origin }: Given): Setting {
  return { name, command, value: typeof value === 'object' ? value.join(', ') : String(value), origin };
}

/** Options in the order of the help; null where nothing is set and nothing is taken for granted. */
function everyOption(command: CommandUnknownOpts, given: readonly Given[]): readonly Setting[] {
  const set = new Map(inForce(command, given).map((one) => [one.name, one]));
  return command.options
    .filter((option) => !option.hidden)
    .map((option) => {
      const found = set.get(keyOf(option));
      if (found) return settingOf(found);
      const value =
        option.defaultValue === undefined || `${option.defaultValue}` === '' ? null : `${option.defaultValue}`;
      return { name: keyOf(option), command: null, value, origin: 'default' };
    });
}
