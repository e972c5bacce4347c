import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Ground, KeptFits } from '../data/books/kept-fits.ts';
import { STALE, wherePossible, writeWhole } from './beside.ts';

/** How a file of fits begins. */
const MARK = 'clv fits ';
/** Characters of fits that are kept: the oldest go first. */
const MOST = 4_000_000;

/**
 * What was fitted to the data of a book, in a file beside it, BOOK.fits: under the build of the program that fitted it, a line
 * each of key, checksum and JSON. The key says all that a fit depends on, so that it is found by the same data alone and is the
 * same to the last digit. A line that does not bear out its checksum is none, and neither is one of another build. The file can
 * go at any time: what is missing is fitted again, and where it cannot be written nothing is kept.
 */
export class FitsBeside implements KeptFits {
  readonly #file: string;
  readonly #book: string;
  /** The first line of the file. */
  readonly #head: string;
  /** Lines by their key, the oldest first. */
  readonly #lines: Map<string, string>;
  #changed = false;

  constructor(book: string, made: string) {
    this.#book = book;
    this.#file = `${book}.fits`;
    this.#head = `${MARK}${made}\n`;
    this.#lines = linesOf(this.#file, this.#head);
  }

  of<T>(what: string, grounds: readonly Ground[], work: () => T): T {
    const key = this.digest([what, ...grounds]);
    const known = this.find(key);
    if (known !== undefined) return known as T;
    const done = work();
    this.keep(key, done);
    return done;
  }

  digest(grounds: readonly Ground[]): string {
    return digestOf(grounds);
  }

  /** What was kept under a key; undefined where nothing was. */
  find(key: string): unknown {
    const line = this.#lines.get(key);
    if (line === undefined) return undefined;
    const [, sum, json] = partsOf(line);
    return sum === this.digest([key, json]) ? JSON.parse(json) : undefined;
  }

  /** Keeps a value that JSON gives back as it is; another is not kept. */
  keep(key: string, value: unknown): void {
    const json = JSON.stringify(value);
    if (json === undefined || !isDeepStrictEqual(JSON.parse(json), value)) return;
    this.#lines.delete(key);
    this.#lines.set(key, `${key} ${this.digest([key, json])} ${json}`);
    this.#changed = true;
  }

  /** Writes what is new, all or nothing. Of two runs at once the fits of one are kept. */
  write(): void {
    if (!this.#changed) return;
    this.#changed = false;
    const made = `${this.#file}.new`;
    wherePossible(() => {
      if (isAnother(this.#file)) return;
      if (Date.now() - writtenAt(made) > STALE) rmSync(made, { force: true });
      const mode = statSync(this.#book).mode & 0o666;
      writeWhole(made, this.#file, mode, [this.#head + newest([...this.#lines.values()]).join('')]);
    });
  }
}

/** A hash of grounds, each with its kind and length, so that no two lists of them are told alike. */
export function digestOf(grounds: readonly Ground[]): string {
  const hash = createHash('sha256');
  const add = (ground: Ground): void => {
    if (ground instanceof Int32Array || ground instanceof Float64Array) {
      hash.update(`${ground.constructor.name} ${ground.length}\n`);
      hash.update(new Uint8Array(ground.buffer, ground.byteOffset, ground.byteLength));
    } else if (typeof ground === 'object' && ground !== null) {
      hash.update(`list ${ground.length}\n`);
      for (const one of ground) add(one);
    } else {
      const text = String(ground);
      hash.update(`${typeof ground} ${Buffer.byteLength(text)} ${text}\n`);
    }
  };
  add(grounds);
  return hash.digest('hex').slice(0, 32);
}

function linesOf(file: string, head: string): Map<string, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return new Map();
  }
  if (!text.startsWith(head)) return new Map();
  const lines = text.slice(head.length).split('\n').slice(0, -1);
  return new Map(lines.map((line) => [partsOf(line)[0], line]));
}

function partsOf(line: string): [key: string, sum: string, json: string] {
  const [key = '', sum = ''] = line.split(' ', 2);
  return [key, sum, line.slice(key.length + sum.length + 2)];
}

/** The newest lines, with their ends, that there is room for. */
function newest(lines: readonly string[]): string[] {
  let room = MOST;
  const from = lines.findLastIndex((line) => {
    room -= line.length + 1;
    return room < 0;
  });
  return lines.slice(from + 1).map((line) => `${line}\n`);
}

/** Whether a file is there that this program has not written: it stays. */
function isAnother(file: string): boolean {
  return existsSync(file) && !readFileSync(file, 'latin1').startsWith(MARK);
}

/** When a file was last written to, in milliseconds; now where there is none. */
function writtenAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}
