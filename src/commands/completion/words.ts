import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';

/** Values that are known by a name, by the option that takes them. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

/** What may follow. */
export interface Following {
  readonly words: readonly string[];
  /** Files of which the columns may follow, where an option names columns. */
  readonly columnsOf: readonly string[];
}

const NOTHING: Following = { words: [], columnsOf: [] };
/** What names one column or several, and what begins with one. */
const COLUMNS = /<(columns?|values|value|conditions)>$/;

/** What may follow the words that are typed, of which the last is begun: of a command line, without looking at files. */
export function following(program: CommandUnknownOpts, typed: readonly string[], known: KnownValues): Following {
  const [begun, before] = [typed.at(-1) ?? '', typed.slice(0, -1)];
  let command = program;
  const files: string[] = [];
  let taking: Option | undefined;
  for (const word of before) {
    if (taking) {
      taking = undefined;
      continue;
    }
    const inner = command.commands.find((one) => one.name() === word);
    if (inner) command = inner;
    else if (word.startsWith('-')) taking = valued(command, program, word);
    else files.push(word);
  }
  if (taking) {
    const named = known[taking.long!];
    if (named) return { words: named, columnsOf: [] };
    return COLUMNS.test(taking.flags) ? { words: [], columnsOf: files } : NOTHING;
  }
  if (begun.startsWith('-')) {
    const options = [...command.options, ...program.options].filter((option) => !option.hidden);
    return { words: [...options.map((option) => option.long!), '--help'], columnsOf: [] };
  }
  return { words: files.length > 0 ? [] : command.commands.map((one) => one.name()), columnsOf: [] };
}

/** The option of a word, where the next word is its value. */
function valued(command: CommandUnknownOpts, program: CommandUnknownOpts, word: string): Option | undefined {
  return [...command.options, ...program.options].find(
    (option) => (option.short === word || option.long === word) && option.required,
  );
}
