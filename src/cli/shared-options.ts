import { Command, type CommandUnknownOpts, type OptionValues } from '@commander-js/extra-typings';
import { shellWord } from '../base/shell.ts';
import { ManifestAsked, type OptionTaken } from './manifest/asked.ts';

const COUNTING_MODELS =
  'auto (chosen by the data and said), pareto-nbd, bg-nbd, mbg-nbd, ggom-nbd, bg-cnbd-k or mbg-cnbd-k';

/** How and where every command writes its report. */
export function outputOptions<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  return command
    .option('--format <name>', 'table, json, ndjson, csv, markdown, html or xlsx')
    .option(
      '-o, --output <file>',
      'write to a file, whose ending chooses the format; may be repeated',
      (file: string, before: readonly string[] | undefined) => gathered(file, before ?? []),
    )
    .option('--out-dir <folder>', 'write report.html, result.json and every list as CSV to a folder')
    .option(
      '--excel <mark>',
      'CSV for a spreadsheet program with this decimal mark, . or , : opens right by a double click',
    )
    .option('--plain', 'no bars and lines of marks in tables on a terminal');
}

/** How much is said beside it. */
export function quietOption<A extends unknown[], O extends OptionValues, G extends OptionValues>(
  command: Command<A, O, G>,
) {
  return command.option(
    '-q, --quiet',
    'no notes on stderr, only warnings and errors; -qq: only errors',
    (_: unknown, times: number) => times + 1,
    0,
  );
}

/** The stages of a command that values. */
function verboseOption<A extends unknown[], O extends OptionValues, G extends OptionValues>(command: Command<A, O, G>) {
  return command.option(
    '--verbose',
    'each stage with its time on stderr: reading, rolling up, fitting, valuing, writing',
  );
}

/** The long names of the options that say only where and how a report is written, and what fails it. */
export const WRITING_NAMES =
  '--format --output --out-dir --excel --plain --manifest --quiet --verbose --fail-on --no-color'.split(' ');

/** A command that reads exports: how they are read. Values are checked in settings.ts. */
export function readingCommand(name: string) {
  return new Command(name)
    .optionsGroup('Columns and reading')
    .option('--customer <column>', "column of the customer id; 'A|B' takes the first that is not blank")
    .option('--date <column>', 'column of the date')
    .option(
      '--amount <column>',
      "column of the amount, or arithmetic: 'Total - Refunded', 'Quantity * Price', 'first(A, B)'",
    )
    .option('--delimiter <character>', 'comma, semicolon, tab or bar (found when absent)')
    .option('--encoding <name>', 'encoding of the files (UTF-8, or UTF-16 by its mark, when absent)')
    .option('--sheet <name>', 'sheet of a workbook, by its name or number (the first when absent)')
    .option('--date-format <pattern>', "e.g. DD/MM/YYYY, MMM-DD-YY, excel, 'as written' (found when absent)")
    .option(
      '--calendar <name>',
      'of the years: gregorian, buddhist, persian, minguo, japanese (told by them when absent)',
    )
    .option('--decimal-mark <mark>', '. or , (found when absent)')
    .option('--timezone <zone>', 'zone that decides the day of timestamps with an offset')
    .option('--round-amounts <decimals>', 'round amounts with more decimals, half-even, instead of rejecting them')
    .optionsGroup('What the rows mean')
    .option('--layout <name>', 'of a known export, or a file of your own, or none (found by the header when absent)')
    .option(
      '--where <values>',
      "rows that count: 'Status=paid,shipped' or 'Status!=test'; may be repeated",
      gathered,
      [],
    )
    .option('--minus <values>', "rows whose amount is taken away: 'Type=refund'; may be repeated", gathered, [])
    .option('--zero <values>', "rows that are worth nothing: 'Status=refunded'; may be repeated", gathered, [])
    .option('--net', 'the net amount of the layout: without tax and shipping')
    .option('--order <column>', 'the order that rows are lines of')
    .option('--lines <kind>', 'of an order: parts (each has an amount) or total (each repeats that of the order)')
    .option('--currency-column <column>', 'column of the currency code')
    .option('--only-currency <code>', 'leave out the rows in other currencies')
    .option('--rates <file>', 'currency, rate, from, to: convert all amounts into one currency, that of --currency')
    .option('--once <column>', 'drop and count rows whose value here came before')
    .option('--alias <file>', 'id, customer: one person under several ids')
    .option('--fold-email', 'compare e-mail addresses in lower case')
    .option('--fold-ids', 'compare ids without what no one sees: 17850.0 is 17850')
    .option('--fill-down <column>', 'a column that stands once above its rows')
    .option('--stop-at <value>', "where the table ends: 'Date=TOTAL'")
    .option(
      '--as-is <what>',
      'not to be refused: currency, status, refunds, price, ids, repeats, empty (files), separated by commas',
    )
    .option('--left-out <file>', 'write every record that is no transaction, with its reason, to a CSV file')
    .optionsGroup('Rows that cannot be read')
    .option('--rejects <file>', 'write every rejected record with its place to a CSV file')
    .option('--max-rejects <n>', 'leave out up to so many rejected records, e.g. 10 or 0.5%');
}

export type ReadingOptions = ReturnType<ReturnType<typeof readingCommand>['opts']>;

