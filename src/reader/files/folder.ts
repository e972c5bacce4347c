import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ClvError } from '../../base/errors.ts';
import { openError } from './stable-file.ts';

/** The kinds of files that are read from a folder, by their endings. */
const ENDINGS = ['.csv', '.csv.gz', '.tsv', '.tsv.gz', '.parquet', '.xlsx', '.zip'] as const;

/** What stands in a folder, by the bytes of the names; hidden entries (that begin with . or _) are nowhere. */
export interface Folder {
  readonly files: readonly string[];
  /** Other files and folders, by their names. */
  readonly others: readonly string[];
}

/** The files of transactions in a folder; null for what is no folder. E403. */
export function readFolder(name: string): Folder | null {
  if (!statSync(name, { throwIfNoEntry: false })?.isDirectory()) return null;
  const names = readdirSync(name)
    .filter((entry) => !/^[._]/.test(entry))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  // A link to nothing stays among them: whoever opens it says that a file is missing.
  const mayBeFile = (entry: string): boolean =>
    statSync(join(name, entry), { throwIfNoEntry: false })?.isFile() ?? true;
  const read = new Set(names.filter((entry) => endingOf(entry) !== undefined && mayBeFile(entry)));
  return {
    files: [...read].map((entry) => join(name, entry)),
    others: names.filter((entry) => !read.has(entry)),
  };
}

function endingOf(name: string): string | undefined {
  return ENDINGS.find((ending) => name.toLowerCase().endsWith(ending));
}

/** What was left out of a folder, or of a workbook: its other sheets. */
export interface LeftOut {
  readonly kind: 'directory' | 'workbook';
  readonly folder: string;
  readonly names: readonly string[];
}

/** Names of files as typed, a folder replaced by its files, which must be of one kind. E403, E404, E405. */
export function withFolders(typed: readonly string[]): { files: readonly string[]; leftOut: readonly LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const files = typed.flatMap((name) => {
    const folder = attempt(name);
    if (folder === null) return name;
    if (folder.others.length > 0) leftOut.push({ kind: 'directory', folder: name, names: folder.others });
    mustBeAlike(name, folder.files);
    return folder.files;
  });
  return { files, leftOut };
}

/** The files of a folder; null where the path is that of a file. E401, E403 where it cannot be opened. */
function attempt(name: string): Folder | null {
  try {
    return readFolder(name);
  } catch (error) {
    throw openError(name, error);
  }
}

function mustBeAlike(folder: string, files: readonly string[]): void {
  const kinds = [...new Set(files.map((file) => `*${endingOf(file)}`))];
  if (kinds.length === 0)
    throw new ClvError('E404', { endings: ENDINGS.map((ending) => `*${ending}`).join(', ') }, { file: folder });
  if (kinds.length > 1)
    throw new ClvError('E405', { kinds: kinds.join(', '), example: join(folder, kinds[0]!) }, { file: folder });
}
