import { isUtf8 } from 'node:buffer';
import { byteName, firstInvalid, wholeCharacters } from './utf8.ts';

/** Most bytes of a character that can be missing at the end of a part. */
const CUT = 3;

/** A byte that no text file has: its offset, and what to say. */
export interface BadByte {
  readonly offset: number;
  readonly code: 'E236' | 'E237';
  readonly values: Readonly<Record<string, string>>;
}

/** Checks part by part that a file is UTF-8 without NUL. Reads go to `room`, which leaves place for a cut character. */
export class TextCheck {
  readonly #buffer: Buffer;
  #kept = 0;
  #offset = 0;

  constructor(readBytes: number) {
    this.#buffer = Buffer.allocUnsafe(CUT + readBytes);
  }

  get buffer(): Buffer {
    return this.#buffer;
  }

  readonly start = CUT;

  /** Checks what was read to `start`; no bytes: the end of the file. */
  check(length: number): BadByte | null {
    const nul = this.#buffer.subarray(CUT, CUT + length).indexOf(0);
    if (nul >= 0) return { offset: this.#offset + nul, code: 'E236', values: {} };
    const bytes = this.#buffer.subarray(CUT - this.#kept, CUT + length);
    const whole = length === 0 ? bytes.length : wholeCharacters(bytes, bytes.length);
    if (!isUtf8(bytes.subarray(0, whole))) {
      const bad = firstInvalid(bytes.subarray(0, whole));
      const offset = this.#offset - this.#kept + bad;
      return { offset, code: 'E237', values: { byte: byteName(bytes[bad]!), encoding: 'UTF-8' } };
    }
    this.#offset += length;
    this.#kept = bytes.length - whole;
    bytes.copy(this.#buffer, CUT - this.#kept, whole);
    return null;
  }
}
