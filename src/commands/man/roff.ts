/** What a page of the manual is made of. */
export interface Page {
  /** clv-compute */
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly usage: string;
  /** Topics with their options: what is typed, and what it does. */
  readonly groups: readonly { readonly title: string; readonly terms: readonly (readonly [string, string])[] }[];
  /** What stands after the help, as it is. */
  readonly notes: string;
  /** Names of other pages. */
  readonly also: readonly string[];
}

/** A page of the manual as man(7) reads it. It has no date, so that the same version makes the same page. */
export function roff({ name, version, description, usage, groups, notes, also }: Page): string {
  const topics = groups.flatMap(({ title, terms }) => [
    `.SH ${quoted(title.toUpperCase())}`,
    ...terms.flatMap(([term, words]) => ['.TP', `.B ${line(term)}`, line(words)]),
  ]);
  return `${[
    `.TH ${quoted(name.toUpperCase())} 1 "" ${quoted(`clv ${version}`)}`,
    '.SH NAME',
    `${line(name)} \\- ${line(description)}`,
    '.SH SYNOPSIS',
    line(usage),
    ...topics,
    ...(notes === '' ? [] : ['.SH NOTES', '.nf', ...notes.split('\n').map(line), '.fi']),
    ...(also.length === 0 ? [] : ['.SH SEE ALSO', also.map((one) => `.BR ${line(one)} (1)`).join('\n')]),
  ].join('\n')}\n`;
}

/** A text that nothing in it formats: no escapes, no request at its start, hyphens that can be copied. */
function line(text: string): string {
  const plain = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll("'", '\\(aq');
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}

function quoted(text: string): string {
  return `"${line(text).replaceAll('"', '""')}"`;
}
