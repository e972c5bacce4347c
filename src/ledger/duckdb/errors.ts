import { ClvError } from '../../base/errors.ts';

/** What the engine says where the disk is in its way, and the system's names for it. */
const WRITING = /could not write|no space left|max_temp_directory_size/i;
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/file too large/i, 'EFBIG'],
  [/quota/i, 'EDQUOT'],
  [/input\/output/i, 'EIO'],
];

/** Runs a statement of the engine. @param place where it writes @throws ClvError E421 where that cannot be written */
export async function running<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (!WRITING.test(text)) throw error;
    const [, detail] = NAMES.find(([words]) => words.test(text)) ?? [null, 'ENOSPC'];
    throw new ClvError('E421', { detail }, { file: place });
  }
}
