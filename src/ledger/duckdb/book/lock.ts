import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { ClvError } from '../../../base/errors.ts';
import { duckdb } from '../api.ts';

/** Locks of this process, from which its own locks do not keep it. */
const held = new Set<string>();

/** Where a book stands, whatever links lead there. It need not be there yet. */
export function placeOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}

/**
 * Keeps every other writer of a book away, as long as this process lives: the system holds the lock of a small database beside
 * the book, and frees it however the process ends. @returns what gives it back. @throws ClvError E484, E494
 */
export async function lockBook(file: string, path: string): Promise<() => void> {
  const lock = `${path}.lock`;
  if (held.has(lock)) throw new ClvError('E484', {}, { file });
  held.add(lock);
  try {
    const instance = await duckdb.DuckDBInstance.create(lock, { autoinstall_known_extensions: 'false' });
    return () => {
      instance.closeSync();
      held.delete(lock);
    };
  } catch (error) {
    held.delete(lock);
    const text = error instanceof Error ? error.message : String(error);
    if (/could not set lock/i.test(text)) throw new ClvError('E484', {}, { file });
    const [detail = ''] = text.replace(/^IO Error: /, '').split('\n');
    throw new ClvError('E494', { detail: `${lock}: ${detail}` }, { file });
  }
}
