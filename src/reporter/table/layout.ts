import { type Grid, isFigure } from './grid.ts';
import { widthOf } from './width.ts';

/** Blanks between columns. */
export const GAP = 2;
/** A text column is not cut below this, a column is left out instead. */
const MIN_TEXT = 8;

interface Shape {
  readonly index: number;
  readonly min: number;
  width: number;
}

/** Columns that are shown, by their index in the grid, and the width of each. */
export interface Layout {
  readonly columns: readonly { readonly index: number; readonly width: number }[];
  readonly dropped: readonly number[];
}

/**
 * Fits the columns of a grid into a width. First headings wrap and texts are cut, the widest first; figures never are.
 * Where that is not enough, columns are left out: the last but one first, since the first says whose row it is and the
 * last is what the list is about.
 */
export function layoutOf(grid: Grid, width: number): Layout {
  const shapes = grid.headings.map((heading, index) => shapeOf(grid, heading, index));
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

function shapeOf(grid: Grid, heading: string, index: number): Shape {
  const body = grid.texts[index]!.reduce((most, text) => Math.max(most, widthOf(text)), 1);
  const word = heading.split(' ').reduce((most, part) => Math.max(most, widthOf(part)), 1);
  const tight = Math.max(body, word);
  return {
    index,
    min: isFigure(grid.kinds[index]!) ? tight : Math.min(tight, MIN_TEXT),
    width: Math.max(body, widthOf(heading)),
  };
}

function total(shapes: readonly Shape[], size: (shape: Shape) => number): number {
  return shapes.reduce((sum, shape) => sum + size(shape), GAP * (shapes.length - 1));
}
