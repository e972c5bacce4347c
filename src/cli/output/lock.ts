import { closeSync, linkSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { ClvError } from '../../base/errors.ts';
import { errnoOf } from '../../base/faults.ts';
import { removeIfPossible } from './target.ts';

/** Locks of this process: one of ours with our own pid that is not here was left by a dead namesake (containers reuse pids). */
const held = new Set<string>();

/** A lock without a pid is being written, unless it has been so for this long (milliseconds). */
const WRITING = 10_000;

/**
 * Makes `lock` with our pid in it, and returns what releases it. The lock of a process that is gone is taken over;
 * `gone` is told its pid. E432 where its process lives. Failures of the system are thrown as they are.
 */
export function takeLock(lock: string, file: string, gone: (pid: number) => void): () => void {
  if (!create(lock)) {
    const text = textOf(lock);
    const pid = Number.parseInt(text ?? '', 10);
    const busy = text !== null && (isBusy(lock, pid) || !removeStale(lock, text));
    if (busy || !create(lock)) throw new ClvError('E432', { lock }, { file });
    if (pid > 0) gone(pid);
  }
  held.add(lock);
  return () => {
    if (held.delete(lock)) removeIfPossible(lock);
  };
}

function create(lock: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(lock, 'wx');
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(descriptor, `${process.pid}\n`);
  } catch (error) {
    removeIfPossible(lock);
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return true;
}

/** Null where the lock has just been released. */
function textOf(lock: string): string | null {
  try {
    return readFileSync(lock, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function isBusy(lock: string, pid: number): boolean {
  if (!(pid > 0)) return Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) < WRITING;
  if (pid === process.pid) return held.has(lock);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}

/** Two runs may find the same stale lock: who moves away a fresh one instead puts it back and has lost. */
function removeStale(lock: string, text: string): boolean {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    const stale = readFileSync(aside, 'utf8') === text;
    if (!stale) linkSync(aside, lock);
    return stale;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    removeIfPossible(aside);
  }
}
