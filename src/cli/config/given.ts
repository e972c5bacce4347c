import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { ClvError } from '../../base/errors.ts';
import { nearest } from '../../base/nearest.ts';
import { type ConfigFile, readConfig } from './file.ts';
import { pathOf } from './places.ts';

/** A setting that stands in a file or in the environment. */
export interface Given {
  /** The long name of the option without its dashes. */
  readonly name: string;
  /** The command that it is of; null: every one that has the option. */
  readonly command: string | null;
  readonly value: Value;
  readonly from: 'config' | 'env';
  /** The file with its line, or the variable. */
  readonly origin: string;
}

/** What is typed for an option: texts, or whether, or how often, a flag stands there. */
type Value = readonly string[] | boolean | number;

/** Of a file of settings, what is no setting. */
const NO_SETTINGS = new Set(['$schema']);

/**
 * Every setting of the environment, then every one of the file: the first of a name that fits a command is in force, one of
 * the command itself before one of all.
 * @param program of which `--config` is asked
 * @param whole the program with all its commands, where it is another
 * @throws ClvError E163, E164 an unknown key, E165 a value of another type, E166 a variable that is nearly a setting
 */
export function givenSettings(
  program: CommandUnknownOpts,
  whole: () => CommandUnknownOpts = () => program,
): readonly Given[] {
  const asked = (program.getOptionValue('config') as string | undefined) ?? process.env['CLV_CONFIG'];
  const config = readConfig(asked, process.cwd());
  const variables = Object.entries(process.env).filter(([name]) => name.startsWith(PREFIX) && name !== CONFIG_VARIABLE);
  if (!config && variables.length === 0) return [];
  const commands = commandsIn(whole());
  return [...environment(variables, commands), ...(config ? settingsIn(config, commands) : [])];
}

/** Commands by what is typed for them. */
type Commands = ReadonlyMap<string, CommandUnknownOpts>;

export function commandsIn(program: CommandUnknownOpts): Commands {
  const named = (command: CommandUnknownOpts): readonly (readonly [string, CommandUnknownOpts])[] =>
    command.commands.length === 0 ? [[pathOfCommand(command), command]] : command.commands.flatMap(named);
  return new Map(program.commands.flatMap(named));
}

/** `ledger add`. */
export function pathOfCommand(command: CommandUnknownOpts): string {
  const above = command.parent;
  return above?.parent ? `${pathOfCommand(above)} ${command.name()}` : command.name();
}

/** What an option is called in a file of settings. */
export function keyOf(option: Option): string {
  return option.long!.replace(/^--(no-)?/, '');
}

/** Options by their keys; of those that several commands have, any. */
function optionsOf(commands: Iterable<CommandUnknownOpts>): ReadonlyMap<string, Option> {
  return new Map([...commands].flatMap(({ options }) => options.map((option) => [keyOf(option), option] as const)));
}

const PREFIX = 'CLV_';
/** The variable of the file of settings itself. */
const CONFIG_VARIABLE = 'CLV_CONFIG';
/** Shorter names are near too many words. */
const SHORTEST = 3;

function environment(
  variables: readonly (readonly [string, string | undefined])[],
  commands: Commands,
): readonly Given[] {
  const options = optionsOf(commands.values());
  const known = new Map([...options.keys()].map((key) => [variableOf(key), key]));
  return variables.flatMap(([variable, text]): Given[] => {
    if (text === undefined) return [];
    const name = known.get(variable);
    if (name === undefined) {
      const long = [...known.keys()].filter((one) => one.length >= PREFIX.length + SHORTEST);
      const near = nearest(variable, long);
      if (near !== null) throw new ClvError('E166', { variable, near });
      return [];
    }
    const value = options.get(name)!.required ? [text] : FLAG[text];
    if (value === undefined) throw new ClvError('E167', { variable, value: text });
    return [{ name, command: null, value, from: 'env', origin: variable }];
  });
}

const FLAG: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

function variableOf(key: string): string {
  return PREFIX + key.toUpperCase().replaceAll('-', '_');
}

function settingsIn(config: ConfigFile, commands: Commands): readonly Given[] {
  const all = optionsOf(commands.values());
  const own: Given[] = [];
  const general: Given[] = [];
  for (const [key, value] of Object.entries(config.members)) {
    if (NO_SETTINGS.has(key)) continue;
    const command = commands.get(key);
    if (command === undefined) general.push(settingOf(config, [key], value, all, null, commands.keys()));
    else own.push(...sectionOf(config, key, value, command));
  }
  return [...own, ...general];
}

function sectionOf(config: ConfigFile, name: string, value: unknown, command: CommandUnknownOpts): readonly Given[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw fault(config, [name], 'E165', { key: name, wanted: 'the settings of the command in braces' });
  const options = optionsOf([command]);
  return Object.entries(value).map(([key, one]) => settingOf(config, [name, key], one, options, name, []));
}

function settingOf(
  config: ConfigFile,
  path: readonly string[],
  value: unknown,
  options: ReadonlyMap<string, Option>,
  command: string | null,
  sections: Iterable<string>,
): Given {
  const name = path.at(-1)!;
  const option = options.get(name);
  if (option === undefined) {
    const near = nearest(name.replace(/^--/, ''), [...options.keys(), ...sections]);
    const hint = near === null ? '' : `; did you mean "${near}"?`;
    throw fault(config, path, 'E164', { key: name, where: command === null ? '' : ` of clv ${command}`, hint });
  }
  const found = typedValue(option, value, config.file);
  if (found === null) throw fault(config, path, 'E165', { key: name, wanted: wantedOf(option) });
  const { line } = config.places.get(pathOf(...path))!;
  return { name, command, value: found, from: 'config', origin: `${shown(config.file)}:${line}` };
}

/** Null for a value of another type. */
function typedValue(option: Option, value: unknown, file: string): Value | null {
  if (!option.required) {
    const times = option.parseArg !== undefined && Number.isInteger(value) && Number(value) >= 0;
    return typeof value === 'boolean' || times ? (value as boolean | number) : null;
  }
  const values = Array.isArray(value) && isRepeatable(option) ? value : [value];
  if (!values.every((one) => typeof one === 'string' || Number.isFinite(one))) return null;
  return values.map((one) => (isPath(option, String(one)) ? besideFile(String(one), file) : String(one)));
}

/** A value parser is of an option that gathers. */
function isRepeatable({ parseArg }: Option): boolean {
  return parseArg !== undefined;
}

function wantedOf(option: Option): string {
  if (!option.required) return option.parseArg === undefined ? 'true or false' : 'true, false or how often';
  return isRepeatable(option) ? 'a text, or a list of texts' : 'a text or a number';
}

/** Whether a value names a file: always of some options, of others where it is written like one. */
function isPath(option: Option, text: string): boolean {
  return /<(file|folder)>$/.test(option.flags) ? text !== '-' : /^\.{1,2}\//.test(text);
}

/** A path in a file of settings is meant from where that file stands. */
function besideFile(path: string, file: string): string {
  return isAbsolute(path) ? path : shown(resolve(dirname(file), path));
}

/** A path from here, unless it is as short in full. */
function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' || near.length >= path.length ? path : near;
}

function fault<C extends 'E164' | 'E165'>(
  { file, places }: ConfigFile,
  path: readonly string[],
  code: C,
  values: Readonly<Record<string, string>>,
): ClvError {
  return new ClvError<'E164' | 'E165'>(code, values as never, { file: shown(file), ...places.get(pathOf(...path))! });
}
