import { ClvError } from '../../base/errors.ts';
import { noSection } from '../../reporter/format.ts';

/** A list that the reports of a command can have, by its name for `--section`; in a pair, only where that option is given. */
export type ListName = string | readonly [name: string, option: string];

/** What was typed: `section`, and options by their names. */
type Typed = { readonly section?: string | undefined } & { readonly [option: string]: unknown };

/** The lists that a report can have, and the one that was asked for. */
export interface Sections {
  readonly asked: string | undefined;
  readonly names: readonly string[];
}

/**
 * The lists that a report can have under options, known before anything is read.
 * @throws ClvError E109 where none of them is the one that was asked for, E112 where it needs an option that is not given
 */
export function sectionsAsked(options: Typed, lists: readonly ListName[]): Sections {
  const { section } = options;
  const has = (list: ListName): boolean => typeof list === 'string' || options[list[1].slice(2)] !== undefined;
  const missing = lists.find((list) => nameOf(list) === section && !has(list));
  if (missing !== undefined) throw new ClvError('E112', { option: `--section ${section}`, other: missing[1]! });
  const names = lists.filter(has).map(nameOf);
  if (section !== undefined && !names.includes(section)) noSection(section, names);
  return { asked: section, names };
}

/** The option `--section` of a command. @param formats those that carry one list */
export function sectionOption(formats: string, ...kinds: readonly (readonly ListName[])[]) {
  const names = [...new Set(kinds.flat().map(shown))];
  return [
    '--section <name>',
    `the list that ${formats} carry: ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`,
  ] as const;
}

function shown(list: ListName): string {
  return typeof list === 'string' ? list : `${list[0]} (${list[1]})`;
}

function nameOf(list: ListName): string {
  return typeof list === 'string' ? list : list[0];
}
