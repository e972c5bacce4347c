import type { Cell, Kind } from '../data/report.ts';
import { keepsDigits } from './spreadsheet.ts';

/**
 * Cells of CSV that a spreadsheet program opens by a double click, as it would not keep them otherwise: ids and days are texts,
 * ="007", and so is a number of more digits than it keeps; the others are numbers with its decimal mark.
 */

/** The decimal mark of the spreadsheet program; with a comma its columns are parted by semicolons. */
export type ExcelMark = '.' | ',';

export const SEPARATORS: Readonly<Record<ExcelMark, string>> = { '.': ',', ',': ';' };

/** Characters that a text in a formula can have. */
const MOST_CHARACTERS = 255;

/** What writes the cells of a column; an interval is two. @param plain of a text that no formula can hold */
export function excelCells(kind: Kind, mark: ExcelMark, plain: (text: string) => string): (cell: Cell) => string {
  const number = (text: string): string => (keepsDigits(text) ? text.replace('.', mark) : asText(text));
  switch (kind) {
    case 'text':
      return (cell) => (cell === null ? '' : fitsFormula(cell) ? asText(cell) : plain(cell));
    case 'date':
      return (cell) => (cell === null ? '' : asText(cell));
    case 'interval':
      return (cell) => (cell?.split(' ') ?? ['', '']).map(number).join(SEPARATORS[mark]);
    default:
      return (cell) => (cell === null ? '' : number(cell));
  }
}

function fitsFormula(text: string): boolean {
  return text.length <= MOST_CHARACTERS && !/\p{Cc}/u.test(text);
}

/** A formula that is a text and nothing else: what stands in it is never worked out. */
function asText(text: string): string {
  return `"=""${text.replaceAll('"', '""""')}"""`;
}
