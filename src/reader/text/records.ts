import { CsvError, Parser } from 'csv-parse';
import { ClvError } from '../../base/errors.ts';
import type { Named } from '../files/stable-file.ts';
import { innerText } from './excel-text.ts';
import { Window } from './window.ts';

/** Limits of trust.md: no transaction export needs more, and an unclosed quote must not eat the memory. */
export const FIELD_LIMIT = 1 << 20;
const RECORD_LIMIT = 8 << 20;
export const COLUMN_LIMIT = 10_000;

/** How csv-parse is always asked to read: every line-end style, empty lines skipped, field counts left to us. */
export const CSV_OPTIONS = {
  bom: true,
  relax_column_count: true,
  skip_empty_lines: true,
  record_delimiter: ['\r\n', '\n', '\r'],
};

/** Which fields of a record are wanted: their positions, and how many fields a record has. */
export interface Projection {
  /** Each once, or negative: then it stays blank. */
  readonly columns: readonly number[];
  readonly fields: number;
}

/** Whole records in file order. `ends[i]` is the offset behind record i; it begins at the end of the one before. */
export interface Records {
  /** The wanted fields of each record, '' where it has fewer; all its fields where `columns` is null. */
  readonly rows: readonly string[][];
  /** Fields of each record as it stands in the file; 0 where all are blank. */
  readonly widths: readonly number[];
  /** Fields that a record must have; 0: that is not known. */
  readonly fields: number;
  readonly columns: readonly number[] | null;
  readonly start: number;
  readonly ends: readonly number[];
  readonly window: Window;
  readonly delimiter: string;
}

/** The parser hands each record over as it is found, with its byte offset; its queue of records stays empty. */
class RecordParser extends Parser {
  rows: string[][] = [];
  widths: number[] = [];
  ends: number[] = [];
  projection: Projection | null = null;
  #before = 0;

  override push(record: string[] | null): boolean {
    if (record === null) return super.push(null);
    const large = this.info.bytes - this.#before > FIELD_LIMIT && record.some(isTooLarge);
    this.#before = this.info.bytes;
    this.widths.push(large ? TOO_LARGE : this.projection !== null && isBlank(record) ? 0 : record.length);
    this.rows.push(
      this.projection === null
        ? record.map(innerText)
        : this.projection.columns.map((column) => innerText(record[column] ?? '')),
    );
    this.ends.push(this.info.bytes);
    return true;
  }
}

/** The width of a record with a field beyond the limit. */
export const TOO_LARGE = -1;

function isTooLarge(text: string): boolean {
  return Buffer.byteLength(text) > FIELD_LIMIT;
}

/** A record of too many fields is not blank: it is refused. */
function isBlank(record: readonly string[]): boolean {
  return record.length <= COLUMN_LIMIT && record.every((text) => text === '' || text.trim() === '');
}

/** What to do about quotes that are out of place. */
export const QUOTING = 'put the field in quotes and write its quotes twice';
const IN_JSON = 'set the export to double the quotes in a field (RFC 4180), or leave that column out of it';

/** E235 with the column that holds the quotes, where the header tells its name. */
export function inColumn(error: unknown, header: readonly string[]): unknown {
  if (!(error instanceof ClvError) || error.code !== 'E235') return error;
  const name = header[Number(error.values['field']) - 1];
  if (name === undefined) return error;
  const remedy =
    error.values['json'] === 1 ? `column "${name}" holds JSON: ${IN_JSON}` : `in column "${name}": ${QUOTING}`;
  return new ClvError('E235', { ...error.values, remedy }, error.place);
}

/** Bytes in, records out: csv-parse with our limits, and its errors placed (E234, E235, E238). */
export class RecordFeed {
  readonly #parser: RecordParser;
  readonly #delimiter: string;
  #window: Window;
  #done = 0;
  #fault: unknown;

  /** @param projection all fields when absent */
  constructor(file: Named, delimiter: string, projection: Projection | null = null) {
    this.#delimiter = delimiter;
    this.#window = Window.start(file);
    this.#parser = new RecordParser({ ...CSV_OPTIONS, delimiter });
    this.#parser.projection = projection;
    this.#parser.on('error', () => {});
  }

  /** The records that end in this part. The bytes must not change afterwards. */
  async feed(bytes: Buffer): Promise<Records> {
    this.check();
    this.#window = this.#window.next(this.#done, bytes);
    return this.#taken((done) => this.#parser.write(bytes, done));
  }

  async end(): Promise<Records> {
    this.check();
    return this.#taken((done) => this.#parser.end(done));
  }

  /** Raises the fault that stopped the parser. Records before it are handed out first, so call this after `end`. */
  check(): void {
    if (this.#fault) throw this.#placed(this.#fault);
  }

  async #taken(step: (done: (error?: Error | null) => void) => void): Promise<Records> {
    await new Promise<void>((resolve) => {
      step((error) => {
        this.#fault = error;
        resolve();
      });
    });
    const { rows, widths, ends, projection } = this.#parser;
    this.#parser.rows = [];
    this.#parser.widths = [];
    this.#parser.ends = [];
    const { fields, columns } = projection ?? { fields: 0, columns: null };
    const read = { rows, widths, fields, columns, ends, window: this.#window, delimiter: this.#delimiter };
    const records = withinLimits({ ...read, start: this.#done });
    this.#done = ends.at(-1) ?? this.#done;
    return records;
  }

  #placed(error: unknown): ClvError {
    if (!(error instanceof CsvError)) throw error;
    const window = this.#window;
    const at = window.quoteFault(this.#done, this.#delimiter);
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new ClvError('E234', {}, window.place(at));
    const found = window.fieldAt(this.#done, at, this.#delimiter);
    return new ClvError('E235', { remedy: QUOTING, ...found }, window.place(at));
  }
}

/** The records, unless one of them, or what is behind them, is too large. E238. */
export function withinLimits(records: Records): Records {
  const { widths, start, ends, window } = records;
  let from = start;
  for (let i = 0; i < widths.length; i++) {
    const to = ends[i]!;
    if (widths[i]! > COLUMN_LIMIT) throw tooLarge(window, from, 'the record', '10,000 columns');
    if (to - from > FIELD_LIMIT) {
      if (to - from > RECORD_LIMIT) throw tooLarge(window, from, 'the record', '8 MiB');
      if (widths[i] === TOO_LARGE) throw tooLarge(window, from, 'a field', '1 MiB');
    }
    from = to;
  }
  if (window.end - from > RECORD_LIMIT) throw tooLarge(window, from, 'the record', '8 MiB');
  return records;
}

function tooLarge(window: Window, record: number, what: string, limit: string): ClvError {
  return new ClvError('E238', { what, limit }, window.place(window.recordStart(record)));
}
