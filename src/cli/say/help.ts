import { type CommandUnknownOpts, Help, type Option } from '@commander-js/extra-typings';

/** What is asked for with `--help all`: every option by its topic. */
const ALL = 'all';
/** A command with no more options than these shows all of them. */
const FEW = 14;
const READING = ['--customer', '--date', '--amount'];
const MARGIN = ['--margin', '--margins'];
const PRICED = [...READING, ...MARGIN];
const ADDING = [...READING, '--layout', '--where', '--date-format', '--timezone', '--currency', '--max-rejects'];
/** What most people use of every command. */
const COMMON = ['--format', '--output', '--help'];
/** What most people use of a command besides, by its name. */
export const USUAL: Readonly<Record<string, readonly string[]>> = {
  compute: [...PRICED, '--as-of', '--discount-rate', '--horizon', '--by', '--contract', '--customers'],
  explain: [...PRICED, '--as-of', '--discount-rate', '--horizon', '--id', '--by-period', '--contract'],
  validate: [...PRICED, '--as-of', '--holdout', '--models', '--contract'],
  statement: [...PRICED, '--from', '--to', '--every', '--by', '--discount-rate', '--contract'],
  close: [...MARGIN, '--as-of', '--discount-rate', '--horizon', '--by', '--reopen', '--contract'],
  mrr: [...READING, '--contract', '--as-of', '--every', '--by', '--movements', '--section'],
  share: [
    ...PRICED,
    ...['--us', '--market', '--market-equity', '--market-customers', '--market-avg-clv', '--switching'],
  ],
  audit: [...PRICED, '--as-of', '--by', '--period', '--every', '--top', '--contract'],
  cohorts: [...PRICED, '--as-of', '--discount-rate', '--every', '--by', '--acquisition', '--section'],
  whatif: [
    ...PRICED,
    ...['--set', '--scenarios', '--acquisition-cost', '--campaign-cost', '--discount-rate', '--contract'],
  ],
  inspect: [...READING, '--layout', '--where', '--date-format', '--timezone', '--draft-layout'],
  check: [...READING, '--layout', '--where', '--assert', '--max-rejects'],
  add: [...ADDING, '--keep'],
  replace: ADDING,
};

/** Whether the words ask for every option. */
export function asksForAll(words: readonly string[]): boolean {
  return words.some((word, i) => (word === '--help' || word === '-h') && words[i + 1] === ALL);
}

/** Help that shows the options most people use, and how to see the others. */
export const USUAL_HELP = {
  visibleOptions: (command: CommandUnknownOpts): Option[] => {
    const every = new Help().visibleOptions(command);
    const usual = [...COMMON, ...(USUAL[command.name()] ?? [])];
    return hasMore(command, every) ? every.filter(({ long }) => usual.includes(long ?? '')) : every;
  },
  formatHelp: (command: CommandUnknownOpts, help: Help): string => {
    const plain = new Help();
    const text = plain.formatHelp(command, help);
    if (!hasMore(command, plain.visibleOptions(command))) return text;
    return `${text}\nOther options, by topic: ${plain.commandUsage(command).split(' [')[0]} --help ${ALL}\n`;
  },
};

function hasMore(command: CommandUnknownOpts, options: readonly Option[]): boolean {
  return options.length > FEW && Object.hasOwn(USUAL, command.name());
}
