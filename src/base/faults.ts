import { ClvError } from './errors.ts';

/** The system's names of a disk that is full or broken, and of a process that has no more descriptors. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EFBIG']);
const TOO_MANY_FILES = new Set(['EMFILE', 'ENFILE']);
const NO_MEMORY = new Set(['ENOMEM', 'ERR_MEMORY_ALLOCATION_FAILED']);
/** A library that the system could not load: its name tells no reason, its text does. */
const NOT_LOADED = 'ERR_DLOPEN_FAILED';

/** What the engine, which has words instead of names, says where it cannot write, and the names that go with them. */
const WRITING = /could not write|no space left|max_temp_directory_size/i;
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/file too large/i, 'EFBIG'],
  [/quota/i, 'EDQUOT'],
  [/input\/output/i, 'EIO'],
];
const OPEN_FILES = /too many open files/i;
const ALLOCATING =
  /out of memory|bad_alloc|cannot allocate memory|array buffer allocation failed|thread constructor failed|failed to map segment/i;

/** The system's name of a failure; undefined where it is no failure of the system, or one of ours already. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error instanceof ClvError || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * What the machine lacks, where that is what a failure of the system, of Node or of the engine comes from: a disk with room
 * (E421), descriptors (E465), memory (E466). Null for any other failure.
 * @param place the file or folder that was written
 */
export function shortage(error: unknown, place: string | null): ClvError | null {
  if (error instanceof ClvError) return null;
  const errno = errnoOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const is = (names: ReadonlySet<string>, words: RegExp): boolean =>
    errno === undefined || errno === NOT_LOADED ? words.test(text) : names.has(errno);
  if (is(TOO_MANY_FILES, OPEN_FILES)) return new ClvError('E465');
  if (is(NO_MEMORY, ALLOCATING)) return new ClvError('E466', { detail: firstLine(text) });
  if (!is(FULL, WRITING)) return null;
  const detail = errno ?? NAMES.find(([words]) => words.test(text))?.[1] ?? 'ENOSPC';
  return new ClvError('E421', { detail }, place === null ? undefined : { file: place });
}

function firstLine(text: string): string {
  return text.split('\n')[0]!;
}
