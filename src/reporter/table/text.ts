import { Chalk, type ChalkInstance } from 'chalk';
import CliTable from 'cli-table3';
import { visible } from '../../base/visible.ts';
import type { Report, View } from '../../data/report.ts';
import type { FormatOptions } from '../format.ts';
import { type Bars, barsOf, LEAST_BAR, sparkLines } from './charts.ts';
import { type Grid, gridOf, isFigure } from './grid.ts';
import { cut, isAscii, pad, widthOf, wrap } from './width.ts';

/** Below this nothing useful fits, so lines may be as wide as this. */
const MIN_WIDTH = 20;
const INDENT = '  ';

/** The views of a report, no line wider than the terminal but those to be pasted. */
export async function* tableText(report: Report, options: FormatOptions): AsyncGenerator<string> {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const width = Math.max(MIN_WIDTH, options.width);
  let gap = '';
  for (const view of report.views) {
    const drawn = view.type === 'chart' ? await chartLines(report, view, options, width - INDENT.length) : [];
    if (view.type === 'chart' && drawn.length === 0) continue;
    yield `${gap}${wrap(visible(view.title), width)
      .map((line) => paint.bold(line))
      .join('\n')}\n`;
    gap = '\n';
    if (view.type === 'chart') {
      for (const line of drawn) yield `${INDENT}${line}\n`;
      continue;
    }
    const inner = width - INDENT.length;
    for await (const line of viewLines(report, view, options, inner, paint)) yield `${INDENT}${line}\n`;
  }
}

/** A picture as lines of marks; none where no charts are shown, or it is of another kind. */
async function chartLines(
  report: Report,
  view: Extract<View, { type: 'chart' }>,
  options: FormatOptions,
  width: number,
): Promise<readonly string[]> {
  const { kind } = view.chart;
  if (!options.charts || (kind !== 'lines' && kind !== 'columns')) return [];
  return sparkLines(view, await gridOf(report, view, options.top), width);
}

function viewLines(
  report: Report,
  view: Exclude<View, { type: 'chart' }>,
  options: FormatOptions,
  width: number,
  paint: ChalkInstance,
): AsyncIterable<string> | Iterable<string> {
  if (view.type === 'lines') return view.lines.map(visible);
  return view.type === 'facts' ? factLines(view.facts, width) : sectionLines(report, view, options, width, paint);
}

/** Values in a column of their own, wrapped beside their label. */
function* factLines(facts: Extract<View, { type: 'facts' }>['facts'], width: number): Generator<string> {
  const labels = facts.map((fact) => cut(visible(fact.label), Math.floor(width / 2)));
  const margin = Math.max(0, ...labels.map(widthOf)) + INDENT.length;
  for (const [index, fact] of facts.entries()) {
    const [first, ...others] = wrap(visible(fact.value), width - margin);
    yield (pad(labels[index]!, margin) + first).trimEnd();
    for (const line of others) yield pad('', margin) + line;
  }
}

async function* sectionLines(
  report: Report,
  view: Extract<View, { type: 'section' }>,
  options: FormatOptions,
  width: number,
  paint: ChalkInstance,
): AsyncGenerator<string> {
  const grid = await gridOf(report, view, options.top);
  const dropped = yield* gridLines(grid, width, paint, (room) => (options.charts ? barsOf(view, grid, room) : null));
  if (options.charts) for (const line of sparkLines(view, grid, width)) yield line;
  const notes: string[] = [];
  if (grid.more > 0) notes.push(`… and ${grid.more.toLocaleString('en-US')} more`);
  if (dropped.length > 0) notes.push(`too narrow for ${dropped.join(', ')}: use a wider terminal, or --format csv`);
  for (const note of notes) for (const line of wrap(note, width)) yield paint.dim(line);
}

/** So many lines, the text at the bottom. */
function lastLines(lines: readonly string[], height: number): readonly string[] {
  return Array.from({ length: height }, (_, row) => lines[row - height + lines.length] ?? '');
}

/** Rows that cli-table3 lays out at a time; the widths are ours, so the parts fit together. */
const PART = 500;

