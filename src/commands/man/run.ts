import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type CommandUnknownOpts, Help } from '@commander-js/extra-typings';
import { ClvError } from '../../base/errors.ts';
import { programOf } from '../../cli/config/apply.ts';
import { commandsIn, pathOfCommand } from '../../cli/config/given.ts';
import { choice } from '../../cli/option-values.ts';
import { openOutput } from '../../cli/output/open.ts';
import { writeTo } from '../../cli/output/target.ts';
import type { ManOptions } from './options.ts';
import { roff } from './roff.ts';

/** `clv man`: the help of a command as a page of the manual, or with --out-dir every page. E101 for no command, E111. */
export async function man(
  named: string,
  options: ManOptions,
  self: CommandUnknownOpts,
  version: string,
): Promise<void> {
  const program = programOf(self);
  const commands = commandsIn(program);
  const names = [...commands.keys()];
  const { output, outDir } = options;
  if (outDir === undefined) {
    const command = named === '' ? program : commands.get(choice('clv man', named, names))!;
    return writePage(output, pageOf(command, version, names));
  }
  const other = output !== undefined ? '--output' : named;
  if (other !== '') throw new ClvError('E111', { option: '--out-dir', other });
  mkdirSync(outDir, { recursive: true });
  await writePage(join(outDir, 'clv.1'), pageOf(program, version, names));
  for (const [name, command] of commands)
    await writePage(join(outDir, `${pageName(name)}.1`), pageOf(command, version, names));
}

async function writePage(file: string | undefined, text: string): Promise<void> {
  await writeTo(await openOutput(file), Readable.from([text]));
}

function pageOf(command: CommandUnknownOpts, version: string, names: readonly string[]): string {
  const help = new Help();
  const isProgram = command.parent === null;
  const given = help.visibleArguments(command).map((one) => [one.name(), one.description] as const);
  return roff({
    name: isProgram ? 'clv' : pageName(pathOfCommand(command)),
    version,
    description: command.description(),
    usage: help.commandUsage(command),
    groups: [
      ...(given.length === 0 ? [] : [{ title: 'Arguments', terms: given }]),
      ...optionGroups(command, help),
      ...(isProgram ? [{ title: 'Commands', terms: help.visibleCommands(command).map(termOf) }] : []),
    ],
    notes: notesOf(command),
    also: isProgram ? names.map(pageName) : ['clv'],
  });
}

function pageName(path: string): string {
  return `clv-${path.replaceAll(' ', '-')}`;
}

function termOf(command: CommandUnknownOpts): readonly [string, string] {
  return [command.name(), command.description()];
}

/** Options by their topics, in the order of the help. */
function optionGroups(command: CommandUnknownOpts, help: Help) {
  const groups = new Map<string, (readonly [string, string])[]>();
  for (const option of help.visibleOptions(command)) {
    const title = option.helpGroupHeading ?? 'Options';
    groups.set(title, [...(groups.get(title) ?? []), [help.optionTerm(option), help.optionDescription(option)]]);
  }
  return [...groups].map(([title, terms]) => ({ title, terms }));
}

/** What a command says after its help. */
function notesOf(command: CommandUnknownOpts): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text.slice(command.helpInformation().length).trim();
}
