import type { RemoteCase, RemoteValues } from '../../../data/remote-table.ts';
import type { Cells } from './cells.ts';

/** Characters that a literal has no place for, or that a person could not paste. */
const ESCAPES: Readonly<Record<string, string>> = { '\0': '\\0', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&').replaceAll(/[\0\n\r\t]/g, (mark) => ESCAPES[mark]!)}'`;
}

/** The value of the first test that holds, or the rest. */
export function either(
  cases: readonly (readonly [test: string, value: string | number])[],
  rest: string | number,
): string {
  if (cases.length === 0) return String(rest);
  return `multiIf(${cases.map(([test, value]) => `${test}, ${value}, `).join('')}${rest})`;
}

/** The first text of some columns that is not blank. */
export function firstText(columns: readonly number[], cells: Pick<Cells, 'text'>): string {
  const texts = columns.map(cells.text);
  return either(
    texts.map((text) => [`${text} <> ''`, text] as const),
    `''`,
  );
}

/**
 * Whether a trimmed text is one of some values. Both are put into lower case by the server, so that a text always equals itself;
 * a pattern is one of any text that is not blank.
 */
export function holds({ written }: RemoteValues, text: string): string {
  const values = written.map((value) => value.trim());
  const [whole, patterns] = [values.filter((value) => !isPattern(value)), values.filter(isPattern)];
  const lower = `lowerUTF8(${text})`;
  const tests = [
    ...(whole.length > 0
      ? [`${lower} IN (${whole.map((value) => `lowerUTF8(${literal(plainOf(value))})`).join(', ')})`]
      : []),
    ...patterns.map((value) => `(${text} <> '' AND match(${lower}, lowerUTF8(${literal(expressionOf(value))})))`),
  ];
  return tests.length === 0 ? '0' : `(${tests.join(' OR ')})`;
}

function isPattern(value: string): boolean {
  return /(?<!\\)[*?]/.test(value);
}

/** `\*` and `\?` are these marks themselves. */
function plainOf(value: string): string {
  return value.replace(/\\([*?])/g, '$1');
}

function expressionOf(value: string): string {
  const parts = (value.match(/\\[*?]|./gsu) ?? []).map((mark) => {
    if (mark === '*') return '.*';
    if (mark.length > 1 && /[*?]$/.test(mark)) return mark;
    return mark === '?' ? '.' : mark.replace(/[\\^$.+()[\]{}|]/, '\\$&');
  });
  return `(?s)^${parts.join('')}$`;
}

export function caseHolds(condition: RemoteCase, cells: Pick<Cells, 'text'>): string {
  const tests = condition.map(({ column, values }) => holds(values, cells.text(column)));
  return tests.length === 0 ? '1' : `(${tests.join(' AND ')})`;
}

/** Whether any of some conditions holds. */
export function anyHolds(conditions: readonly RemoteCase[], cells: Pick<Cells, 'text'>): string {
  return conditions.length === 0 ? '0' : `(${conditions.map((one) => caseHolds(one, cells)).join(' OR ')})`;
}
