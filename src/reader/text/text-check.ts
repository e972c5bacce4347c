import { isUtf8 } from 'node:buffer';
import { byteName, firstInvalid, wholeCharacters } from './utf8.ts';

/** Most bytes of a character that can be missing at the end of a part: so much room a part needs before it. */
export const CUT = 3;

/** A byte that no text file has: its offset, and what to say. */
export interface BadByte {
  readonly offset: number;
  readonly code: 'E236' | 'E237';
  readonly values: Readonly<Record<string, string>>;
}

/** Checks part by part that a file is UTF-8 without NUL. */
export class TextCheck {
  /** The beginning of a character that a part cut off. */
  #kept = Buffer.alloc(0);
  #offset = 0;

  /** Checks the part that was read to [CUT, CUT + length) of a buffer; no bytes: the end of the file. */
  check(buffer: Buffer, length: number): BadByte | null {
    const nul = buffer.subarray(CUT, CUT + length).indexOf(0);
    if (nul >= 0) return { offset: this.#offset + nul, code: 'E236', values: { remedy: '' } };
    const from = CUT - this.#kept.length;
    this.#kept.copy(buffer, from);
    const bytes = buffer.subarray(from, CUT + length);
    const whole = length === 0 ? bytes.length : wholeCharacters(bytes, bytes.length);
    if (!isUtf8(bytes.subarray(0, whole))) {
      const bad = firstInvalid(bytes.subarray(0, whole));
      const offset = this.#offset - this.#kept.length + bad;
      return { offset, code: 'E237', values: { byte: byteName(bytes[bad]!), encoding: 'UTF-8', remedy: '' } };
    }
    this.#offset += length;
    this.#kept = Buffer.from(bytes.subarray(whole));
    return null;
  }
}
