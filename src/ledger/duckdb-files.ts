import type { PlainFile } from '../base/transactions.ts';

/**
 * A proven file as a subquery `customer_id, day, amount, k0 …`: everything pinned, nothing detected, and a null string that
 * cannot occur, since a proven file has no NUL.
 * @param link the file as an SQL literal, a link with a name of ours
 */
export function plainRows(link: string, file: PlainFile): string {
  const types = Array.from({ length: file.fields }, (_, i) => {
    if (i === file.date) return `f${i}: 'DATE'`;
    return `f${i}: '${i === file.amount ? 'DECIMAL(18,4)' : 'VARCHAR'}'`;
  });
  const options = [
    'auto_detect = false',
    'header = true',
    'strict_mode = true',
    `delim = '${file.delimiter}'`,
    `quote = '"'`,
    `escape = '"'`,
    `new_line = '${file.newline === '\n' ? '\\n' : '\\r\\n'}'`,
    `nullstr = '\u0001\u0002\u0001'`,
    `dateformat = '%Y-%m-%d'`,
    `decimal_separator = '.'`,
    `columns = {${types.join(', ')}}`,
  ];
  const keys = file.keys.map((field, i) => `, f${field} AS k${i}`);
  return `SELECT f${file.customer} AS customer_id, f${file.date} AS day, f${file.amount} AS amount${keys.join('')}
FROM read_csv(${link}, ${options.join(', ')})`;
}
