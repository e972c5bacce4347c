import { Zip, ZipDeflate } from 'fflate';

/** A file of an archive: its name, and its text in chunks. */
export interface Part {
  readonly name: string;
  readonly text: AsyncIterable<string> | Iterable<string>;
}

/** An archive of files, packed as they come: no more than a chunk is held. */
export async function* zipped(parts: AsyncIterable<Part> | Iterable<Part>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const archive = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  // Archives hold local times: noon of the first day that they can hold is the same bytes whenever and wherever they are written.
  const date = new Date(1980, 0, 1, 12);
  const encoder = new TextEncoder();
  for await (const { name, text } of parts) {
    const file = new ZipDeflate(name, { level: 1 });
    file.mtime = date;
    archive.add(file);
    for await (const chunk of text) {
      file.push(encoder.encode(chunk), false);
      yield* ready.splice(0);
    }
    file.push(new Uint8Array(0), true);
    yield* ready.splice(0);
  }
  archive.end();
  yield* ready.splice(0);
}
