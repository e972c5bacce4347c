import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ClvError } from '../../base/errors.ts';
import { errnoOf } from '../../base/faults.ts';
import type { Allowance } from './allowance.ts';
import { type Fingerprint, type Located, StableFile, workingError } from './stable-file.ts';

const READ_BYTES = 256 << 10;

/**
 * Unpacks a gzip file to another path; hash and size of the packed one.
 * E244 where it is damaged or cut off, E245 where it unpacks to too much.
 */
export async function gunzip(
  file: Located,
  path: string,
  allowance: Allowance,
  signal?: AbortSignal,
): Promise<Fingerprint> {
  const input = await StableFile.open(file);
  try {
    const hash = createHash('sha256');
    const engine = createGunzip({ chunkSize: READ_BYTES });
    const packed = async function* () {
      for await (const part of input.parts(READ_BYTES)) {
        hash.update(part);
        yield part;
      }
    };
    const output = createWriteStream(path, { mode: 0o600 });
    await pipeline(packed, engine, allowance.bounded(), output, signal ? { signal } : {});
    await input.finish();
    // The engine ends quietly at padding, and would drop what follows it.
    if (engine.bytesWritten !== input.bytes) throw new ClvError('E244', {}, { file: file.name });
    return { sha256: hash.digest('hex'), bytes: input.bytes };
  } catch (error) {
    if (signal?.aborted || !errnoOf(error)?.startsWith('Z_')) throw workingError(path, error);
    throw new ClvError('E244', {}, { file: file.name });
  } finally {
    await input.close();
  }
}
