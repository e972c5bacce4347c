import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { STALE, wherePossible, writeWhole } from './beside.ts';

/** Columns of numbers, and plain data around them; whole numbers of any size too. */
export type Kept =
  | string
  | number
  | bigint
  | boolean
  | null
  | Column
  | readonly Kept[]
  | { readonly [name: string]: Kept };

type Column = Int32Array | Float64Array;

const KINDS = { Int32Array, Float64Array };

/** What stands for a column, and for a large whole number, in JSON. */
interface Mark {
  readonly column?: keyof typeof KINDS;
  readonly length?: number;
  readonly integer?: string;
}

const LF = 10;

/** Bytes that are kept beside a small book, the months of a year of one of a million rows; beside a larger one twice its own. */
const LEAST_ROOM = 128_000_000;

/**
 * Columns that were made of a book, each under a key in a file of its own in the folder BOOK.states beside it: a line of the build
 * of the program and a checksum, then plain data as JSON, then the numbers as they stand in memory. What does not bear out its
 * checksum is none. The folder can go at any time: what is missing is made again, and where it cannot be written nothing is kept.
 */
export class ColumnsBeside {
  readonly #folder: string;
  readonly #book: string;
  readonly #made: string;
  readonly #leastRoom: number;

  /** @param book where the book stands @param made the build of the program @param leastRoom bytes that may be kept whatever the size of the book */
  constructor(book: string, made: string, leastRoom = LEAST_ROOM) {
    this.#book = book;
    this.#folder = folderOf(book);
    this.#made = made;
    this.#leastRoom = leastRoom;
  }

  /** Removes all that is kept beside a book, where that can be done. */
  static forget(book: string): void {
    const folder = folderOf(book);
    // What stays is of other transactions, and is not found by those that count now; or somebody else has put it there.
    wherePossible(() => {
      if (!isFolder(folder)) return;
      for (const name of readdirSync(folder)) if (OURS.test(name)) rmSync(join(folder, name), { force: true });
      rmdirSync(folder);
    });
  }

  /** What was kept under a key; undefined where nothing was. */
  find(key: string): Kept | undefined {
    let bytes: Buffer;
    try {
      bytes = readFileSync(join(this.#folder, key));
    } catch {
      return undefined;
    }
    const head = bytes.indexOf(LF);
    const kept = bytes.subarray(head + 1);
    if (head < 0 || bytes.toString('latin1', 0, head) !== this.#head(key, kept)) return undefined;
    return unpacked(kept);
  }

  /** What was kept under a key, or what is read now and kept: plain data with columns. */
  async of<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.find(key);
    if (known !== undefined) return known as T;
    const found = await read();
    this.keep(key, found as Kept);
    return found;
  }

  /** Keeps columns, all or nothing; the oldest go. */
  keep(key: string, value: Kept): void {
    wherePossible(() => {
      const mode = statSync(this.#book).mode & 0o666;
      if (!existsSync(this.#folder)) {
        mkdirSync(this.#folder, { recursive: true });
        chmodSync(this.#folder, mode | ((mode & 0o444) >> 2));
      }
      if (!isFolder(this.#folder)) return;
      const path = join(this.#folder, key);
      const parts = packed(value);
      writeWhole(`${path}.${process.pid}.new`, path, mode, [`${this.#head(key, ...parts)}\n`, ...parts]);
      this.#makeRoom();
    });
  }

  /** The first line of a file. */
  #head(key: string, ...parts: readonly Uint8Array[]): string {
    const hash = createHash('sha256').update(`${key}\n`);
    for (const part of parts) hash.update(part);
    return `clv states ${this.#made} ${hash.digest('hex')}`;
  }

  #makeRoom(): void {
    let room = Math.max(this.#leastRoom, 2 * statSync(this.#book).size);
    const ours = readdirSync(this.#folder).filter((name) => OURS.test(name));
    const files = ours.map((name) => {
      const path = join(this.#folder, name);
      const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 };
      return { path, size, mtimeMs };
    });
    for (const { path, size, mtimeMs } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      room -= size;
      const left = path.endsWith('.new') && Date.now() - mtimeMs > STALE;
      if (room < 0 || left) rmSync(path, { force: true });
    }
  }
}

/** The names of files of ours: a key, or one that is being written. Nothing else is ever removed. */
const OURS = /^[0-9a-f]{32}(\.\d+\.new)?$/;

/** Whether a folder is there, and no link to one that may be anywhere. */
function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function folderOf(book: string): string {
  return `${book}.states`;
}

/** JSON in a line, then the columns that it has marks for. */
function packed(value: Kept): readonly Uint8Array[] {
  const columns: Uint8Array[] = [];
  const json = JSON.stringify(value, (_, one: Kept): unknown => {
    if (typeof one === 'bigint') return { integer: String(one) } satisfies Mark;
    const column = Object.entries(KINDS).find(([, kind]) => one instanceof kind);
    if (!column) return one;
    const { buffer, byteOffset, byteLength, length } = one as Column;
    columns.push(new Uint8Array(buffer, byteOffset, byteLength));
    return { column: column[0] as keyof typeof KINDS, length } satisfies Mark;
  });
  return [Buffer.from(`${json}\n`), ...columns];
}

function unpacked(bytes: Buffer): Kept {
  const line = bytes.indexOf(LF);
  let at = line + 1;
  return JSON.parse(bytes.toString('utf8', 0, line), (_, one: Kept & Mark): Kept => {
    if (typeof one?.integer === 'string') return BigInt(one.integer);
    if (one?.column === undefined) return one;
    const { BYTES_PER_ELEMENT: size } = KINDS[one.column];
    const column = new Uint8Array(one.length! * size);
    at += column.length;
    column.set(bytes.subarray(at - column.length, at));
    return new KINDS[one.column](column.buffer);
  }) as Kept;
}
