import type { ChalkInstance } from 'chalk';
import CliTable from 'cli-table3';
import { type Grid, isFigure } from './grid.ts';
import { GAP, type Layout, layoutOf } from './layout.ts';
import { cut, isAscii, widthOf, wrap } from './width.ts';

/** Rows that cli-table3 lays out at a time; the widths are ours, so the parts fit together. */
const PART = 500;

/** A grid as lines: headings, a rule, rows. Returns the headings of the columns that did not fit. */
export function* gridLines(grid: Grid, width: number, paint: ChalkInstance): Generator<string, string[]> {
  const layout = layoutOf(grid, width);
  const headings = layout.columns.map(({ index, width }) => wrap(grid.headings[index]!, width));
  const height = Math.max(0, ...headings.map((lines) => lines.length));
  const head = Array.from({ length: height }, (_, row) =>
    headings.map((lines) => lines[row - height + lines.length] ?? ''),
  );
  yield* laidOut(grid, layout, head).map((line) => paint.dim(line));
  yield paint.dim(layout.columns.map(({ width }) => '─'.repeat(width)).join(' '.repeat(GAP)));
  for (let from = 0; from < grid.length; from += PART) {
    const rows = Array.from({ length: Math.min(PART, grid.length - from) }, (_, row) =>
      layout.columns.map(({ index, width }) => cut(grid.texts[index]![from + row]!, width)),
    );
    yield* laidOut(grid, layout, rows);
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
