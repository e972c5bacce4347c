import { Command } from '@commander-js/extra-typings';
import { sectionOption } from '../../cli/output/section-option.ts';
import { outputOptions, quietOption } from '../../cli/shared-options.ts';
import { SECTIONS } from './sections.ts';

const EXAMPLES = `
Examples:
  clv diff shop.clv@2025-03-31 shop.clv@2025-06-30
  clv diff shop.clv@1 shop.clv@last --format json
  clv diff january.json february.json

A close is its book, @, and its number, its date or last. Exit codes: 0 alike, 1 different, 2 usage, 65 bad data, 66 no input,
73 and 74 output, 75 busy.`;

/** `clv diff`: what may be typed. */
export function diffCommand() {
  const command = new Command('diff')
    .description('what differs between two closes of a book, or between two results of a command in JSON')
    .argument('<a>', 'a close, as shop.clv@2025-03-31, or a result in JSON')
    .argument('<b>', 'what it is compared with')
    .option('--top <n>', 'customers with the largest changes', '10')
    .option(...sectionOption('csv and ndjson', SECTIONS));
  return quietOption(outputOptions(command)).option('--no-color', 'no colors').addHelpText('after', EXAMPLES);
}

export type DiffOptions = ReturnType<ReturnType<typeof diffCommand>['opts']>;
