import { ClvError } from '../../base/errors.ts';
import { grouped, parseUnits, unitsText } from '../../base/money.ts';
import { visible } from '../../base/visible.ts';
import type { Cell, Column, Kind, ListView, Report, Section } from '../../data/report.ts';
import { sectionsOf } from '../format.ts';

/** A section view as a person reads it: texts without control characters, figures formatted, rows up to the limit. */
export interface Grid {
  readonly headings: readonly string[];
  readonly kinds: readonly Kind[];
  /** texts[column][row]. */
  readonly texts: readonly (readonly string[])[];
  /** The same as they are in the list. */
  readonly cells: readonly (readonly Cell[])[];
  readonly length: number;
  /** Rows of the list beyond the limit. */
  readonly more: number;
}

/** What a view takes of its list. */
interface Listed {
  readonly columns: readonly Column[];
  /** cells[column][row]; of shares those of the whole list. */
  readonly cells: readonly (readonly Cell[])[];
  readonly length: number;
  /** Rows of the list beyond the limit. */
  readonly more: number;
}

/** Walks the section of a view as far as needed. `top` replaces the view's own limit; a view without one shows all. */
export async function listedIn(report: Report, view: ListView, top?: number): Promise<Listed> {
  const section =
    typeof view.section === 'string' ? sectionsOf(report).find(({ name }) => name === view.section) : view.section;
  if (!section) throw new ClvError('E500', { detail: `a view of the section ${view.section}, which is not there` });
  const places = view.columns.map(({ name }) => section.columns.findIndex((column) => column.name === name));
  if (places.includes(-1)) throw new ClvError('E500', { detail: `a view of a column that ${section.name} lacks` });
  const columns = places.map((place) => section.columns[place]!);

  const limit = view.top === undefined ? Number.POSITIVE_INFINITY : (top ?? view.top);
  const { cells, count } = await walk(section, places, columns, limit, view.total);
  const length = Math.min(limit, count);
  return { columns, cells, length, more: (view.total ?? count) - length };
}

/** What a view shows. */
export async function gridOf(report: Report, view: ListView, top?: number): Promise<Grid> {
  const { columns, cells, length, more } = await listedIn(report, view, top);
  return {
    headings: view.columns.map((column) => visible(column.heading)),
    kinds: columns.map((column) => column.kind),
    texts: columns.map((column, index) =>
      shownColumn(column, cells[index]!, view.columns[index]!.exact).slice(0, length),
    ),
    cells: cells.map((column) => column.slice(0, length)),
    length,
    more,
  };
}

/** Cells up to the limit, except that shares need the whole list to add up; all rows are counted unless the total is known. */
async function walk(
  section: Section,
  places: readonly number[],
  columns: readonly Column[],
  limit: number,
  total: number | undefined,
): Promise<{ cells: Cell[][]; count: number }> {
  const cells = columns.map((): Cell[] => []);
  const toTheEnd = total === undefined || columns.some((column) => column.kind === 'share');
  const first = Number.isFinite(limit) && !toTheEnd ? section.first?.(limit) : undefined;
  let count = 0;
  for await (const block of first ?? section.blocks) {
    for (const [index, place] of places.entries()) {
      const wanted = columns[index]!.kind === 'share' ? block.length : Math.min(block.length, limit - count);
      for (let row = 0; row < wanted; row++) cells[index]!.push(block.cells[place]![row]!);
    }
    count += block.length;
    if (count >= limit && !toTheEnd) break;
  }
  return { cells, count };
}

/** Texts and dates stand left, figures right. */
export function isFigure(kind: Kind): boolean {
  return kind !== 'text' && kind !== 'date';
}

/** What a person sees where a figure is unknown. */
const UNKNOWN = '–';

/** Figures that a person reads with fewer digits than they have: chances in percent, expected purchases in hundredths. */
const SHORTER: ReadonlyMap<string, (cell: string) => string> = new Map([
  ['p_alive', percentOf],
  ['p_buys_again', percentOf],
  ['dert', hundredthsOf],
  ['expected_purchases_1y', hundredthsOf],
  ['expected_customers', (cell) => grouped(Number(cell).toFixed(1))],
]);

function hundredthsOf(cell: string): string {
  return grouped(Number(cell).toFixed(2));
}

function percentOf(cell: string): string {
  return `${(100 * Number(cell)).toFixed(1)}%`;
}

/** A column as a person reads it, one text a row. `shares` are the cells of the whole list, which may be longer. */
export function shownColumn({ name, kind }: Column, cells: readonly Cell[], exact = false): string[] {
  if (kind === 'share') return percents(cells);
  const shorter = isFigure(kind) && !exact ? SHORTER.get(name) : undefined;
  return cells.map((cell) => (cell === null ? UNKNOWN : shorter ? shorter(cell) : shown(kind, cell)));
}

function shown(kind: Kind, text: string): string {
  switch (kind) {
    case 'text':
    case 'date':
      return visible(text);
    case 'interval':
      return text.split(' ').map(grouped).join(' to ');
    default:
      return grouped(text);
  }
}

/** Millionths in a tenth of a percent, and in the whole. */
const TENTH = 1000;
const WHOLE = 1_000_000;

/**
 * Shares in percent with one decimal. Shares of a whole (their millionths sum to 1) add up to 100.0%: largest remainder,
 * ties in the order of the list. Others are rounded one by one, half up.
 */
function percents(cells: readonly Cell[]): string[] {
  const millionths = cells.map((cell) => (cell === null ? null : millionthsOf(cell)));
  const tenths = millionths.map((units) => (units === null ? null : Math.floor(units / TENTH)));
  const rest = (index: number) => (millionths[index] ?? 0) - (tenths[index] ?? 0) * TENTH;
  const sum = millionths.reduce<number>((total, units) => total + (units ?? 0), 0);
  const missing = tenths.reduce<number>((left, units) => left - (units ?? 0), WHOLE / TENTH);
  const raised =
    sum === WHOLE
      ? [...cells.keys()].sort((a, b) => rest(b) - rest(a) || a - b).slice(0, missing)
      : [...cells.keys()].filter((index) => rest(index) >= TENTH / 2);
  for (const index of raised) if (tenths[index] !== null) tenths[index]! += 1;
  return tenths.map((units) => (units === null ? UNKNOWN : `${unitsText(units, 1)}%`));
}

function millionthsOf(text: string): number {
  const units = parseUnits(text, 6);
  if (units === null) throw new ClvError('E500', { detail: `a share of ${text}` });
  return Number(units);
}
