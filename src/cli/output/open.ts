import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ClvError } from '../../base/errors.ts';
import { takeLock } from './lock.ts';
import { attempt, cleaning, type Output, removeIfPossible, type Target, targetOf } from './target.ts';

const STDOUT = new Set(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']);

/**
 * Claims standard output (no file, or `-`), a device, or a file. An abort of the signal removes temporary files at once
 * and ends `prepare` with the reason of the signal. Errors: E411 cannot be created, E421 writing failed, E432 locked.
 */
export async function openOutput(file?: string, signal?: AbortSignal): Promise<Output> {
  if (file === undefined || file === '-' || STDOUT.has(resolve(file))) return openStdout(signal);
  const target = await targetOf(file);
  return target.regular ? openFile(target, signal) : openDevice(file, signal);
}

/** How standard output is named where writing to it fails. */
const NAME = '(standard output)';

/** A reader that leaves (`clv … | head`) is no failure: the rest is not computed, and `prepare` ends as if it were done. */
function openStdout(signal?: AbortSignal): Output {
  return atOnce((chunks) => toStdout(chunks, signal));
}

/** A device, a pipe with a name or an open descriptor: appended to, never replaced, not locked. */
function openDevice(file: string, signal?: AbortSignal): Output {
  return atOnce(async (chunks) => {
    const handle = await attempt(file, 'E411', () => open(file, 'a'));
    await writeAll(handle, file, chunks, signal).finally(() => handle.close());
  });
}

function atOnce(write: (chunks: AsyncIterable<string | Uint8Array>) => Promise<void>): Output {
  const prepare: Output['prepare'] = async (chunks) => {
    await untilClosed(() => write(chunks));
    return async () => {};
  };
  return { discard: () => {}, prepare };
}

async function toStdout(chunks: AsyncIterable<string | Uint8Array>, signal?: AbortSignal): Promise<void> {
  const write = isFile() ? toFile : toStream;
  process.stdout.on('error', () => {});
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    await attempt(NAME, 'E421', () => write(chunk));
  }
}

/** Redirected to a file or a device like /dev/null: process.stdout would take a part that was written for the whole. */
function isFile(): boolean {
  const stat = fstatSync(1);
  return stat.isFile() || (stat.isCharacterDevice() && !process.stdout.isTTY);
}

function toFile(chunk: string | Uint8Array): void {
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written);
}

/** Waits until the chunk is on its way, so that a slow reader holds us up instead of filling the memory. */
function toStream(chunk: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

const CLOSED = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);

async function untilClosed(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const closed = error instanceof ClvError && error.code === 'E421' && CLOSED.has(String(error.values['detail']));
    if (!closed) throw error;
  }
}

/**
 * A regular file, replaced as a whole: a lock beside it from now on, a temporary file in its folder while it is written,
 * then a rename. Whoever reads the path sees the old file or the new one, also after a power cut.
 */
async function openFile(target: Target, signal?: AbortSignal): Promise<Output> {
  signal?.throwIfAborted();
  const { file, path } = target;
  const temporary = (pid: number) => `${path}.${pid}.tmp`;
  const release = await attempt(file, 'E411', () =>
    takeLock(`${path}.lock`, file, (pid) => removeIfPossible(temporary(pid))),
  );

  removeIfPossible(temporary(process.pid)); // of a dead run with our pid
  const discard = cleaning(signal, () => {
    removeIfPossible(temporary(process.pid));
    release();
  });
  const orDiscard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      discard();
      signal?.throwIfAborted();
      throw error;
    }
  };
  const place = async () => {
    signal?.throwIfAborted();
    await attempt(file, 'E421', () => rename(temporary(process.pid), path));
    await syncFolder(dirname(path));
    discard();
  };
  const prepare: Output['prepare'] = async (chunks) => {
    await orDiscard(() => fill(target, temporary(process.pid), chunks, signal));
    return () => orDiscard(place);
  };
  return { prepare, discard };
}

async function fill(
  { file, mode }: Target,
  temporary: string,
  chunks: AsyncIterable<string | Uint8Array>,
  signal?: AbortSignal,
) {
  // Made at once: what is being made elsewhere when a signal comes would be there after the clean-up.
  await attempt(file, 'E411', () => closeSync(openSync(temporary, 'wx', mode === undefined ? 0o666 : 0o600)));
  const handle = await attempt(file, 'E411', () => open(temporary, 'r+'));
  try {
    if (mode !== undefined) await attempt(file, 'E411', () => handle.chmod(mode));
    await writeAll(handle, file, chunks, signal);
    await attempt(file, 'E421', () => handle.sync());
    await attempt(file, 'E421', () => handle.close());
  } finally {
    await handle.close().catch(() => {});
  }
}

async function writeAll(
  handle: FileHandle,
  file: string,
  chunks: AsyncIterable<string | Uint8Array>,
  signal?: AbortSignal,
) {
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    await attempt(file, 'E421', () => handle.writeFile(chunk));
  }
}

/** Makes the rename last. The new file is there already, so a file system that cannot sync a folder is no failure. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
