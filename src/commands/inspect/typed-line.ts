import { shellWord } from '../../base/shell.ts';

/** Options as commander has them, by attribute name. */
export type Values = Readonly<Record<string, unknown>>;

/** An option and its value; null where it takes none. */
export type Setting = readonly [option: string, value: string | null];

/** What an option is called among the values. */
export function attributeOf(option: string): string {
  return option.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Values with one more option: one that may be repeated gathers it, and `--as-is` too. */
export function withSetting(values: Values, [option, value]: Setting): Values {
  const name = attributeOf(option);
  const before = values[name];
  if (Array.isArray(before)) return { ...values, [name]: [...(before as readonly string[]), value] };
  if (option === '--as-is' && typeof before === 'string') return { ...values, [name]: `${before},${value}` };
  return { ...values, [name]: value ?? true };
}

/** The line that runs a command with these options, as it can be pasted. @param options the long names of those that belong in it */
export function lineOf(command: string, files: readonly string[], values: Values, options: readonly string[]): string {
  const named = files.map((file) => shellWord(file.startsWith('-') && file !== '-' ? `./${file}` : file));
  const words = options.flatMap((option) => wordsOf(option, values[attributeOf(option)]));
  return ['clv', command, ...named, ...words].join(' ');
}

function wordsOf(option: string, value: unknown): readonly string[] {
  if (value === undefined || value === false) return [];
  if (value === true) return [option];
  const texts = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
  return texts.flatMap((text) => [option, text === '' ? "''" : shellWord(text)]);
}
