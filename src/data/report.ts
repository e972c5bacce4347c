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

/** A part of what a terminal or a Markdown page shows, in order. */
export type View =
  | { readonly type: 'facts'; readonly title: string; readonly facts: readonly Fact[] }
  /** Lines to be pasted, so that none is ever wrapped. */
  | { readonly type: 'lines'; readonly title: string; readonly lines: readonly string[] }
  | {
      readonly type: 'section';
      readonly title: string;
      /** Name of a section of the report, or one made for this view. */
      readonly section: string | Section;
      /** Contract names of the columns to show, with the heading of each. */
      readonly columns: readonly { readonly name: string; readonly heading: string }[];
      /** At most so many rows; a line below says how many there are when `total` is larger. */
      readonly top?: number;
      readonly total?: number;
    };

export interface Report {
  readonly command: string;
  /** The document in contract order; a Section stands where its list belongs. */
  readonly document: readonly (readonly [string, Json | Section])[];
  /** Lists besides those in the document, for `--section`: what the document nests, row by row. */
  readonly sections?: readonly Section[];
  /** Name of the section that csv and ndjson carry unless `--section` says otherwise. */
  readonly main: string;
  readonly views: readonly View[];
}

/** Decimals of P(alive), DERT and other expectations in the output. */
export const FIGURE_DIGITS = 6;