/** A command that reads transactions and values customers: the options they all share. Values are checked in settings.ts. */
export function valuationCommand(name: string) {
  const command = readingCommand(name)
    .optionsGroup('Margin')
    .option('--margin <rate>', 'margin of all revenue, or of what --margins leaves open, e.g. 30%')
    .option('--margins <file>', 'margin or unit_cost (one of them in each row) by product, region … and period')
    .option('--costs <file>', 'customer, date, cost: reduces margin')
    .optionsGroup('Valuation')
    .option('--as-of <date>', 'valuation date (the last date when absent)')
    .option('--discount-rate <rate>', 'annual effective discount rate', '10%')
    .option('--horizon <span>', 'lifetime, or e.g. 36m, 5y, 90d (default: lifetime, or 3y where nobody stops buying)')
    .option(
      '--model <name>',
      'auto (chosen by the data and said), pareto-nbd, bg-nbd, mbg-nbd, ggom-nbd, bg-cnbd-k, mbg-cnbd-k or bg-bb',
      'auto',
    )
    .option('--regularity <k>', 'k of --model mbg-cnbd-k or bg-cnbd-k (that of the highest likelihood when absent)')
    .option('--opportunity <span>', 'purchase occasions that --model bg-bb counts: 1y, 1q or 1m')
    .option(
      '--season <kind>',
      'months in which customers buy more or less: auto (from 450 days of data; the default), month or none',
    )
    .option('--use-model <file>', 'value by saved parameters instead of fitting')
    .option('--spend <name>', 'model of spend: gamma-gamma (when absent), or mean (own mean, else the segment mean)')
    .option(
      '--spend-from <purchases>',
      'mean margin from all or repeat purchases (default: all, or what a file of --use-model was fitted to)',
    )
    .option('--currency <code>', 'ISO code; sets the minor unit (2 decimals when absent)')
    .optionsGroup('Output');
  return verboseOption(quietOption(outputOptions(command)))
    .option(
      '--manifest <file>',
      'write what went in and out, with hashes, options and versions, to a file for clv verify',
      ManifestAsked.parse,
    )
    .option(
      '--fail-on <codes>',
      'end with exit 1 and write nothing where one of these warnings is told, e.g. W302,W311, or all',
    )
    .option('--no-color', 'no colors');
}

/** Values of an option that may be repeated. */
function gathered(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

export type ValuationOptions = ReturnType<ReturnType<typeof valuationCommand>['opts']>;

/** A command whose help leaves out options that it refuses, with a reason of its own for each. */
export function refusing<C extends CommandUnknownOpts>(command: C, refused: readonly string[]): C {
  for (const option of command.options) {
    if (refused.includes(option.long!)) option.hideHelp();
    if (option.long === '--model' && refused.includes('--opportunity')) option.description = COUNTING_MODELS;
  }
  return command;
}

/** The options that say how exports are read, by their long names. */
export function readingNames(): readonly string[] {
  return readingCommand('').options.map((option) => option.long!);
}

/** Where what is as good as typed stands. */
const TYPED = ['cli', 'env', 'config'];

/** The options that stand on the command line, or are set as if they did, by their long names. @param sources where they stand */
export function typedOptions(command: CommandUnknownOpts, sources: readonly string[] = TYPED): readonly string[] {
  const given = command.options.filter((option) =>
    sources.includes(command.getOptionValueSource(option.attributeName()) ?? ''),
  );
  return given.map((option) => option.long!);
}

/** The options that have a value, each with its origin; those that were left out and mean nothing then are not among them. */
export function optionsTaken(command: CommandUnknownOpts): readonly OptionTaken[] {
  return command.options.flatMap((option) => {
    const value: unknown = command.getOptionValue(option.attributeName());
    const text = Array.isArray(value) ? value.map(shellWord).join(' ') : value === true ? '' : String(value);
    const origin = command.getOptionValueSource(option.attributeName());
    const idle = value === undefined || value === false || (Array.isArray(value) && value.length === 0);
    if (idle || (origin === 'default' && value === true)) return [];
    return [{ option: option.long!, value: text, origin: origin === 'cli' ? 'typed' : (origin ?? 'default') }];
  });
}

/** The options of reading as they stand on the command line, to be typed again. */
export function typedReading(command: CommandUnknownOpts): readonly string[] {
  return typedWords(command, readingNames());
}

/** Options as they stand on the command line, to be typed again. @param names those that are wanted; all when absent */
export function typedWords(command: CommandUnknownOpts, names: readonly string[] | null = null): readonly string[] {
  return typedOptions(command)
    .filter((option) => names === null || names.includes(option))
    .flatMap((name) => {
      const option = command.options.find((one) => one.long === name)!;
      const value: unknown = command.getOptionValue(option.attributeName());
      const values = Array.isArray(value) ? value : [value];
      return values.map((one) => (typeof one === 'boolean' ? name : `${name} ${shellWord(String(one))}`));
    });
}

/** Models by groups, where a command values by several. */
export const FIT_BY = ['--fit-by <columns>', 'models of their own for each group by these columns'] as const;
export const POOL_SMALL = [
  '--pool-small',
  'value groups too small for models of their own by those of all customers',
] as const;

/** The error of the model, where a command has prediction intervals. */
export const MODEL_ERROR = [
  '--model-error <size>',
  'error of the model in prediction intervals: auto (learned from earlier days), none, or e.g. 12%',
  'auto',
] as const;

/** What may be typed of it. */
export interface ModelErrorOption {
  readonly modelError?: string;
}
