import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { ClvError } from './base/errors.ts';
import { ManifestAsked, type RunTyped } from './cli/manifest/asked.ts';
import type { NamedFile } from './cli/output/paths.ts';
import { USUAL_HELP } from './cli/say/help.ts';
import { optionsTaken, typedOptions, typedReading, typedWords } from './cli/shared-options.ts';
import { auditCommand } from './commands/audit/options.ts';
import { checkCommand } from './commands/check/options.ts';
import { closeCommand } from './commands/close/options.ts';
import { closesCommand } from './commands/closes/options.ts';
import { cohortsCommand } from './commands/cohorts/options.ts';
import { completionCommand } from './commands/completion/options.ts';
import { computeCommand } from './commands/compute/options.ts';
import { configCommand } from './commands/config/options.ts';
import { diffCommand } from './commands/diff/options.ts';
import { errorsCommand } from './commands/errors/options.ts';
import { explainCommand } from './commands/explain/options.ts';
import { initCommand, inspectCommand } from './commands/inspect/options.ts';
import { layoutsCommand } from './commands/layouts/options.ts';
import { addCommand, ledgerCommand, removeCommand, replaceCommand, tellingCommand } from './commands/ledger/options.ts';
import { manCommand } from './commands/man/options.ts';
import { mrrCommand } from './commands/mrr/options.ts';
import { schemaCommand } from './commands/schema/options.ts';
import { shareCommand } from './commands/share/options.ts';
import { statementCommand } from './commands/statement/options.ts';
import { validateCommand } from './commands/validate/options.ts';
import { verifyCommand } from './commands/verify/options.ts';
import { whatifCommand } from './commands/whatif/options.ts';
import { version } from './resources.ts';

/**
 * The command line. Nothing heavier than commander is loaded until a command runs.
 * @param print takes help and version
 * @param everything whether help shows every option
 * @param prepare is waited for before a command runs
 * @param only the first word that was typed: where it is a command, there are no others, for they take as long as all else
 */
export function program(
  print: (text: string) => void,
  everything = false,
  prepare: () => Promise<unknown> = async () => {},
  only = '',
) {
  const clv = new Command('clv')
    .description('Customer lifetime value and customer equity from a transaction export, to the cent')
    .version(version(), '--version')
    .exitOverride()
    .configureHelp(everything ? {} : USUAL_HELP)
    .configureOutput({ writeOut: print, outputError: (text, write) => write(`clv: ${text}`) })
    .showHelpAfterError('(clv --help lists the commands, clv COMMAND --help their options)')
    .addHelpText('after', `\n${EXAMPLES}`)
    .option(
      '--config <file>',
      'of settings, or none (clv.config.json of this folder or the nearest above it when absent)',
    )
    .hook('preSubcommand', (_, command) => void onceOnly(command))
    .hook('preAction', async (_, command) => {
      const { applySettings } = await import('./cli/config/apply.ts');
      if (!SETTERS.has(command.name())) applySettings(command, () => program(print));
      await Promise.all([prepare(), checkFiles(command)]);
    });
  onceOnly(clv);
  const made = Object.entries(COMMANDS).filter(([name]) => name === only && !SETTERS.has(name));
  for (const command of made.length > 0 ? made.map(([, make]) => make) : Object.values(COMMANDS))
    clv.addCommand(inheriting(command(), clv));
  return clv;
}

/** A command, and those in it, with the help of the program and its way to fail. */
function inheriting(command: CommandUnknownOpts, program: CommandUnknownOpts): CommandUnknownOpts {
  for (const word of command.commands) inheriting(word, program);
  return command.copyInheritedSettings(program);
}

/** Commands that are of the settings themselves. */
const SETTERS = new Set(['config', 'init', 'man', 'completion']);

