import type { Day } from '../base/calendar.ts';

/**
 * Files that hold typed columns instead of text (Parquet). An engine tells what is in them and writes their columns out as
 * text of one form each; from there on they are read, proven and counted like any other text.
 */
/**
 * What a column holds, and its text: `integer` and `decimal` digits, `float` the fewest digits that give it back, `date` and
 * `timestamp` (without a zone) the ISO day, `instant` the ISO day in a zone, `boolean` true or false; `other` none.
 */
export type ColumnKind =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'float'
  | 'date'
  | 'timestamp'
  | 'instant'
  | 'boolean'
  | 'other';

export interface TypedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The type as the engine calls it, for messages. */
  readonly type: string;
}

/** A file under the name the user knows it by, and the path where its bytes are. */
export interface ColumnarSource {
  readonly name: string;
  readonly path: string;
}

export interface ColumnarFile extends ColumnarSource {
  readonly columns: readonly TypedColumn[];
  /** By the file's own account. */
  readonly rows: number;
}

/** Some columns of a file, by position from 0. */
export interface ColumnarChoice {
  readonly file: ColumnarFile;
  readonly columns: readonly number[];
  readonly zone: ZoneDays | null;
}

/** Days of a zone one after the other: all have 24 hours but the last, which ends where the next run begins. */
export interface DayRun {
  readonly first: Day;
  readonly last: Day;
  /** When the first begins: milliseconds since 1970-01-01 UTC. */
  readonly start: number;
}

/** What decides the day of an instant. */
export interface ZoneDays {
  /** The days that begin, run or end on any of some days of UTC, in order. */
  runs(utc: readonly Day[]): readonly DayRun[];
}

/** Reads such files, and nothing else. @throws ClvError E243 */
export interface ColumnarEngine {
  describe(files: readonly ColumnarSource[]): Promise<readonly ColumnarFile[]>;
  /**
   * Writes each choice as a CSV of its own: UTF-8, commas, LF, a header, then every row in the order of the file. NULL is empty.
   * @returns their paths, in the private directory
   * @throws ClvError E421
   */
  extract(choices: readonly ColumnarChoice[], signal?: AbortSignal): Promise<readonly string[]>;
}
