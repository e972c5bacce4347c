import { readFileSync } from 'node:fs';
import { Command } from '@commander-js/extra-typings';
import { computeCommand } from './compute-command.ts';
import { explainCommand } from './explain-command.ts';
import { validateCommand } from './validate-command.ts';

/** The command line. Nothing heavier than commander is loaded until a command runs. */
export function program() {
  const clv = new Command('clv')
    .description('Customer lifetime value and customer equity from a transaction export, to the cent')
    .version(versionOf(), '--version')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`clv: ${text}`) })
    .showHelpAfterError('(clv --help lists the commands, clv COMMAND --help their options)')
    .addHelpText('after', `\n${EXAMPLES}`);
  for (const command of COMMANDS) clv.addCommand(command().copyInheritedSettings(clv));
  return clv;
}

/** Every command. A new one is a file and a word here. */
const COMMANDS = [computeCommand, explainCommand, validateCommand];

const EXAMPLES = `Examples:
  $ clv compute fixtures/transactions.csv --margins fixtures/margins.csv
  $ clv compute fixtures/transactions.csv --margin 30% --by region --format json`;

function versionOf(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