/** A grid as lines: headings, a rule, rows. Returns the headings of the columns that did not fit. */
function* gridLines(
  grid: Grid,
  width: number,
  paint: ChalkInstance,
  barsIn: (room: number) => Bars | null,
): Generator<string, string[]> {
  const whole = layoutOf(grid, width);
  // Beside bars headings wrap sooner, but nothing is cut or left out for them.
  const beside = barsIn(LEAST_BAR) === null ? whole : layoutOf(grid, width - GAP - LEAST_BAR, true);
  const hasRoom = beside !== whole && beside.dropped.length === 0;
  const layout = hasRoom ? beside : whole;
  const used = total(layout.columns, ({ width }) => width);
  const bars = hasRoom ? barsIn(width - used - GAP) : null;
  const headings = layout.columns.map(({ index, width }) => wrap(grid.headings[index]!, width));
  const over = bars ? wrap(bars.heading, bars.width) : [];
  const height = Math.max(over.length, ...headings.map((lines) => lines.length));
  const columns = headings.map((lines) => lastLines(lines, height));
  const head = Array.from({ length: height }, (_, row) => columns.map((lines) => lines[row]!));
  const withBar = (line: string, bar: string): string => (bars ? `${pad(line, used + GAP)}${bar}`.trimEnd() : line);
  yield* laidOut(grid, layout, head).map((line, row) => paint.dim(withBar(line, lastLines(over, height)[row]!)));
  const rules = [...layout.columns, ...(bars ? [bars] : [])].map(({ width }) => '─'.repeat(width));
  yield paint.dim(rules.join(' '.repeat(GAP)));
  for (let from = 0; from < grid.length; from += PART) {
    const rows = Array.from({ length: Math.min(PART, grid.length - from) }, (_, row) =>
      layout.columns.map(({ index, width }) => cut(grid.texts[index]![from + row]!, width)),
    );
    yield* laidOut(grid, layout, rows).map((line, row) => withBar(line, bars?.texts[from + row] ?? ''));
  }
  return layout.dropped.map((index) => grid.headings[index]!);
}

const NO_BORDER = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .map((side) => [side, '']),
);

/** cli-table3 in its plainest dress: no borders, no colours, no padding. */
function laidOut(grid: Grid, layout: Layout, rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const kept: string[] = [];
  const table = new CliTable({
    chars: { ...NO_BORDER, middle: ' '.repeat(GAP) },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colWidths: layout.columns.map(({ width }) => width),
    colAligns: layout.columns.map(({ index }) => (isFigure(grid.kinds[index]!) ? 'right' : 'left')),
  });
  table.push(...rows.map((row) => row.map((text) => standIn(text, kept))));
  return table
    .toString()
    .replace(STAND_IN, () => kept.shift()!)
    .split('\n')
    .map((line) => line.trimEnd());
}

const STAND_IN = /\u{e000}\u{e001}*/gu;

/**
 * cli-table3 measures with tables of older years, and disagrees with us on new emoji and on Indic or Thai marks. It lays
 * out private-use characters of the width we measured instead; no visible text has any, so each stands for one cell.
 */
function standIn(text: string, kept: string[]): string {
  if (isAscii(text)) return text;
  kept.push(text);
  return '\u{e000}'.padEnd(widthOf(text), '\u{e001}');
}

/** Blanks between columns. */
const GAP = 2;
/** A text column is not cut below this, a column is left out instead. */
const MIN_TEXT = 8;

interface Shape {
  readonly index: number;
  readonly min: number;
  width: number;
}

/** Columns that are shown, by their index in the grid, and the width of each. */
interface Layout {
  readonly columns: readonly { readonly index: number; readonly width: number }[];
  readonly dropped: readonly number[];
}

/**
 * Fits the columns of a grid into a width. First headings wrap and texts are cut, the widest first; figures never are.
 * Where that is not enough, columns are left out: the last but one first, since the first says whose row it is and the
 * last is what the list is about.
 * @param whole whether texts are no more cut than figures are
 */
function layoutOf(grid: Grid, width: number, whole = false): Layout {
  const shapes = grid.headings.map((heading, index) => shapeOf(grid, heading, index, whole));
  const dropped: number[] = [];
  while (shapes.length > 1 && total(shapes, (shape) => shape.min) > width) {
    const [gone] = shapes.splice(shapes.length > 2 ? -2 : -1, 1);
    dropped.push(gone!.index);
  }
  for (let excess = total(shapes, (shape) => shape.width) - width; excess > 0; excess--) {
    const widest = shapes.filter((shape) => shape.width > shape.min).sort((a, b) => b.width - a.width)[0];
    if (widest) widest.width -= 1;
  }
  if (shapes.length === 1) shapes[0]!.width = Math.min(shapes[0]!.width, width);
  return { columns: shapes, dropped: dropped.sort((a, b) => a - b) };
}

function shapeOf(grid: Grid, heading: string, index: number, whole: boolean): Shape {
  const body = grid.texts[index]!.reduce((most, text) => Math.max(most, widthOf(text)), 1);
  const word = heading.split(' ').reduce((most, part) => Math.max(most, widthOf(part)), 1);
  const tight = Math.max(body, word);
  return {
    index,
    min: whole || isFigure(grid.kinds[index]!) ? tight : Math.min(tight, MIN_TEXT),
    width: Math.max(body, widthOf(heading)),
  };
}

function total<S extends { readonly width: number }>(shapes: readonly S[], size: (shape: S) => number): number {
  return shapes.reduce((sum, shape) => sum + size(shape), GAP * (shapes.length - 1));
}
