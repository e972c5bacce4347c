import { closeSync, fchmodSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Files of ours beside a book, which can go at any time. */

/** Milliseconds after which a file that was being written is one of a run that ended. */
export const STALE = 60_000;

/**
 * Writes a file as a whole: under another name first, which then takes its place.
 * @param made the other name: where a file has it, another run writes, and EEXIST is raised
 * @param mode permissions
 */
export function writeWhole(made: string, path: string, mode: number, parts: readonly (string | Uint8Array)[]): void {
  const file = openSync(made, 'wx');
  try {
    fchmodSync(file, mode);
    for (const part of parts) writeFileSync(file, part);
    renameSync(made, path);
  } catch (error) {
    rmSync(made, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Does what the system may refuse: then nothing is kept. */
export function wherePossible(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
