import { ClvError } from '../../base/errors.ts';
import { noSection } from '../../reporter/format.ts';
import type { ListName } from './section-option.ts';

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

function nameOf(list: ListName): string {
  return typeof list === 'string' ? list : list[0];
}
