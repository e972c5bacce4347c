import { AMOUNT_SCALE, parseUnits } from '../../base/money.ts';

const QUOTE = 0x22;
const SPACE = 0x20;
/** What parts the fields of a record in its hash, whatever does in its file. */
const PART = 0x1f;

/**
 * Finds records that are equal, whatever parts and quotes their fields and stands around them, by a 64-bit hash of each: two
 * different ones are taken for equal once in some hundred thousand files of ten million records. Eight bytes a slot and two for
 * the file, at most half of them used.
 */
export class RecordHashes {
  #slots = new Int32Array(1 << 17);
  #files = new Uint16Array(1 << 16);
  #used = 0;

  copy(): RecordHashes {
    const copy = new RecordHashes();
    copy.#slots = this.#slots.slice();
    copy.#files = this.#files.slice();
    copy.#used = this.#used;
    return copy;
  }

  /** Remembers a record of fields parted by a mark; the number of the file in which an equal one came first, or -1. */
  add(bytes: Uint8Array, [from, to]: readonly [number, number], mark: number, file: number): number {
    let a = 0x811c9dc5;
    let b = 0x9e3779b9;
    let spaces = 0;
    let begun = false;
    for (let at = from; at < to; at++) {
      let byte = bytes[at]!;
      if (byte === QUOTE) continue;
      if (byte === SPACE) {
        if (begun) spaces++;
        continue;
      }
      if (byte === mark) byte = PART;
      else if (spaces > 0) a = Math.imul(a ^ spaces, 0x01000193);
      spaces = 0;
      begun = byte !== PART;
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul((b ^ byte) + ((b << 5) | (b >>> 27)), 0x85ebca6b);
    }
    a ^= a >>> 15;
    b ^= b >>> 13;
    if (a === 0 && b === 0) b = 1;
    return this.#put(a, b, file);
  }

  #put(a: number, b: number, file: number): number {
    if (this.#used * 2 >= this.#files.length) this.#grow();
    const mask = this.#files.length - 1;
    let slot = (a ^ Math.imul(b, 0x9e3779b1)) & mask;
    for (;;) {
      const [x, y] = [this.#slots[2 * slot]!, this.#slots[2 * slot + 1]!];
      if (x === 0 && y === 0) break;
      if (x === a && y === b) return this.#files[slot]!;
      slot = (slot + 1) & mask;
    }
    this.#slots[2 * slot] = a;
    this.#slots[2 * slot + 1] = b;
    this.#files[slot] = file;
    this.#used++;
    return -1;
  }

  #grow(): void {
    const [slots, files] = [this.#slots, this.#files];
    this.#slots = new Int32Array(2 * slots.length);
    this.#files = new Uint16Array(2 * files.length);
    this.#used = 0;
    for (let slot = 0; slot < files.length; slot++) {
      const [a, b] = [slots[2 * slot]!, slots[2 * slot + 1]!];
      if (a !== 0 || b !== 0) this.#put(a, b, files[slot]!);
    }
  }
}

/** Records of a plain file that stand in a file before it: their number, their money (10^-4), and which of the file's records the first is, from 1. */
export interface PlainRepeats {
  readonly records: number;
  readonly amount: bigint;
  readonly first: number;
}

/** Looks for the records of a plain file in the files before it. */
export class RepeatScan {
  readonly #hashes: RecordHashes;
  readonly #file: number;
  readonly #mark: number;
  #records = 0;
  #amount = 0n;
  #first = 0;

  /** @param file its number among the files, from 0 */
  constructor(hashes: RecordHashes, file: number, delimiter: string) {
    this.#hashes = hashes;
    this.#file = file;
    this.#mark = delimiter.charCodeAt(0);
  }

  /** @param amount where the amount stands, of the form that a plain file has @param number of the record */
  see(bytes: Buffer, from: number, to: number, amount: readonly [number, number], number: number): void {
    const before = this.#hashes.add(bytes, [from, to], this.#mark, this.#file);
    if (before < 0 || before === this.#file) return;
    if (this.#records === 0) this.#first = number;
    this.#records++;
    this.#amount += parseUnits(bytes.toString('latin1', ...amount), AMOUNT_SCALE)!;
  }

  get found(): PlainRepeats | null {
    return this.#records === 0 ? null : { records: this.#records, amount: this.#amount, first: this.#first };
  }
}
