import { readFileSync } from 'node:fs';
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { ClvError } from '../base/errors.ts';
import { PACKAGE } from '../resources.ts';
import { auditCommand } from './audit-command.ts';
import { computeCommand } from './compute-command.ts';
import { explainCommand } from './explain-command.ts';
import { inspectCommand } from './inspect-command.ts';
import { layoutsCommand } from './layouts-command.ts';
import { shareCommand } from './share-command.ts';
import { statementCommand } from './statement-command.ts';
import { validateCommand } from './validate-command.ts';
import { whatifCommand } from './whatif-command.ts';

/** The command line. Nothing heavier than commander is loaded until a command runs. @param print takes help and version */
export function program(print: (text: string) => void) {
  const clv = new Command('clv')
    .description('Customer lifetime value and customer equity from a transaction export, to the cent')
    .version(versionOf(), '--version')
    .exitOverride()
    .configureOutput({ writeOut: print, outputError: (text, write) => write(`clv: ${text}`) })
    .showHelpAfterError('(clv --help lists the commands, clv COMMAND --help their options)')
    .addHelpText('after', `\n${EXAMPLES}`)
    .hook('preAction', async (_, command) => checkFiles(command));
  for (const command of COMMANDS) clv.addCommand(onceOnly(command().copyInheritedSettings(clv)));
  return clv;
}

/** Refuses a second value where there is room for one; an option with a parser of its own gathers them. E118. */
function onceOnly(command: CommandUnknownOpts): CommandUnknownOpts {
  for (const option of command.options) {
    if (!option.required || option.parseArg) continue;
    let given = 0;
    command.on(`option:${option.name()}`, () => {
      if (++given > 1) throw new ClvError('E118', { option: option.long! });
    });
  }
  return command;
}

/** Options that name a file to be written; every other `<file>` is read. */
const OUTPUTS = new Set(['--output', '--rejects', '--left-out', '--save-model', '--draft-layout']);

/** Before a command runs: nothing that it reads may be what it writes, and a model file leaves no model to choose. */
async function checkFiles(command: CommandUnknownOpts): Promise<void> {
  const { checkPaths } = await import('./paths.ts');
  const values = new Map(Object.entries(command.opts()));
  const named = command.options.flatMap((option) => {
    const file = values.get(option.attributeName());
    return option.flags.endsWith('<file>') && typeof file === 'string' ? [{ option: option.long ?? '', file }] : [];
  });
  const inputs = [
    ...command.args.map((file) => ({ option: 'FILES', file })),
    ...named.filter(({ option }) => !OUTPUTS.has(option)),
  ];
  const outputs = named.filter(({ option, file }) => OUTPUTS.has(option) && file !== '-');
  checkPaths(inputs, outputs);
  const chosen = CHOSEN_BY_FILE.find((name) => command.getOptionValueSource(name) === 'cli');
  if (values.has('useModel') && chosen) throw new ClvError('E111', { option: '--use-model', other: `--${chosen}` });
}

/** Options that a file of parameters decides. */
const CHOSEN_BY_FILE = ['model', 'models', 'spend'];

/** Every command. A new one is a file and a word here. */
const COMMANDS = [
  computeCommand,
  explainCommand,
  validateCommand,
  statementCommand,
  shareCommand,
  auditCommand,
  whatifCommand,
  inspectCommand,
  layoutsCommand,
];

const EXAMPLES = `Examples:
  $ clv compute fixtures/transactions.csv --margins fixtures/margins.csv
  $ clv compute fixtures/transactions.csv --margin 30% --by region --format json`;

function versionOf(): string {
  const text = readFileSync(PACKAGE, 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
