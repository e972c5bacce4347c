import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { openError } from '../../reader/files/stable-file.ts';

/** Hash and size of some bytes. */
export interface Hashed {
  readonly sha256: string;
  readonly bytes: number;
}

/** Chunks on their way to an output, and what they come to when all of them have gone. */
export class HashedChunks {
  readonly #chunks: AsyncIterable<string | Uint8Array>;
  /** Null where the reader has left before the end. */
  result: Hashed | null = null;

  constructor(chunks: AsyncIterable<string | Uint8Array>) {
    this.#chunks = chunks;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string | Uint8Array> {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of this.#chunks) {
      hash.update(chunk);
      bytes += Buffer.byteLength(chunk);
      yield chunk;
    }
    this.result = { sha256: hash.digest('hex'), bytes };
  }
}

/** Hash and size of a file. E401, E403. */
export async function hashOf(file: string): Promise<Hashed> {
  try {
    const chunks = new HashedChunks(createReadStream(file, { highWaterMark: 1 << 20 }));
    for await (const _ of chunks);
    return chunks.result!;
  } catch (error) {
    throw openError(file, error);
  }
}

export function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
