import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts that would do harm where a text of data is obeyed: here they would at most change a title or make a file named owned. */
export const HOSTILE: readonly string[] = [
  ...['=1+1', '+1+1', '-1+1', '@SUM(1)', '\t=1+1', '＝2+2', '=HYPERLINK("file:///owned")', ' =3+3'],
  ...['<script>document.title="owned"</script>', '</style><svg onload="document.title=2">'],
  ...['"><img src=x onerror="document.title=1">', '</title></textarea>', '&lt;b&gt;', '{{7*7}}', `\${7*7}`],
  ...['evil\x1b[2J\x1b]0;owned\x07', '\u202egnp.exe', 'a\u200bb', 'line\nbreak', '\u009b31m'],
  ...['| a | b |', '# head', '[x](javascript:alert(1))', '![x](file:///owned)', '\\', '$&', '%s%n'],
  ...["'; DROP TABLE customers; --", '"; SELECT 1; --', '$(touch owned)', '`touch owned`', '../../owned'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'],
];

/** Columns of such names beside those of a transaction: two for segments. */
export const HOSTILE_COLUMNS = ['=cmd()<b>\x1b[31m', '__proto__'] as const;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The example transactions, those who bought most and all segments under hostile names. */
export function hostileLog(): string {
  const text = readFileSync(join(import.meta.dirname, '../fixtures/transactions.csv'), 'utf8');
  const rows = Array.from(
    // Customer 000999 stands in a note.
    text.matchAll(/^(?!000999)(\d+),(\d{4}-[\d-]+),(-?[\d.]+),(\w*),/gm),
    ([, ...cells]) => cells as string[],
  );
  const counts = new Map<string, number>();
  for (const [id] of rows) counts.set(id!, (counts.get(id!) ?? 0) + 1);
  const ids = [...counts].sort(([, a], [, b]) => b - a).map(([id]) => id);
  const numbers = new Map(ids.map((id, at) => [id, at]));
  const lines = rows.map(([id, date, amount, region]) => {
    const number = numbers.get(id!)!;
    return [HOSTILE[number] ?? id!, date!, amount!, HOSTILE[number % HOSTILE.length]!, region!];
  });
  const header = ['customer_id', 'date', 'amount', ...HOSTILE_COLUMNS];
  return [header, ...lines].map((line) => `${line.map(quoted).join(',')}\n`).join('');
}
