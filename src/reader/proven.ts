import type { ColumnarFile } from '../data/columnar.ts';
import type { DayReader } from './dates/dates.ts';
import type { Source } from './files/source.ts';
import type { Head } from './header.ts';
import type { Proof } from './plain/proof.ts';
import type { PlainRepeats } from './plain/repeats.ts';
import type { PlainColumns } from './plain/scan.ts';
import type { Projection } from './text/records.ts';

/** A file whose header is understood. */
export interface Input {
  readonly source: Source;
  readonly head: Head;
  /** What it is where it holds typed columns. */
  readonly columnar: ColumnarFile | null;
}

/** A file of text, and where in it is what is wanted. */
export interface TextFile {
  readonly source: Source;
  readonly delimiter: string;
  readonly projection: Projection;
  /** Records up to the first of data. */
  readonly skip: number;
  /** Columns whose text was written from typed values: ISO dates, amounts with a point, whatever other files have. */
  readonly canonical: { readonly date: boolean; readonly amount: boolean };
  /** What reads its dates where they leave out the year, which each file says for itself. */
  readonly year: DayReader | null;
  /** Where the wanted columns are, in a file that the ledger may read by itself; null where its records have to be looked at. */
  readonly direct: PlainColumns | null;
}

/** A file that was read through once. */
export interface Proven extends TextFile {
  readonly proof: Proof;
  /** Of a plain file: its records that stand in files before it. */
  readonly repeats: PlainRepeats | null;
}
