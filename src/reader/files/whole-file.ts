import { type FileHandle, open } from 'node:fs/promises';
import { ClvError } from '../../base/errors.ts';
import { openError, systemError } from './stable-file.ts';

/** A small file is held in memory. */
const LIMIT = 256 << 20;
const READ_BYTES = 64 << 10;

/**
 * A small file, read once and whole, so that it may be a pipe, or a process that is substituted for one.
 * @param what it is, for messages
 * @throws ClvError E238, E401–E403, E422
 */
export async function readWhole(file: string, what: string): Promise<Buffer> {
  const input = await opened(file);
  try {
    const found = await input.stat();
    if (found.isDirectory()) throw new ClvError('E402', {}, { file });
    if (found.size > LIMIT) throw tooLarge(file, what);
    const parts: Buffer[] = [];
    for (let length = 0; ; ) {
      const { bytesRead, buffer } = await input.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, null);
      if (bytesRead === 0) return Buffer.concat(parts);
      length += bytesRead;
      if (length > LIMIT) throw tooLarge(file, what);
      parts.push(buffer.subarray(0, bytesRead));
    }
  } catch (error) {
    throw error instanceof ClvError ? error : systemError('E422', file, error);
  } finally {
    await input.close();
  }
}

async function opened(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (error) {
    throw openError(file, error);
  }
}

function tooLarge(file: string, what: string): ClvError {
  return new ClvError('E238', { what, limit: '256 MiB' }, { file });
}
