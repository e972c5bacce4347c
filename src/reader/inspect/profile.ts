import { ClvError } from '../../base/errors.ts';
import type { Source } from '../files/source.ts';
import { readData } from '../text/read-records.ts';
import type { Projection } from '../text/records.ts';

/** A column as its first records show it. */
export interface ColumnProfile {
  /** The first few that differ. */
  readonly examples: readonly string[];
  /** Distinct values that are not blank, up to the most that are counted. */
  readonly distinct: number;
  /** Whether there are more than these. */
  readonly more: boolean;
  readonly blanks: number;
}

export interface Profile {
  /** Records that were looked at. */
  readonly records: number;
  /** Whether these are all there are. */
  readonly complete: boolean;
  /** Null for one that was not looked at. */
  readonly columns: readonly (ColumnProfile | null)[];
}

/** What a file needs to be looked at. */
export interface Profiled {
  readonly source: Source;
  readonly delimiter: string;
  /** Records up to the first of data. */
  readonly skip: number;
}

/** So many records tell what a column holds; counting all of a large file would take as long as valuing it. */
const MOST_RECORDS = 20_000;
const MOST_DISTINCT = 1000;
const EXAMPLES = 3;
/** Longest text that an example repeats. */
const SHOWN = 40;

class ProfiledColumn {
  readonly #seen = new Set<string>();
  #last: string | null = null;
  #more = false;
  #blanks = 0;

  see(text: string): void {
    if (text === this.#last) return;
    const value = text.trim();
    if (value === '') {
      this.#blanks++;
      return;
    }
    this.#last = text;
    if (this.#more || this.#seen.has(value)) return;
    if (this.#seen.size < MOST_DISTINCT) this.#seen.add(value);
    else this.#more = true;
  }

  get result(): ColumnProfile {
    const examples = [...this.#seen].slice(0, EXAMPLES).map(cut);
    return { examples, distinct: this.#seen.size, more: this.#more, blanks: this.#blanks };
  }
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** Looks at every column of the first records. Faults of the text end it: they are told by who reads the file. */
export async function profileOf(files: readonly Profiled[], fields: number, signal?: AbortSignal): Promise<Profile> {
  const columns = Array.from({ length: fields }, () => new ProfiledColumn());
  let records = 0;
  const projection: Projection = { columns: [...columns.keys()], fields };
  try {
    for (const { source, delimiter, skip } of files) {
      const lots = readData(source, skip, { delimiter, projection, wellFormed: false }, signal);
      for await (const { records: part, first } of lots) {
        for (let i = first; i < part.rows.length; i++) {
          if (part.widths[i] !== fields) continue;
          if (records === MOST_RECORDS) return { records, complete: false, columns: columns.map((one) => one.result) };
          records++;
          const row = part.rows[i]!;
          for (let column = 0; column < fields; column++) columns[column]!.see(row[column]!);
        }
      }
    }
  } catch (error) {
    if (!(error instanceof ClvError)) throw error;
    return { records, complete: false, columns: columns.map((one) => one.result) };
  }
  return { records, complete: true, columns: columns.map((one) => one.result) };
}
