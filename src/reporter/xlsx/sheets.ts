import { ClvError } from '../../base/errors.ts';
import { type Cell, flatNames, type Kind, type Section } from '../../data/report.ts';
import { rowChunks } from '../rows.ts';
import { MOST_ROWS } from '../spreadsheet.ts';
import { cellWriter, HEAD, textCell, WRAPPED } from './cells.ts';

/** A sheet: its name, and its XML in chunks. */
export interface Sheet {
  readonly name: string;
  readonly xml: AsyncIterable<string>;
}

const OPEN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">';
const FROZEN =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

/** The name of a column: A … Z, AA … */
function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);
}

function widths(all: readonly number[]): string {
  return `<cols>${all.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>`;
}

/** A list under its contract names, an interval in two columns: headings that stay and filter, then a row a row. */
export function listSheet(section: Section): Sheet {
  const flat = section.columns.flatMap((column) =>
    flatNames(column).map((name) => ({ name, kind: column.kind === 'interval' ? ('money' as const) : column.kind })),
  );
  checkRows(section.name, 1 + (section.rows ?? 0));
  return { name: section.name, xml: listXml(section, flat) };
}

/** E464 for more rows than a sheet holds. */
function checkRows(list: string, rows: number): void {
  if (rows > MOST_ROWS) throw new ClvError('E464', { list, limit: MOST_ROWS });
}

interface FlatColumn {
  readonly name: string;
  readonly kind: Exclude<Kind, 'interval'>;
}

async function* listXml(section: Section, flat: readonly FlatColumn[]): AsyncGenerator<string> {
  const sizes = flat.map(({ name, kind }) => Math.max(kind === 'text' ? 20 : 12, name.length + 4));
  const head = flat.map(({ name }) => textCell(name, HEAD)).join('');
  yield `${OPEN}${FROZEN}${widths(sizes)}<sheetData><row>${head}</row>`;
  let rows = 1;
  const counted = countedBlocks(section, (length) => {
    rows += length;
    checkRows(section.name, rows);
  });
  yield* rowChunks(
    { ...section, blocks: counted },
    {
      before: section.columns.map((_, i) => (i === 0 ? '<row>' : '')),
      cell: section.columns.map(({ kind }) => (kind === 'interval' ? boundsWriter() : cellWriter(kind))),
      after: '</row>',
    },
  );
  yield `</sheetData><autoFilter ref="A1:${letters(flat.length - 1)}${rows}"/></worksheet>`;
}

async function* countedBlocks({ blocks }: Section, onBlock: (length: number) => void) {
  for await (const block of blocks) {
    onBlock(block.length);
    yield block;
  }
}

/** Both bounds of an interval, each in a cell. */
function boundsWriter(): (cell: Cell) => string {
  const bound = cellWriter('money');
  return (cell) => {
    const [low = null, high = null] = cell?.split(' ') ?? [];
    return bound(low) + bound(high);
  };
}

/** What is said in words: a heading alone, or a term and what is said of it. */
export type Words = readonly [string] | readonly [string, string];

export function wordsSheet(name: string, rows: readonly Words[]): Sheet {
  return { name, xml: wordsXml(rows) };
}

async function* wordsXml(rows: readonly Words[]): AsyncGenerator<string> {
  const xml = rows.map(([term, value]) =>
    value === undefined ? textCell(term, HEAD) : textCell(term, WRAPPED) + textCell(value, WRAPPED),
  );
  yield `${OPEN}${widths([34, 100])}<sheetData>${xml.map((row) => `<row>${row}</row>`).join('')}</sheetData></worksheet>`;
}
