import { fstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ClvError } from '../../base/errors.ts';
import { readFolder } from '../../reader/files/folder.ts';

/** A file that a command was told to read or to write, and how it was named. */
export interface NamedFile {
  /** The option, or `FILES`. */
  readonly option: string;
  readonly file: string;
}

/**
 * No output may be an input or another output, whatever links lead there: an input would be gone, with a result in its place.
 * Standard input is for FILES alone.
 * @throws ClvError E113, E119
 */
export function checkPaths(inputs: readonly NamedFile[], outputs: readonly NamedFile[]): void {
  const streamed = inputs.find(({ option, file }) => option !== 'FILES' && file === '-');
  if (streamed) throw new ClvError('E119', { option: streamed.option });
  const taken = new Map<string, NamedFile>();
  for (const input of inputs.flatMap(filesOf))
    for (const identity of identities(input.file)) taken.set(identity, input);
  for (const output of outputs) {
    const found = identities(output.file);
    const other = found.map((identity) => taken.get(identity)).find((one) => one !== undefined);
    if (other) {
      const values = { option: output.option, file: output.file, other: other.option, other_file: other.file };
      throw new ClvError('E113', values);
    }
    for (const identity of found) taken.set(identity, output);
  }
}

/** No other file that is read or written may stand in the folder of an output, whatever links lead there. E462. */
export function checkFolder(folder: string, others: readonly NamedFile[]): void {
  const own = placeOf(folder);
  for (const other of others.flatMap(filesOf))
    if (other.file !== '-' && dirname(placeOf(other.file)) === own) throw new ClvError('E462', { ...other });
}

/** The real path of a file or folder, or of one that is yet to be made, with the folders above it. */
function placeOf(file: string): string {
  const path = resolve(file);
  return (
    attempt(() => realpathSync(path)) ?? (dirname(path) === path ? path : join(placeOf(dirname(path)), basename(path)))
  );
}

/** A folder stands for the files that are read from it. */
function filesOf({ option, file }: NamedFile): readonly NamedFile[] {
  return attempt(() => readFolder(file))?.files.map((one) => ({ option, file: one })) ?? [{ option, file }];
}

/** What a regular file, or one that is yet to be made, is known by: its real path, and device and inode where it exists. */
function identities(file: string): readonly string[] {
  const found = attempt(() => (file === '-' ? fstatSync(0) : statSync(file)));
  if (found) return found.isFile() ? [`${found.dev}:${found.ino}`] : [];
  const folder = attempt(() => realpathSync(dirname(resolve(file))));
  return folder === null ? [] : [join(folder, basename(file))];
}

/** Null for what is not there: that is told by who opens it. */
function attempt<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}