/** Refuses a second value where there is room for one; an option with a parser of its own gathers them. E118. */
function onceOnly(command: CommandUnknownOpts): CommandUnknownOpts {
  for (const word of command.commands) onceOnly(word);
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
const OUTPUTS = new Set(['--output', '--rejects', '--left-out', '--save-model', '--draft-layout', '--manifest']);

/** Before a command runs: nothing that it reads may be what it writes, and a model file leaves no model to choose. */
async function checkFiles(command: CommandUnknownOpts): Promise<void> {
  const { checkFolder, checkPaths } = await import('./cli/output/paths.ts');
  const values = new Map(Object.entries(command.opts()));
  const named = command.options.flatMap((option) => {
    const file = values.get(option.attributeName());
    const files = [file instanceof ManifestAsked ? file.file : file].flat().filter((one) => typeof one === 'string');
    return option.flags.endsWith('<file>') ? files.map((one) => ({ option: option.long ?? '', file: one })) : [];
  });
  const inputs = [
    ...command.args.map((file) => ({ option: 'FILES', file })),
    ...named.filter(({ option }) => !OUTPUTS.has(option)),
  ];
  const outputs = named.filter(({ option, file }) => OUTPUTS.has(option) && file !== '-');
  checkPaths(inputs, outputs);
  const manifest = values.get('manifest');
  if (manifest instanceof ManifestAsked) manifest.typed = typedOf(command, inputs, outputs);
  if (command.name() !== 'inspect' && command.parent?.name() !== 'ledger') await checkBookOptions(command);
  const folder = values.get('outDir');
  if (typeof folder === 'string') checkFolder(folder, [...inputs, ...outputs]);
  const typed = typedOptions(command);
  const chosen = CHOSEN_BY_FILE.find((name) => typed.includes(`--${name}`));
  if (values.has('useModel') && chosen) throw new ClvError('E111', { option: '--use-model', other: `--${chosen}` });
}

/** What a manifest tells of a run. A layout of the user's own is a file that is read, one of ours a name. */
function typedOf(command: CommandUnknownOpts, inputs: readonly NamedFile[], outputs: readonly NamedFile[]): RunTyped {
  const layout: unknown = command.getOptionValue('layout');
  const own = typeof layout === 'string' && /[./\\]/.test(layout) ? [layout] : [];
  return {
    command: command.name(),
    arguments: command.args,
    options: optionsTaken(command),
    inputs: [...inputs.map(({ file }) => file), ...own],
    others: outputs.filter(({ option }) => !['--output', '--manifest'].includes(option)).map(({ file }) => file),
  };
}

/** Where a book is read, nothing may say how: recurring revenue alone converts by rates of its own. */
async function checkBookOptions(command: CommandUnknownOpts): Promise<void> {
  const own = command.name() === 'mrr' ? ['--rates'] : [];
  const typed = typedOptions(command, ['cli']).filter((option) => !own.includes(option));
  if (typed.length === 0) return;
  const { checkBookOptions: check } = await import('./cli/books.ts');
  check(command.args, typed);
}

/** Options that a file of parameters decides. */
const CHOSEN_BY_FILE = ['model', 'models', 'regularity', 'spend'];

/** Every command, and what runs it: loaded when it does. */
const COMMANDS: Readonly<Record<string, () => CommandUnknownOpts>> = {
  compute: () =>
    computeCommand().action(async (files, options, command) => {
      const { computeKind } = await import('./commands/compute/kinds.ts');
      await computeKind(files, options, typedOptions(command));
    }),
  explain: () =>
    explainCommand().action(async (files, options, command) => {
      const { explainKind } = await import('./commands/explain/kinds.ts');
      await explainKind(files, options, typedOptions(command));
    }),
  validate: () =>
    validateCommand().action(async (files, options, command) => {
      const { validateKind } = await import('./commands/validate/kinds.ts');
      await validateKind(files, options, typedOptions(command));
    }),
  statement: () =>
    statementCommand().action(async (files, options, command) => {
      const { statementKind } = await import('./commands/statement/kinds.ts');
      await statementKind(files, options, typedOptions(command));
    }),
  close: () =>
    closeCommand().action(async (book, options, command) => {
      if (options.reopen) {
        const { reopen } = await import('./commands/close/reopen.ts');
        return reopen(book, options, typedOptions(command, ['cli']));
      }
      const { closeKind } = await import('./commands/close/kinds.ts');
      return closeKind(book, options, typedOptions(command), typedWords(command).join(' '), version());
    }),
  closes: () =>
    closesCommand().action(async (book, options) => {
      const { closes } = await import('./commands/closes/run.ts');
      await closes(book, options);
    }),
  diff: () =>
    diffCommand().action(async (a, b, options) => {
      const { diff } = await import('./commands/diff/run.ts');
      await diff(a, b, options);
    }),
  mrr: () =>
    mrrCommand().action(async (files, options, command) => {
      const { mrr } = await import('./commands/mrr/run.ts');
      await mrr(files, options, typedOptions(command));
    }),
  share: () =>
    shareCommand().action(async (files, options, command) => {
      const { share } = await import('./commands/share/run.ts');
      await share(files, options, typedOptions(command));
    }),
  audit: () =>
    auditCommand().action(async (files, options, command) => {
      const { auditKind } = await import('./commands/audit/kinds.ts');
      await auditKind(files, options, typedOptions(command));
    }),
  cohorts: () =>
    cohortsCommand().action(async (files, options) => {
      const { cohorts } = await import('./commands/cohorts/run.ts');
      await cohorts(files, options);
    }),
  whatif: () =>
    whatifCommand().action(async (files, options, command) => {
      const { whatifKind } = await import('./commands/whatif/kinds.ts');
      await whatifKind(files, options, typedOptions(command));
    }),
  inspect: () =>
    inspectCommand().action(async (files, options, command) => {
      const { inspect } = await import('./commands/inspect/run.ts');
      await inspect(files, options, typedOptions(command));
    }),
  ledger: () =>
    ledgerCommand()
      .addCommand(
        addCommand().action(async (book, files, options, command) => {
          const { addFiles } = await import('./commands/ledger/change.ts');
          await addFiles({ file: book, replaced: null, files }, options, typedReading(command), version());
        }),
      )
      .addCommand(listing('list', 'listAdds'))
      .addCommand(listing('show', 'showBook'))
      .addCommand(listing('check', 'check'))
      .addCommand(
        removeCommand().action(async (book, file, options) => {
          const { removeFile } = await import('./commands/ledger/tell.ts');
          await removeFile(book, file, options);
        }),
      )
      .addCommand(
        replaceCommand().action(async (book, file, files, options, command) => {
          const { addFiles } = await import('./commands/ledger/change.ts');
          await addFiles({ file: book, replaced: file, files }, options, typedReading(command), version());
        }),
      ),
  check: () =>
    checkCommand().action(async (files, options, command) => {
      const { check } = await import('./commands/check/run.ts');
      await check(files, options, typedOptions(command));
    }),
  verify: () =>
    verifyCommand().action(async (manifest, options) => {
      const { verify } = await import('./commands/verify/run.ts');
      await verify(manifest, options);
    }),
  layouts: () =>
    layoutsCommand().action(async (word, name, options) => {
      const { layouts } = await import('./commands/layouts/run.ts');
      await layouts(word, name, options);
    }),
  init: () =>
    initCommand().action(async (files, options) => {
      const { init } = await import('./commands/inspect/init.ts');
      await init(files, options);
    }),
  config: () =>
    configCommand().action(async (words, options, command) => {
      const { config } = await import('./commands/config/run.ts');
      await config(words.join(' '), options, command);
    }),
  man: () =>
    manCommand().action(async (words, options, command) => {
      const { man } = await import('./commands/man/run.ts');
      await man(words.join(' '), options, command, version());
    }),
  completion: () =>
    completionCommand().action(async (shell, words, _, command) => {
      const { completion } = await import('./commands/completion/run.ts');
      await completion(shell, words, command);
    }),
  errors: () =>
    errorsCommand().action(async (code, options) => {
      const { errors } = await import('./commands/errors/run.ts');
      await errors(code, options);
    }),
  schema: () =>
    schemaCommand().action(async (name, options) => {
      const [{ schema }, { DOCUMENTS, jsonSchema }] = await Promise.all([
        import('./commands/schema/run.ts'),
        import('./schema/registry.ts'),
      ]);
      await schema(name, options, DOCUMENTS, jsonSchema);
    }),
};

/** A word of `clv ledger` that tells of a book. */
function listing(word: 'list' | 'show' | 'check', run: 'listAdds' | 'showBook' | 'check') {
  return tellingCommand(word).action(async (book, options) => {
    const told = await import('./commands/ledger/tell.ts');
    await told[run](book, options);
  });
}

const EXAMPLES = `Examples:
  $ clv compute fixtures/transactions.csv --margins fixtures/margins.csv
  $ clv compute fixtures/transactions.csv --margin 30% --by region --format json`;
