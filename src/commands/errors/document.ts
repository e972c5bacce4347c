import { variantsOf, withoutCounts } from '../../base/message-text.ts';
import { MESSAGES, type MessageCode } from '../../base/messages.ts';
import { listOf } from '../../data/lists.ts';
import type { Cell, Column, Report, View } from '../../data/report.ts';
import { heading } from '../../report/found.ts';
import { listView } from '../../report/views.ts';

export const ERRORS: readonly Column[] = [
  { name: 'code', kind: 'text' },
  { name: 'exit', kind: 'integer' },
  { name: 'text', kind: 'text' },
  { name: 'remedy', kind: 'text' },
  { name: 'docs', kind: 'text' },
];

/** Of a code that tells of many things, each of them. */
export const CASES: readonly Column[] = [
  { name: 'code', kind: 'text' },
  { name: 'text', kind: 'text' },
  { name: 'remedy', kind: 'text' },
];

/**
 * The report of `clv errors`.
 * @param docs the files that speak of each code
 * @param one the code that is asked for; null: all
 */
export function errorsReport(
  codes: readonly MessageCode[],
  docs: ReadonlyMap<string, readonly string[]>,
  one: MessageCode | null,
): Report {
  const rows = codes.map((code): Cell[] => {
    const { exit, text, remedy } = MESSAGES[code];
    return [code, String(exit), withoutCounts(text), withoutCounts(remedy), docs.get(code)?.join(', ') ?? null];
  });
  const cases = codes.flatMap((code) => variantsOf(code).map(({ text, remedy }): Cell[] => [code, text, remedy]));
  return {
    command: 'errors',
    document: [
      ...heading('errors'),
      ['errors', listOf('errors', ERRORS, rows)],
      ['cases', listOf('cases', CASES, cases)],
    ],
    main: 'errors',
    views: one === null ? [ALL] : oneViews(rows[0]!, cases.length > 0),
  };
}

const ALL: View = listView('Errors (E) and warnings (W)', 'errors', {
  code: 'Code',
  exit: 'Exit',
  text: 'Text',
  remedy: 'Remedy',
});

function oneViews([code, exit, text, remedy, docs]: readonly Cell[], hasCases: boolean): readonly View[] {
  const facts = [
    { label: 'Says', value: text! },
    { label: 'Remedy', value: remedy! },
    { label: 'Exit code', value: code!.startsWith('W') ? `${exit}, or 1 where --fail-on names it` : exit! },
    { label: 'Read on', value: docs ?? 'docs/errors.md' },
  ];
  return [
    { type: 'facts', title: `${code!.startsWith('W') ? 'Warning' : 'Error'} ${code}`, facts },
    ...(hasCases ? [listView('What it tells of', 'cases', { text: 'Text', remedy: 'Remedy' })] : []),
  ];
}
