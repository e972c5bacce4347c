import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { takeLock } from './lock.ts';
import { attempt, type Output, removeIfPossible, type Target } from './target.ts';

/**
 * A regular file, replaced as a whole: a lock beside it from now on, a temporary file in its folder while it is written,
 * then a rename. Whoever reads the path sees the old file or the new one, also after a power cut.
 */
export async function openFile(target: Target, signal?: AbortSignal): Promise<Output> {
  signal?.throwIfAborted();
  const { file, path } = target;
  const temporary = (pid: number) => `${path}.${pid}.tmp`;
  const release = await attempt(file, 'E411', () =>
    takeLock(`${path}.lock`, file, (pid) => removeIfPossible(temporary(pid))),
  );

  removeIfPossible(temporary(process.pid)); // of a dead run with our pid
  /** At once, since after a signal nothing later may run. */
  const discard = () => {
    signal?.removeEventListener('abort', discard);
    process.removeListener('exit', discard);
    removeIfPossible(temporary(process.pid));
    release();
  };
  signal?.addEventListener('abort', discard);
  process.once('exit', discard);

  const write = async (chunks: AsyncIterable<string | Uint8Array>) => {
    try {
      await replace(target, temporary(process.pid), chunks, signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      discard();
    }
  };
  return { write, discard };
}

async function replace(
  target: Target,
  temporary: string,
  chunks: AsyncIterable<string | Uint8Array>,
  signal?: AbortSignal,
) {
  const { file, path, mode } = target;
  const handle = await attempt(file, 'E411', () => open(temporary, 'wx', mode ?? 0o666));
  try {
    if (mode !== undefined) await attempt(file, 'E411', () => handle.chmod(mode));
    await writeAll(handle, file, chunks, signal);
    await attempt(file, 'E421', () => handle.sync());
    await attempt(file, 'E421', () => handle.close());
  } finally {
    await handle.close().catch(() => {});
  }
  signal?.throwIfAborted();
  await attempt(file, 'E421', () => rename(temporary, path));
  await syncFolder(dirname(path));
}

export async function writeAll(
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
