import { rmSync } from 'node:fs';
import { access, constants, readlink, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ClvError } from '../../base/errors.ts';
import { errnoOf, shortage } from '../../base/faults.ts';

/** The file or device the result goes to: claimed before the computation, so that what cannot be written fails at once. */
export interface Output {
  /**
   * Writes all chunks, and returns what puts them in place. A failure, of ours or of the chunks, leaves an old file whole and
   * nothing else behind. What goes to a screen, a device or a pipe is there at once.
   */
  prepare(chunks: AsyncIterable<string | Uint8Array>): Promise<() => Promise<void>>;
  /** Gives the claim back where nothing is written. May be called at any time, and more than once. */
  discard(): void;
}

/** Writes all chunks to an output, in place. */
export async function writeTo(output: Output, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  const place = await output.prepare(chunks);
  await place();
}

/** Cleans up at the end of the process and at once on a signal, after which nothing later may run; or when it is called. */
export function cleaning(signal: AbortSignal | undefined, cleanUp: () => void): () => void {
  const once = () => {
    for (const end of ends) leave(end, once);
    cleanUp();
  };
  const ends = [process, ...(signal ? [signal] : [])];
  for (const end of ends) wait(end, once);
  return once;
}

/** What ends all work: the process, or a signal. */
type End = NodeJS.Process | AbortSignal;

/** Clean-ups by what they wait for: of many outputs one listener each, for more than a few are taken for a leak. */
const waiting = new Map<End, { readonly all: Set<() => void>; readonly stop: () => void }>();

function wait(end: End, cleanUp: () => void): void {
  const found = waiting.get(end);
  if (found) {
    found.all.add(cleanUp);
    return;
  }
  const all = new Set([cleanUp]);
  const run = () => {
    for (const one of [...all].reverse()) one();
  };
  const stop = listen(end, run);
  waiting.set(end, { all, stop });
}

function listen(end: End, run: () => void): () => void {
  if (end instanceof AbortSignal) {
    end.addEventListener('abort', run);
    return () => end.removeEventListener('abort', run);
  }
  end.once('exit', run);
  return () => end.removeListener('exit', run);
}

function leave(end: End, cleanUp: () => void): void {
  const found = waiting.get(end);
  found?.all.delete(cleanUp);
  if (found?.all.size !== 0) return;
  found.stop();
  waiting.delete(end);
}

/** What the name of an output stands for. `path` is where its links lead, `file` as the user wrote it. */
export interface Target {
  readonly file: string;
  readonly path: string;
  readonly regular: boolean;
  /** Permissions of the file that is there, kept by the one that replaces it. */
  readonly mode: number | undefined;
}

/** Devices, pipes and open descriptors are written straight through, regular files are replaced. E411 for a folder. */
export async function targetOf(file: string): Promise<Target> {
  return attempt(file, 'E411', async () => {
    const found = await stat(file).catch(absent);
    if (found?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (found) await access(file, constants.W_OK);
    const regular = found ? found.isFile() && !/^\/(dev|proc)\//.test(resolve(file)) : true;
    return { file, path: regular ? await followed(file) : file, regular, mode: found && found.mode & 0o7777 };
  });
}

function absent(error: unknown): undefined {
  if (errnoOf(error) !== 'ENOENT') throw error;
}

/** The end of a chain of links, which need not exist: a link to a file yet to be made is no reason to lose the link. */
async function followed(file: string): Promise<string> {
  let path = resolve(file);
  for (let hops = 0; hops < 40; hops++) {
    const link = await readlink(path).catch(() => null);
    if (link === null) return path;
    path = resolve(dirname(path), link);
  }
  throw Object.assign(new Error(), { code: 'ELOOP' });
}

/** A failure of the system as an error of ours: a full or broken disk is always E421. Our own errors pass. */
function outputError(error: unknown, file: string, code: 'E411' | 'E421'): unknown {
  const errno = errnoOf(error);
  return shortage(error, file) ?? (errno === undefined ? error : new ClvError(code, { detail: errno }, { file }));
}

/** Work of the system, whose failure is an error of ours. */
export async function attempt<T>(file: string, code: 'E411' | 'E421', work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw outputError(error, file, code);
  }
}

/** Cleaning up never hides the failure that made it necessary. */
export function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}
