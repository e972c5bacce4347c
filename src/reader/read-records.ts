import { type Projection, RecordFeed, type Records } from './records.ts';
import { RecordSplitter } from './splitter.ts';
import { type Located, StableFile } from './stable-file.ts';

const READ_BYTES = 256 << 10;

/** How the records of a file are to be read. */
export interface RecordsOf {
  readonly delimiter: string;
  readonly projection: Projection;
  /** Whether the file is proven to be so: then it is split without csv-parse, which reads the same. */
  readonly wellFormed: boolean;
}

/** The records of a local UTF-8 file, the header among them, read whole: E431 unless it held still. E234, E235, E238. */
export async function* readRecords(
  file: Located,
  { delimiter, projection, wellFormed }: RecordsOf,
  signal?: AbortSignal,
  readBytes = READ_BYTES,
): AsyncGenerator<Records> {
  const input = await StableFile.open(file);
  try {
    const feed = wellFormed
      ? new RecordSplitter(file, delimiter, projection)
      : new RecordFeed(file, delimiter, projection);
    for await (const part of input.parts(readBytes, signal)) yield await feed.feed(part);
    await input.finish();
    yield await feed.end();
    if (feed instanceof RecordFeed) feed.check();
  } finally {
    await input.close();
  }
}
