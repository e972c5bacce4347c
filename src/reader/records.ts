import { CsvError, Parser } from 'csv-parse';
import { ClvError } from '../base/errors.ts';
import { type Located, type Named, StableFile } from './stable-file.ts';
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

/** Whole records in file order. `ends[i]` is the offset behind record i; it begins at the end of the one before. */
export interface Records {
  readonly rows: readonly string[][];
  readonly start: number;
  readonly ends: readonly number[];
  readonly window: Window;
  readonly delimiter: string;
}

/** The parser hands each record over as it is found, with its byte offset; its queue of records stays empty. */
class RecordParser extends Parser {
  rows: string[][] = [];
  ends: number[] = [];

  override push(record: string[] | null): boolean {
    if (record === null) return super.push(null);
    this.rows.push(record);
    this.ends.push(this.info.bytes);
    return true;
  }
}

/** Bytes in, records out: csv-parse with our limits, and its errors placed (E234, E235, E238). */
export class RecordFeed {
  readonly #parser: RecordParser;
  readonly #delimiter: string;
  #window: Window;
  #done = 0;
  #fault: unknown;

  constructor(file: Named, delimiter: string) {
    this.#delimiter = delimiter;
    this.#window = Window.start(file);
    this.#parser = new RecordParser({ ...CSV_OPTIONS, delimiter });
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
    const { rows, ends } = this.#parser;
    this.#parser.rows = [];
    this.#parser.ends = [];
    const records = { rows, start: this.#done, ends, window: this.#window, delimiter: this.#delimiter };
    checkLimits(records);
    this.#done = ends.at(-1) ?? this.#done;
    if (this.#window.end - this.#done > RECORD_LIMIT) throw tooLarge(this.#window, this.#done, 'the record', '8 MiB');
    return records;
  }

  #placed(error: unknown): ClvError {
    if (!(error instanceof CsvError)) throw error;
    const code = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'E234' : 'E235';
    return new ClvError(code, {}, this.#window.place(this.#window.quoteFault(this.#done, this.#delimiter)));
  }
}

function checkLimits({ rows, start, ends, window }: Records): void {
  let from = start;
  for (let i = 0; i < rows.length; i++) {
    const to = ends[i]!;
    if (rows[i]!.length > COLUMN_LIMIT) throw tooLarge(window, from, 'the record', '10,000 columns');
    if (to - from > FIELD_LIMIT) {
      if (to - from > RECORD_LIMIT) throw tooLarge(window, from, 'the record', '8 MiB');
      if (rows[i]!.some((text) => Buffer.byteLength(text) > FIELD_LIMIT))
        throw tooLarge(window, from, 'a field', '1 MiB');
    }
    from = to;
  }
}

function tooLarge(window: Window, record: number, what: string, limit: string): ClvError {
  return new ClvError('E238', { what, limit }, window.place(window.recordStart(record)));
}

const READ_BYTES = 256 << 10;

/** The records of a local UTF-8 file, the header among them, read whole: E431 unless it held still. */
export async function* readRecords(file: Located, delimiter: string, signal?: AbortSignal): AsyncGenerator<Records> {
  const input = await StableFile.open(file);
  try {
    const feed = new RecordFeed(file, delimiter);
    for await (const part of input.parts(READ_BYTES, signal)) yield await feed.feed(part);
    await input.finish();
    yield await feed.end();
    feed.check();
  } finally {
    await input.close();
  }
}
