import type { Cell, Section } from '../data/report.ts';

/** How a row is written: before[0] cell[0](…) before[1] cell[1](…) … after. */
export interface RowLayout {
  readonly before: readonly string[];
  readonly cell: readonly ((cell: Cell) => string)[];
  readonly after: string;
}

/** Characters a chunk has at least: large enough that writing costs little a row, small enough to be nothing in memory. */
const CHUNK = 1 << 17;
/** Rows converted at a time, a column after the other: one conversion in a tight loop is twice as fast as all in turn. */
const SLICE = 128;

/** The rows of a section as text, in chunks (the last may be shorter). */
export async function* rowChunks(section: Section, layout: RowLayout): AsyncGenerator<string> {
  const { before, cell, after } = layout;
  let chunk = '';
  for await (const block of section.blocks) {
    for (let from = 0; from < block.length; from += SLICE) {
      const to = Math.min(from + SLICE, block.length);
      const texts = block.cells.map((cells, column) => cells.slice(from, to).map(cell[column]!));
      for (let row = 0; row < to - from; row++) {
        let line = '';
        for (let column = 0; column < before.length; column++) line += before[column]! + texts[column]![row]!;
        chunk += line + after;
      }
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}
