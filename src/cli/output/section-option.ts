/** A list that the reports of a command can have, by its name for `--section`; in a pair, only where that option is given. */
export type ListName = string | readonly [name: string, option: string];

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
