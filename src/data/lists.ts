import { type Cell, type Column, Exact, type Json, type Section } from './report.ts';

/** A list of rows of cells as a section of csv and ndjson. */
export function listOf(name: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Section {
  return { name, columns, blocks: [{ length: rows.length, cells: columns.map((_, i) => rows.map((row) => row[i]!)) }] };
}

/** What is streamed by a generator, made anew each time it is walked. */
export function anew<T>(make: () => AsyncIterable<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => make()[Symbol.asyncIterator]() };
}

/** A list that is read each time it is walked. */
export function listed(
  name: string,
  columns: readonly Column[],
  rows: () => Promise<readonly (readonly Cell[])[]>,
): Section {
  const blocks = anew(async function* () {
    const found = await rows();
    yield { length: found.length, cells: columns.map((_, i) => found.map((row) => row[i]!)) };
  });
  return { name, columns, blocks };
}

/** A list whose cells are known column by column. */
export function columnsList(name: string, columns: readonly (readonly [Column, readonly Cell[]])[]): Section {
  const cells = columns.map(([, column]) => column);
  return { name, columns: columns.map(([column]) => column), blocks: [{ length: cells[0]!.length, cells }] };
}

/** A row as an object of the document. */
export function objectOf(columns: readonly Column[], row: readonly Cell[]): { readonly [key: string]: Json } {
  return Object.fromEntries(columns.map(({ name, kind }, i) => [name, jsonOf(kind, row[i]!)]));
}

function jsonOf(kind: Column['kind'], cell: Cell): Json {
  if (cell === null || kind === 'text' || kind === 'date') return cell;
  return kind === 'interval' ? cell.split(' ').map((text) => new Exact(text)) : new Exact(cell);
}

/** Rows for people: names of the contract in the first so many columns as words. */
export function inWords(rows: readonly (readonly Cell[])[], columns: number): Cell[][] {
  return rows.map((row) => row.map((cell, i) => (i < columns && cell !== null ? cell.replaceAll('_', ' ') : cell)));
}
