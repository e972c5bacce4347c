import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { ClvError, type Place, type Values, type Warning } from '../../../src/base/errors.ts';
import { warningText } from '../../../src/base/message-text.ts';
import { type ErrorCode, MESSAGES, type MessageCode } from '../../../src/base/messages.ts';
import { renderError } from '../../../src/cli/say/errors.ts';
import { renderWarning } from '../../../src/cli/say/messages.ts';

const codes = Object.keys(MESSAGES) as MessageCode[];
const plain = { color: false };

test('the layout: code, place, text, excerpt with a caret, remedy', () => {
  const place = { file: 'data.csv', line: 1042, column: 17, excerpt: '0417,2024-01-03,oops,north' };
  expect(renderError(new ClvError('E201', { text: 'oops' }, place), plain)).toBe(
    `clv: error[E201] data.csv:1042:17: amount "oops" is not a number
  0417,2024-01-03,oops,north
                  ^
  remedy: correct it, or take the row out with --max-rejects
`,
  );
});

test('what is not known of the place is left out', () => {
  const head = (place?: Place) => renderError(new ClvError('E231', {}, place), plain).split('\n')[0];
  expect(head()).toBe('clv: error[E231] the file is empty');
  expect(head({ file: 'a.csv' })).toBe('clv: error[E231] a.csv: the file is empty');
  expect(head({ file: 'a.csv', line: 3 })).toBe('clv: error[E231] a.csv:3: the file is empty');
  expect(head({ file: 'a.csv', column: 3 })).toBe('clv: error[E231] a.csv: the file is empty');
});

test.each(codes)('%s: placeholders are {names}, or {names|one|many}; each is filled, none is left', (code) => {
  const { text, remedy } = MESSAGES[code];
  const fields = [...`${text}${remedy}`.matchAll(/\{(\w+)(\|[^|{}]*\|[^|{}]*)?\}/g)];
  expect(fields.reduce((rest, [field]) => rest.replace(field, ''), `${text}${remedy}`)).not.toMatch(/[{}]/);
  const values = Object.fromEntries(fields.map(([, name]) => [name!, `<${name}>`]));
  const render = (some: Values) => renderError(new ClvError(code as ErrorCode, some), plain);
  const filled = render(values);
  for (const [, name, words] of fields) if (words === undefined) expect(filled).toContain(`<${name}>`);
  expect(filled).not.toMatch(/[{}]/);
  if (fields.length > 0) expect(render({})).toContain(fields[0]![0]);
});

test('the exit code says what the code says', () => {
  const exits: Record<string, number[]> = { E1: [2], E2: [65], E3: [65], E4: [66, 73, 74, 75], E5: [70], W3: [0] };
  const ofOne: Record<string, number[]> = { E143: [1], E467: [78], E538: [1] };
  const ofServers = [2, 65, 66, 74, 75, 78];
  const ofReports = [2, 65, 73];
  const ofBooks = [2, 65, 66, 73, 74, 75];
  const ofTopics: readonly (readonly [RegExp, number[]])[] = [
    [/^E16[3-8]/, [73, 78]],
    [/^E4[45]/, ofServers],
    [/^E46[1-4]/, ofReports],
    [/^E(4[89]|5[23])/, ofBooks],
    [/^E55/, [2]],
    [/^E56/, [1, 2, 65]],
  ];
  const ofCode = (code: string) =>
    ofOne[code] ?? ofTopics.find(([codes]) => codes.test(code))?.[1] ?? exits[code.slice(0, 2)];
  for (const code of codes) expect(ofCode(code), code).toContain(MESSAGES[code].exit);
});

test('a long line is trimmed to a window around its column', () => {
  const excerpt = `${'a'.repeat(5_000_000)}X${'b'.repeat(5_000_000)}`;
  const [, line, caret] = renderError(
    new ClvError('E201', { text: 'X' }, { file: 'f', line: 1, column: 5_000_001, excerpt }),
    plain,
  ).split('\n');
  expect(line).toMatch(/^ {2}…a+Xb+…$/);
  expect(stringWidth(line!)).toBeLessThanOrEqual(80);
  expect(caret!.indexOf('^')).toBe(line!.indexOf('X'));
});

test('a column past the end points behind the line', () => {
  const [, line, caret] = renderError(
    new ClvError('E233', { found: 2, expected: 3 }, { file: 'f', line: 1, column: 4, excerpt: 'a,b' }),
    plain,
  ).split('\n');
  expect([line, caret]).toEqual(['  a,b', '     ^']);
});

test('data cannot write to the terminal, and the caret knows how wide it is shown', () => {
  const place = { file: 'a\u001b[2J.csv', line: 2, column: 7, excerpt: '\u001b漢🛜e\u0301,oops' };
  const text = renderError(new ClvError('E201', { text: '\u202eoops\n' }, place), plain);
  expect(text).toContain('a\\u{1b}[2J.csv:2:7: amount "\\u{202e}oops\\u{a}"');
  const [, line, caret] = text.split('\n');
  expect(stringWidth(line!.slice(0, line!.indexOf('oops')))).toBe(caret!.indexOf('^'));
  expect(text).not.toMatch(/[^\P{C}\n]/u);
});

test('a long value is cut, a system error named', () => {
  expect(renderError(new ClvError('E201', { text: 'x'.repeat(1e6) }), plain).length).toBeLessThan(700);
  expect(renderError(new ClvError('E421', { detail: 'ENOSPC' }), plain)).toContain('writing failed: no space is left');
  expect(renderError(new ClvError('E421', { detail: 'constructor' }), plain)).toContain('writing failed: constructor');
});

test('warnings look alike, and a remedy that is empty takes no line', () => {
  const warning: Warning = { code: 'W303', values: { count: 3, customers: 100, from: 'last' } };
  const text = '3 of 100 customers changed their segment: each counts in that of the last transaction';
  expect(renderWarning(warning, plain)).toBe(`clv: warning[W303] ${text}\n`);
  expect(warningText(warning)).toBe(text);
  expect(renderWarning(warning, { color: true })).toContain('\u001b[33m');
});

test('a count of one takes the word of one', () => {
  const text = (count: number | string) => warningText({ code: 'W304', values: { count } });
  expect(text(1)).toMatch(/^1 customer has a mean margin/);
  expect(text('1')).toMatch(/^1 customer has/);
  for (const count of [0, 2, 11, 21, '1,001']) expect(text(count)).toMatch(new RegExp(`^${count} customers have`));
  expect(text('{count|a|b}')).toMatch(/^\{count\|a\|b\} customers have/);
});
