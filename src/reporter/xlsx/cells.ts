import { parseIsoDay } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import type { Cell, Kind } from '../../data/report.ts';
import { keepsDigits } from '../spreadsheet.ts';

/** Cells of a sheet as SpreadsheetML (ECMA-376 part 1, 18.3): texts as they are, figures as numbers with a format, days as dates. */

/** The styles of cells, by their places in the table of `STYLES`. */
const TEXT = 1;
export const HEAD = 2;
const DATE = 3;
const INTEGER = 4;
const SHARE = 5;
export const WRAPPED = 6;
/** Numbers with so many decimals, from none on. */
const DECIMALS = 7;
const MOST_DECIMALS = 6;

const money = (decimals: number): string => `#,##0${decimals === 0 ? '' : `.${'0'.repeat(decimals)}`}`;
const FORMATS = ['yyyy\\-mm\\-dd', '0.0%', ...Array.from({ length: MOST_DECIMALS + 1 }, (_, i) => money(i))];
const FIRST_FORMAT = 164;

const xf = (numFmt: number, more = ''): string =>
  `<xf numFmtId="${numFmt}" fontId="0" fillId="0" borderId="0" xfId="0"${more}`;
const applied = ' applyNumberFormat="1"/>';

/** The part with the styles that cells name. */
export const STYLES = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${FORMATS.length}">${FORMATS.map(
  (code, i) => `<numFmt numFmtId="${FIRST_FORMAT + i}" formatCode="${code}"/>`,
).join(
  '',
)}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${DECIMALS + MOST_DECIMALS + 1}">${[
  xf(0, '/>'),
  xf(49, applied),
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
  xf(FIRST_FORMAT, applied),
  xf(3, applied),
  xf(FIRST_FORMAT + 1, applied),
  xf(49, ' applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'),
  ...Array.from({ length: MOST_DECIMALS + 1 }, (_, i) => xf(FIRST_FORMAT + 2 + i, applied)),
].join('')}</cellXfs></styleSheet>`;

/** Characters that a cell can hold. */
const MOST_CHARACTERS = 32_767;
const ILLEGAL =
  /[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|_(?=x[0-9A-Fa-f]{4}_)/g;
const SPECIAL = /[&<>"\u0000-\u0008\u000b-\u001f_\ud800-\udfff\ufffe\uffff]/;

/** Text as XML holds it; what it cannot hold, and what looks like that, as _x000D_ does. E463 for more than a cell holds. */
export function xmlText(text: string): string {
  if (text.length > MOST_CHARACTERS) throw new ClvError('E463', { characters: text.length, limit: MOST_CHARACTERS });
  if (!SPECIAL.test(text)) return text;
  return text
    .replace(ILLEGAL, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A text, never a formula and never a number. */
export function textCell(text: string, style = TEXT): string {
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

const EMPTY = '<c/>';
/** A spreadsheet program counts a 29 February 1900 that there was not: days are the same in all from the next on. */
const FIRST_DAY = parseIsoDay('1900-03-01')!;
/** 1970-01-01 as spreadsheet programs count days. */
const EPOCH = 25_569;
const NUMBER = /^-?\d+(?:\.(\d+))?$/;

/** What writes the cells of a column. A number of more digits than a program keeps stays a text, whole. */
export function cellWriter(kind: Exclude<Kind, 'interval'>): (cell: Cell) => string {
  if (kind === 'text') return (cell) => (cell === null ? EMPTY : textCell(cell));
  if (kind === 'date') return dateWriter();
  return (cell) => {
    if (cell === null) return EMPTY;
    const found = NUMBER.exec(cell);
    if (!found || !keepsDigits(cell)) return textCell(cell);
    return `<c s="${styleOf(kind, found[1]?.length ?? 0)}"><v>${cell}</v></c>`;
  };
}

function styleOf(kind: Kind, decimals: number): number {
  if (kind === 'share') return SHARE;
  return kind === 'integer' ? INTEGER : DECIMALS + Math.min(decimals, MOST_DECIMALS);
}

function dateWriter(): (cell: Cell) => string {
  const known = new Map<string, string>();
  return (cell) => {
    if (cell === null) return EMPTY;
    const found = known.get(cell);
    if (found !== undefined) return found;
    const day = parseIsoDay(cell);
    const text = day === null || day < FIRST_DAY ? textCell(cell) : `<c s="${DATE}"><v>${day + EPOCH}</v></c>`;
    known.set(cell, text);
    return text;
  };
}
