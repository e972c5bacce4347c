import type { Cell, Chart, ListView, View } from '../../data/report.ts';
import { barTexts, type Span, sparkline } from './drawn.ts';
import type { Grid } from './grid.ts';
import { cut, pad, widthOf } from './width.ts';

/** Charts of views as a terminal can show them: bars beside the rows of a table, and a line of marks a series. */

type SectionView = Extract<View, { type: 'section' }>;
type ChartView = Extract<View, { type: 'chart' }>;

/** A bar a row under a heading, so many characters wide. */
export interface Bars {
  readonly heading: string;
  readonly texts: readonly string[];
  readonly width: number;
}

/** Below this a bar says nothing; above the other it says no more. */
export const LEAST_BAR = 12;
const MOST_BAR = 32;

/** Bars of a table whose chart is one of bars. @param room characters that are free beside it */
export function barsOf(view: SectionView, grid: Grid, room: number): Bars | null {
  const { chart } = view;
  if (!chart) return null;
  const spans = spansOf(chart, namedIn(view, grid));
  if (spans === null) return null;
  const width = Math.min(MOST_BAR, room);
  return { heading: headingOf(view, chart, grid), texts: barTexts(spans, width), width };
}

/** What the bars are of: the first series, from the one to the other, or the one there is. */
function headingOf(view: ListView, { kind, values, title }: Chart, grid: Grid): string {
  const headings = values.map((name) => grid.headings[placeOf(view, name)]!);
  if (headings.length === 1) return title;
  return kind === 'tornado' ? headings.join(' to ') : headings[0]!;
}

/** From where to where the bar of each row goes; null for a chart that has none. */
function spansOf({ kind, values }: Chart, cellsOf: (name: string) => readonly Cell[]): (Span | null)[] | null {
  const numbers = values.map((name) => cellsOf(name).map(numberOf));
  const [first] = numbers as [(number | null)[]];
  switch (kind) {
    case 'bars':
    case 'columns':
      return first.map((to) => (to === null ? null : { from: 0, to }));
    case 'tornado':
      return first.map((_, row) => {
        const ends = numbers.map((column) => column[row] ?? 0);
        return { from: Math.min(0, ...ends), to: Math.max(0, ...ends) };
      });
    case 'waterfall': {
      let level = 0;
      return first.map((value, row) => {
        const from = row === 0 || row === first.length - 1 ? 0 : level;
        level = from + (value ?? 0);
        return { from, to: level };
      });
    }
    case 'lines':
    case 'heat':
      return null;
  }
}

/** Characters of a line of marks, and how many of them are few. */
const SHORTEST = 8;
const LONGEST = 60;
const FEW = 15;

/** A line of marks for each series of a chart of lines or columns, with what it goes from and to; none for other charts. */
export function sparkLines(view: SectionView | ChartView, grid: Grid, width: number): string[] {
  const { chart } = view;
  if (!chart || (chart.kind !== 'lines' && (chart.kind !== 'columns' || view.type === 'section'))) return [];
  const cellsOf = namedIn(view, grid);
  const textsOf = (name: string): readonly string[] => grid.texts[placeOf(view, name)]!;
  const headings = chart.values.map((name) => grid.headings[placeOf(view, name)]!);
  const labels = Math.min(Math.max(...headings.map(widthOf)), Math.floor(width / 3));
  return chart.values.flatMap((name, i) => {
    const numbers = cellsOf(name).map(numberOf);
    if (!numbers.some((value) => value !== null)) return [];
    const [least, most] = extremesOf(numbers, textsOf(name));
    const asColumns = chart.kind === 'columns';
    const told = asColumns ? `${acrossText(textsOf(chart.along[0]!))}; at most ${most}` : `${least} to ${most}`;
    const room = Math.max(SHORTEST, Math.min(LONGEST, width - labels - widthOf(told) - 4));
    const line = sparkline(numbers, room, asColumns);
    // A few are twice as wide, as columns are.
    const marks = asColumns && numbers.length <= FEW && 2 * numbers.length <= room ? line.replace(/./gu, '$&$&') : line;
    return [cut(`${pad(cut(headings[i]!, labels), labels)}  ${marks}  ${told}`, width)];
  });
}

/** What the marks stand for, from the first to the last. */
function acrossText(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `${names[0]} … ${names.at(-1)}`;
}

/** The least and the most that a line reaches, as they are shown. */
function extremesOf(numbers: readonly (number | null)[], texts: readonly string[]): readonly [string, string] {
  const known = [...numbers.keys()].filter((row) => numbers[row] !== null);
  const least = known.reduce((best, row) => (numbers[row]! < numbers[best]! ? row : best), known[0]!);
  const most = known.reduce((best, row) => (numbers[row]! > numbers[best]! ? row : best), known[0]!);
  return [texts[least]!, texts[most]!];
}

function namedIn(view: ListView, { cells }: Grid): (name: string) => readonly Cell[] {
  return (name) => cells[placeOf(view, name)]!;
}

function placeOf({ columns }: ListView, name: string): number {
  return columns.findIndex((column) => column.name === name);
}

/** A figure; text and what is unknown have none. */
function numberOf(cell: Cell): number | null {
  const value = cell === null ? Number.NaN : Number(cell);
  return Number.isFinite(value) ? value : null;
}
