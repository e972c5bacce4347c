import { type CommandUnknownOpts, Help, type Option } from '@commander-js/extra-typings';

/** What is asked for with `--help all`: every option by its topic. */
const ALL = 'all';
/** A command with no more options than these shows all of them. */
const FEW = 14;
/** Options that most people use, of all commands. */
const USUAL = new Set([
  ...['--customer', '--date', '--amount', '--margin', '--margins', '--contract'],
  ...['--as-of', '--discount-rate', '--horizon', '--by', '--format', '--output', '--help'],
  ...['--id', '--by-period', '--from', '--to', '--every', '--holdout', '--models'],
  ...['--market', '--market-equity', '--market-customers', '--market-avg-clv', '--switching', '--us'],
  ...['--set', '--scenarios', '--acquisition-cost', '--acquisition', '--draft-layout', '--reopen'],
  ...['--keep', '--restate'],
]);

/** Whether the words ask for every option. */
export function asksForAll(words: readonly string[]): boolean {
  return words.some((word, i) => (word === '--help' || word === '-h') && words[i + 1] === ALL);
}

/** Help that shows the options most people use, and how to see the others. */
export const USUAL_HELP = {
  visibleOptions: (command: CommandUnknownOpts): Option[] => {
    const every = new Help().visibleOptions(command);
    return hasMore(every) ? every.filter(({ long }) => USUAL.has(long ?? '')) : every;
  },
  formatHelp: (command: CommandUnknownOpts, help: Help): string => {
    const plain = new Help();
    const text = plain.formatHelp(command, help);
    if (!hasMore(plain.visibleOptions(command))) return text;
    return `${text}\nOther options, by topic: ${plain.commandUsage(command).split(' [')[0]} --help ${ALL}\n`;
  },
};

function hasMore(options: readonly Option[]): boolean {
  return options.length > FEW;
}
