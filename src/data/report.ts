/**
 * A report is data: what a command found, in the order of the output contract. Reporters turn it into text.
 * Every figure is already exact text ("12.30"), so that no format can change it.
 */
export type Kind = 'text' | 'date' | 'integer' | 'money' | 'number' | 'share' | 'interval';

/** A column of a section under its contract name. */
export interface Column {
  readonly name: string;
  readonly kind: Kind;
}

/** Names of a column in a format without pairs, where an interval takes two columns. */
export function flatNames({ name, kind }: Column): readonly string[] {
  return kind === 'interval' ? [`${name}_low`, `${name}_high`] : [name];
}

/** Text of the cell, null where unknown. An interval is "low high". */
export type Cell = string | null;

/** Some rows, column by column: cells[column][row]. */
export interface Block {
  readonly length: number;
  readonly cells: readonly (readonly Cell[])[];
}

/** A list of the report: customers, segments … Large ones are streamed: `blocks` asks anew each time it is walked. */
export interface Section {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly blocks: AsyncIterable<Block> | Iterable<Block>;
  /** How many rows there are, where a large list tells it before it is walked. */
  readonly rows?: number;
  /** The first so many rows alone, where they are found without ordering all. */
  first?(rows: number): AsyncIterable<Block>;
  readonly written?: Written;
}

/** Bytes of a list, or null where they cannot be had. */
export type Bytes = Promise<AsyncIterable<Uint8Array> | null>;

/** A list as its store writes it, in the formats that the store has: csv without its header, faster; parquet, typed. */
export interface Written {
  readonly csv?: () => Bytes;
  readonly parquet?: () => Bytes;
}

/** A JSON number written from exact text. */
export class Exact {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A JSON value whose numbers may be exact; objects keep their order. */
export type Json = string | number | boolean | null | Exact | readonly Json[] | { readonly [key: string]: Json };

/** A line of the summary a person reads: label, value as printed, and whether it is a figure (right-aligned). */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/**
 * How a list is drawn. bars: lying, a row each; columns: standing, in the order of the rows; lines: over numbers or days;
 * waterfall: from the first row, whole, by what the others add or take to the last, whole; tornado: both sides of zero; heat: a
 * field for each pair of places, `values` being the places upwards and what the field holds.
 */
export interface Chart {
  readonly kind: 'bars' | 'columns' | 'lines' | 'waterfall' | 'tornado' | 'heat';
  /** Columns that name the rows, put together, or the one that says where along the axis a row stands. */
  readonly along: readonly string[];
  /** Columns that are drawn, a series each, all of one unit. */
  readonly values: readonly string[];
  /** What the values are, with their unit. */
  readonly title: string;
}

/** A column of a list under a heading of its own. */
export interface ShownColumn {
  readonly name: string;
  readonly heading: string;
  /** Whether it has all its digits: one by which a reader works out what stands beside it. */
  readonly exact?: boolean;
}

/** Some columns of a list under headings of their own. */
export interface ListView {
  readonly title: string;
  /** Name of a section of the report, or one made for this view. */
  readonly section: string | Section;
  /** Contract names of the columns to show, with the heading of each. */
  readonly columns: readonly ShownColumn[];
  /** At most so many rows; a line below says how many there are when `total` is larger. */
  readonly top?: number;
  readonly total?: number;
}

/** A part of what a terminal or a page shows, in order. */
export type View =
  | { readonly type: 'facts'; readonly title: string; readonly facts: readonly Fact[] }
  /** Lines to be pasted, so that none is ever wrapped. */
  | { readonly type: 'lines'; readonly title: string; readonly lines: readonly string[] }
  /** A list, drawn above it where the format can. */
  | (ListView & { readonly type: 'section'; readonly chart?: Chart })
  /** A picture, for formats that can draw: others have its list by its name, as `--section`. */
  | (ListView & { readonly type: 'chart'; readonly chart: Chart });

export interface Report {
  readonly command: string;
  /** The document in contract order; a Section stands where its list belongs. */
  readonly document: readonly (readonly [string, Json | Section])[];
  /** Lists besides those in the document, for `--section`: what the document nests, row by row. */
  readonly sections?: readonly Section[];
  /** Name of the section that csv and ndjson carry unless `--section` says otherwise. */
  readonly main: string;
  readonly views: readonly View[];
  /** What was found in sentences that a manager reads, the most important first. */
  readonly answer?: () => Promise<readonly string[]>;
}

/** Decimals of P(alive), DERT and other expectations in the output. */
export const FIGURE_DIGITS = 6;
