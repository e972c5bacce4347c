import { Command } from '@commander-js/extra-typings';
import { outputOptions, quietOption, readingCommand } from '../../cli/shared-options.ts';

const EXAMPLES = `
Examples:
  clv ledger add shop.clv exports/2026-01.csv exports/2026-02.csv --once "Order ID"
  clv ledger list shop.clv
  clv ledger replace shop.clv exports/2026-02.csv exports/2026-02-corrected.csv --once "Order ID"
  clv ledger check shop.clv
  clv compute shop.clv --margin 30%

A book is one database file of DuckDB, and every command takes it in place of FILES. A change is made on a copy that takes the
place of the book when it is done: one that fails or is killed leaves the book as it was. Exit codes: 0 done, 2 usage, 65 bad
data, 66 no input, 73 and 74 the book or the output cannot be written, 75 busy.`;

/** `clv ledger`: what may be typed. */
export function ledgerCommand() {
  return new Command('ledger')
    .description('transactions that stay: add exports to a book, list them, check it, take a file out')
    .addHelpText('after', EXAMPLES);
}

/** How a change of a book is read and told. */
function changing(name: 'add' | 'replace') {
  const command = readingCommand(name)
    .option(
      '--keep <columns>',
      'columns that later options may name (all when absent; of a wide export those of its layout)',
    )
    .option('--restate', 'with --once: records with other contents take the place of those that came before')
    .option('--currency <code>', 'ISO code of the amounts')
    .optionsGroup('Output');
  return quietOption(outputOptions(command))
    .option('--fail-on <codes>', 'end with exit 1 and change nothing where one of these warnings is told, or all')
    .option('--no-color', 'no colors');
}

/** `clv ledger add`. */
export function addCommand() {
  return changing('add')
    .description('read exports into a book; it is made where there is none')
    .argument('<book>', 'the file of the book, or its address on ClickHouse')
    .argument(
      '<files...>',
      'exports of one kind (CSV, .csv.gz, .xlsx or Parquet), their folder, or - for standard input',
    );
}

/** `clv ledger replace`. */
export function replaceCommand() {
  return changing('replace')
    .description('take a file out of a book and read others in its place')
    .argument('<book>', 'the file of the book, or its address on ClickHouse')
    .argument('<file>', 'name of the file as it was added, or the first digits of its sha256')
    .argument('<files...>', 'the exports in its place');
}

/** Words that need no options of reading. */
function telling(name: string) {
  return quietOption(outputOptions(new Command(name))).option('--no-color', 'no colors');
}

/** `clv ledger list`, `show` and `check`. */
export function tellingCommand(name: 'list' | 'show' | 'check') {
  const words = {
    list: 'the files of a book, those that were taken out too',
    show: 'what a book holds',
    check: 'count everything in a book, and hold it against its accounts',
  };
  return telling(name)
    .description(words[name])
    .argument('<book>', 'the file of the book, or its address on ClickHouse');
}

/** `clv ledger remove`. */
export function removeCommand() {
  return telling('remove')
    .description('take a file out of a book: its records count no more')
    .argument('<book>', 'the file of the book, or its address on ClickHouse')
    .argument('<file>', 'name of the file as it was added, or the first digits of its sha256');
}

export type ChangeOptions = ReturnType<ReturnType<typeof addCommand>['opts']>;
export type TellOptions = ReturnType<ReturnType<typeof removeCommand>['opts']>;
