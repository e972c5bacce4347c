import { type Located, StableFile } from '../files/stable-file.ts';
import { type Projection, RecordFeed, type Records } from './records.ts';
import { RecordSplitter, SPLIT_ROOM } from './splitter.ts';

/** Texts of so many bytes are made among the young ones, where making and letting go of them costs least. */
const SPLIT_BYTES = 96 << 10;
const PARSE_BYTES = 256 << 10;

/** How the records of a file are to be read. */
export interface RecordsOf {
  readonly delimiter: string;
  readonly projection: Projection;
  /** Whether the file is proven to be so: then it is split without csv-parse, which reads the same. */
  readonly wellFormed: boolean;
}

/**
 * The records of a local UTF-8 file, the header among them, read whole: E431 unless it held still. Each lot is good until the
 * next is asked for. E234, E235, E238.
 */
export async function* readRecords(
  file: Located,
  { delimiter, projection, wellFormed }: RecordsOf,
  signal?: AbortSignal,
  readBytes = wellFormed ? SPLIT_BYTES : PARSE_BYTES,
): AsyncGenerator<Records> {
  const input = await StableFile.open(file);
  try {
    if (wellFormed) yield* split(input, new RecordSplitter(file, delimiter, projection), readBytes, signal);
    else yield* parse(input, new RecordFeed(file, delimiter, projection), readBytes, signal);
  } finally {
    await input.close();
  }
}

/** Records of a lot, those before `first` being the header and what stands above it. */
export interface DataLot {
  readonly records: Records;
  readonly first: number;
}

/** The records of a file with the first record of data in each lot. @param skip records up to the first of data */
export async function* readData(
  file: Located,
  skip: number,
  of: RecordsOf,
  signal?: AbortSignal,
): AsyncGenerator<DataLot> {
  let above = skip;
  for await (const records of readRecords(file, of, signal)) {
    const first = Math.min(above, records.rows.length);
    above -= first;
    yield { records, first };
  }
}

async function* split(
  input: StableFile,
  splitter: RecordSplitter,
  readBytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Records> {
  for await (const part of input.partsAhead(SPLIT_ROOM, readBytes, signal)) {
    if (part.length === 0) await input.finish();
    yield splitter.feed(part);
  }
}

async function* parse(
  input: StableFile,
  feed: RecordFeed,
  readBytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Records> {
  for await (const part of input.parts(readBytes, signal)) yield await feed.feed(part);
  await input.finish();
  yield await feed.end();
  feed.check();
}
