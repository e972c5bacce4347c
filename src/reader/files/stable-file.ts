import { type BigIntStats, readdirSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ClvError } from '../../base/errors.ts';
import { errnoOf, shortage } from '../../base/faults.ts';
import { didYouMean } from '../../base/nearest.ts';

/** What tells one state of a file from another. */
export interface Stamp {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: bigint;
  readonly modified: bigint;
}

/** Hash and size of the content of a file. */
export interface Fingerprint {
  readonly sha256: string;
  readonly bytes: number;
}

/** A file under the name the user knows it by, and the path where its bytes are. */
export interface Located extends Named {
  readonly path: string;
  /** Is told of every part that is read of it. */
  readonly onRead?: OnRead | undefined;
}

/** Is called with the bytes of a file that are read, counted from its beginning. */
export type OnRead = (file: string, bytes: number, size: number) => void;

/** What places name. */
export interface Named {
  readonly name: string;
  /** Rows of a file of typed columns, where these bytes were written from one. */
  readonly rows?: number;
  /** Where these bytes were written from rows: the number of the first. Then places are rows, not lines. */
  readonly firstRow?: number;
}

/** The stamp of a path. Throws what `stat` throws. */
export async function stampOf(path: string): Promise<Stamp> {
  return stampFrom(await stat(path, { bigint: true }));
}

function stampFrom({ dev, ino, size, mtimeNs }: BigIntStats): Stamp {
  return { device: dev, inode: ino, size, modified: mtimeNs };
}

/** E431 unless the file is as it was. */
export async function mustBeUnchanged(file: Located, before: Stamp): Promise<void> {
  const now = await stampOf(file.path).catch(() => null);
  if (!now || !sameStamp(now, before)) throw new ClvError('E431', {}, { file: file.name });
}

function sameStamp(a: Stamp, b: Stamp): boolean {
  return a.inode === b.inode && a.device === b.device && a.size === b.size && a.modified === b.modified;
}

/**
 * A failure of the system to read a file as an error of ours: its detail is the text Node gives before the call and the path.
 * E465 and E466 where the machine lacks something.
 */
export function systemError(code: 'E403' | 'E422', file: string, error: unknown): ClvError {
  const lacking = shortage(error, file);
  if (lacking && lacking.code !== 'E421') return lacking;
  const text = error instanceof Error ? error.message : String(error);
  return new ClvError(code, { detail: text.split(',')[0] ?? text }, { file });
}

/** A failure to write a file of the private directory: E421 with the name of that directory, E465, E466; errors of ours pass. */
export function workingError(path: string, error: unknown): unknown {
  const folder = dirname(path);
  const errno = errnoOf(error);
  return (
    shortage(error, folder) ?? (errno === undefined ? error : new ClvError('E421', { detail: errno }, { file: folder }))
  );
}

/** Asks for a file with a name like that of one that is not there, in the same folder. */
function otherFile(file: string): string {
  const name = basename(file);
  try {
    return didYouMean(name, readdirSync(dirname(file)), file.slice(0, file.lastIndexOf(name)));
  } catch {
    return '';
  }
}

/** A path that cannot be opened: E401 when there is nothing, E403 else. */
export function openError(file: string, error: unknown): ClvError {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? new ClvError('E401', { hint: otherFile(file) }, { file })
    : systemError('E403', file, error);
}

/** Bytes that were read, behind the room before them in their buffer. */
export interface Part {
  readonly buffer: Buffer;
  readonly length: number;
}

/** Reads a file from its beginning; `finish` proves that what was read is the whole file and that it held still. */
export class StableFile {
  readonly #file: Located;
  readonly #handle: FileHandle;
  readonly #before: Stamp;
  #bytes = 0;

  private constructor(file: Located, handle: FileHandle, before: Stamp) {
    this.#file = file;
    this.#handle = handle;
    this.#before = before;
  }

  static async open(file: Located): Promise<StableFile> {
    try {
      const handle = await open(file.path, 'r');
      return new StableFile(file, handle, stampFrom(await handle.stat({ bigint: true })));
    } catch (error) {
      throw systemError('E403', file.name, error);
    }
  }

  /** Read so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** When it was opened. */
  get size(): number {
    return Number(this.#before.size);
  }

  /** Bytes put at `offset` of the buffer, at most `length`; 0 at the end. E422 when the device fails. */
  async read(into: Buffer, offset: number, length: number): Promise<number> {
    try {
      const { bytesRead } = await this.#handle.read(into, offset, length, null);
      this.#bytes += bytesRead;
      this.#file.onRead?.(this.#file.name, this.#bytes, this.size);
      return bytesRead;
    } catch (error) {
      throw systemError('E422', this.#file.name, error);
    }
  }

  /** What is left, part by part, each in a buffer of its own. E422. */
  async *parts(length: number, signal?: AbortSignal): AsyncGenerator<Buffer> {
    for (;;) {
      signal?.throwIfAborted();
      const part = Buffer.allocUnsafe(length);
      const read = await this.read(part, 0, length);
      if (read === 0) return;
      yield part.subarray(0, read);
    }
  }

  /**
   * The parts of what is left, at last an empty one; each is read while the one before is worked on, so that a part is good
   * until the next is asked for. They stand in their buffers behind so much room. E422.
   */
  async *partsAhead(room: number, length: number, signal?: AbortSignal): AsyncGenerator<Part> {
    const buffers = [Buffer.allocUnsafe(room + length), Buffer.allocUnsafe(room + length)] as const;
    let next = this.read(buffers[0], room, length);
    for (let turn = 0; ; turn = 1 - turn) {
      signal?.throwIfAborted();
      const read = await next;
      if (read > 0) next = this.read(buffers[turn === 0 ? 1 : 0], room, length);
      // Whoever stops before the end of the file does not ask for the part that is under way.
      next.catch(() => {});
      yield { buffer: buffers[turn === 0 ? 0 : 1], length: read };
      if (read === 0) return;
    }
  }

  /** Call after the last read. E431. */
  async finish(): Promise<void> {
    await mustBeUnchanged(this.#file, this.#before);
    if (BigInt(this.#bytes) !== this.#before.size) throw new ClvError('E431', {}, { file: this.#file.name });
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
