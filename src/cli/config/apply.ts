import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { visible } from '../../base/visible.ts';
import { typedWords } from '../shared-options.ts';
import { type Given, givenSettings, keyOf, pathOfCommand } from './given.ts';

/**
 * Gives a command the settings of the environment and of the file, but for what is typed, as if they had been typed; says so on
 * stderr, unless nothing is to be said. What a command refuses is not taken from settings that are of every command.
 * @param whole the program with all its commands: settings are of any of them
 * @throws ClvError E163 to E167
 */
export function applySettings(command: CommandUnknownOpts, whole: () => CommandUnknownOpts): void {
  const given = inForce(command, givenSettings(programOf(command), whole));
  for (const one of given) put(command, one);
  if (given.length === 0 || Number(command.getOptionValue('quiet') ?? 0) > 0) return;
  const origins = [...new Set(given.map(({ origin }) => origin.replace(/:\d+$/, '')))].join(', ');
  const names = command.options.filter((option) => given.some(({ name }) => name === keyOf(option)));
  const words = typedWords(
    command,
    names.map((option) => option.long!),
  );
  process.stderr.write(`clv: ${visible(`settings of ${origins}: ${words.join(' ')}`)}\n`);
}

export function programOf(command: CommandUnknownOpts): CommandUnknownOpts {
  return command.parent === null ? command : programOf(command.parent);
}

/** Of the settings, those that a command takes: the first of each name. */
export function inForce(command: CommandUnknownOpts, given: readonly Given[]): readonly Given[] {
  const path = pathOfCommand(command);
  return command.options.flatMap((option) => {
    if (command.getOptionValueSource(option.attributeName()) === 'cli') return [];
    const found = given.find(
      (one) => one.name === keyOf(option) && (one.command === null ? option.hidden !== true : one.command === path),
    );
    return found === undefined ? [] : [found];
  });
}

function put(command: CommandUnknownOpts, { name, value, from }: Given): void {
  const option = command.options.find((one) => keyOf(one) === name)!;
  const attribute = option.attributeName();
  const set = (found: unknown): void => {
    command.setOptionValueWithSource(attribute, found, from);
  };
  if (typeof value === 'boolean' && (option.negate || option.parseArg === undefined)) {
    // A flag that is told not to stand there is as one that nobody types.
    if (value !== option.negate) set(value);
    return;
  }
  const times = typeof value === 'object' ? value : new Array<string>(Number(value)).fill('');
  if (option.parseArg === undefined) set(times[0]);
  else set(times.reduce<unknown>((before, text) => option.parseArg!(text, before), option.defaultValue));
}
