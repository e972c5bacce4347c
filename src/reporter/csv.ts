import { type Cell, type Column, flatNames, type Report, type Section } from '../data/report.ts';
import { type ExcelMark, excelCells, SEPARATORS } from './csv-excel.ts';
import { chooseSection, type Format, type FormatOptions } from './format.ts';
import { rowChunks } from './rows.ts';

/**
 * One list under its contract names, quoted as in RFC 4180. Lines end in LF, not its CRLF: every reader takes both, and
 * diff, sort and cut take only LF. Unknown is an empty cell.
 */
export const csv: Format = { name: 'csv', extensions: ['.csv'], write };

async function* write(report: Report, options: FormatOptions): AsyncGenerator<string | Uint8Array> {
  const { columns, ...section } = chooseSection(report, options.section);
  if (options.excel) return yield* excelText({ ...section, columns }, options.excel);
  yield `${columns
    .flatMap(headers)
    .map((name) => quoted(name))
    .join(',')}\n`;
  const written = await section.written?.csv?.();
  if (written) return yield* written;
  yield* rowChunks(
    { ...section, columns },
    { before: columns.map((_, index) => (index === 0 ? '' : ',')), cell: columns.map(cellWriter), after: '\n' },
  );
}

/** The same as a spreadsheet program opens it by a double click: its mark of UTF-8, its separators and ends of lines. */
async function* excelText(section: Section, mark: ExcelMark): AsyncGenerator<string> {
  const separator = SEPARATORS[mark];
  const { columns } = section;
  const plain = (text: string): string => quoted(guarded(text), separator);
  yield `\ufeff${columns
    .flatMap(headers)
    .map((name) => quoted(name, separator))
    .join(separator)}\r\n`;
  yield* rowChunks(section, {
    before: columns.map((_, index) => (index === 0 ? '' : separator)),
    cell: columns.map(({ kind }) => excelCells(kind, mark, plain)),
    after: '\r\n',
  });
}

/** A heading may be a column name of the user's, so it is guarded like a text. */
function headers(column: Column): readonly string[] {
  return flatNames(column).map(guarded);
}

/** Figures and dates are our own text and never touched: "-12.50" stays a number. */
function cellWriter(column: Column): (cell: Cell) => string {
  switch (column.kind) {
    case 'text':
      return (cell) => (cell === null ? '' : quoted(guarded(cell)));
    case 'interval':
      return (cell) => (cell === null ? ',' : cell.replace(' ', ','));
    default:
      return (cell) => cell ?? '';
  }
}

const FORMULA = /^\s*[=+\-@\t\r\n＝＋－＠]/;

/** A text that a spreadsheet would run as a formula, behind an apostrophe. */
function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

const SPECIAL = /["\r\n]/;

function quoted(text: string, separator = ','): string {
  return text.includes(separator) || SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
