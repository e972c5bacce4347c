import type { Place } from '../../base/errors.ts';
import type { Named } from '../files/stable-file.ts';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const BOM = Buffer.from('\ufeff');

/**
 * Some bytes of a file, beginning at the start of a line, with the number of that line: enough to place what was found in
 * them. Lines end in LF, CRLF or a lone CR. Offsets count bytes from the start of the file. In bytes that were written from
 * rows, lines are rows: one may hold line breaks in quotes, and the first has the number that it had.
 */
export class Window {
  readonly #file: Named;
  readonly #bytes: Buffer;
  readonly #offset: number;
  readonly #line: number;
  /** Where counting stopped last: places are mostly asked for in order. */
  #at: number;
  #atLine: number;
  #lineStart: number;

  /** The beginning of a file. */
  static start(file: Named, bytes: Buffer = Buffer.alloc(0)): Window {
    return new Window(file, bytes, 0, file.firstRow ?? 1);
  }

  /** Bytes that begin at an offset, the start of the line of this number. */
  static at(file: Named, bytes: Buffer, offset: number, line: number): Window {
    return new Window(file, bytes, offset, line);
  }

  private constructor(file: Named, bytes: Buffer, offset: number, line: number) {
    this.#file = file;
    this.#bytes = bytes;
    this.#offset = offset;
    this.#line = line;
    this.#at = 0;
    this.#atLine = line;
    this.#lineStart = 0;
  }

  /** The number of the line that holds an offset. */
  lineAt(offset: number): number {
    const target = offset - this.#offset;
    if (target < this.#lineStart) {
      this.#at = 0;
      this.#atLine = this.#line;
      this.#lineStart = 0;
    }
    const bytes = this.#bytes;
    const rows = this.#file.firstRow !== undefined;
    for (; this.#at < target; this.#at++) {
      const byte = bytes[this.#at];
      if (rows && byte === QUOTE) this.#at = closingQuote(bytes, this.#at);
      if (byte !== LF && (byte !== CR || bytes[this.#at + 1] === LF)) continue;
      this.#atLine++;
      this.#lineStart = this.#at + 1;
    }
    return this.#atLine;
  }

  /** The offset at which the line of an offset begins. */
  lineStart(offset: number): number {
    this.lineAt(offset);
    return this.#lineStart + this.#offset;
  }

  place(offset: number): Place {
    const line = this.lineAt(offset);
    if (this.#file.firstRow !== undefined) return { file: this.#file.name, line };
    const start = this.#lineStart;
    let end = start;
    while (end < this.#bytes.length && this.#bytes[end] !== LF && this.#bytes[end] !== CR) end++;
    const before = withoutBom(this.#bytes.toString('utf8', start, offset - this.#offset));
    const excerpt = withoutBom(this.#bytes.toString('utf8', start, end));
    return { file: this.#file.name, line, column: [...before].length + 1, excerpt };
  }

  /** Where a record begins that follows another one's end: after a byte order mark and empty lines. */
  recordStart(offset: number): number {
    let at = offset - this.#offset;
    if (offset === 0 && this.#bytes.subarray(0, 3).equals(BOM)) at = 3;
    while (this.#bytes[at] === LF || this.#bytes[at] === CR) at++;
    return at + this.#offset;
  }

  /** The text of a record without its line end. */
  text(from: number, to: number): string {
    return this.#bytes
      .toString('utf8', this.recordStart(from) - this.#offset, to - this.#offset)
      .replace(/\r?\n$|\r$/, '');
  }

  /** The bytes of a record without its line end: they must not be changed. */
  bytes(from: number, to: number): { readonly bytes: Buffer; readonly from: number; readonly to: number } {
    const bytes = this.#bytes;
    let end = to - this.#offset;
    while (bytes[end - 1] === LF || bytes[end - 1] === CR) end--;
    return { bytes, from: this.recordStart(from) - this.#offset, to: end };
  }

  /** Where the text of a field begins: behind its quote, if it has one, and its blanks. */
  fieldStart(record: number, index: number, delimiter: string): number {
    const bytes = this.#bytes;
    const mark = delimiter.charCodeAt(0);
    let at = this.recordStart(record) - this.#offset;
    for (let field = 0; field < index && at < bytes.length; field++) {
      if (bytes[at] === QUOTE) at = closingQuote(bytes, at) + 1;
      while (at < bytes.length && bytes[at] !== mark) at++;
      at++;
    }
    if (bytes[at] === QUOTE) at++;
    const start = at;
    while (bytes[at] !== mark && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
    const blank =
      bytes[at] === mark || bytes[at] === QUOTE || bytes[at] === LF || bytes[at] === CR || at >= bytes.length;
    return (blank ? start : at) + this.#offset;
  }

  /** In a record that breaks the rules of quoting: where the quote is that is never closed, or the first one out of place. */
  quoteFault(record: number, delimiter: string): number {
    const bytes = this.#bytes;
    const mark = delimiter.charCodeAt(0);
    let at = this.recordStart(record) - this.#offset;
    for (let opened = true; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        if (!opened) break;
        const close = closingQuote(bytes, at);
        if (close >= bytes.length) break;
        const next = bytes[close + 1];
        at = close;
        if (next !== mark && next !== LF && next !== CR) {
          at++;
          break;
        }
        opened = false;
      } else opened = byte === mark || byte === LF || byte === CR;
    }
    return Math.min(at, bytes.length) + this.#offset;
  }

  /** The number of the field, from 1, that holds an offset of a record, up to which its quotes are right; and whether it looks like JSON, 0 or 1. */
  fieldAt(record: number, offset: number, delimiter: string): { readonly field: number; readonly json: number } {
    const bytes = this.#bytes;
    const mark = delimiter.charCodeAt(0);
    const end = offset - this.#offset;
    let field = 1;
    let start = this.recordStart(record) - this.#offset;
    for (let at = start; at < end; at++) {
      if (bytes[at] === QUOTE && at === start) at = Math.min(closingQuote(bytes, at), end);
      else if (bytes[at] === LF || bytes[at] === CR) [field, start] = [1, at + 1];
      else if (bytes[at] === mark) [field, start] = [field + 1, at + 1];
    }
    const text = bytes.toString('utf8', start, Math.min(start + 100, bytes.length));
    return { field, json: /^"?\s*[[{]+\s*["{[\]}]/.test(text) ? 1 : 0 };
  }

  /** The window that begins at a later offset, a start of a line, with `more` behind it. */
  next(from: number, more: Buffer): Window {
    const line = this.lineAt(from);
    const rest = this.#bytes.subarray(from - this.#offset);
    return new Window(this.#file, rest.length === 0 ? more : Buffer.concat([rest, more]), from, line);
  }

  get end(): number {
    return this.#offset + this.#bytes.length;
  }
}

/** Position of the quote that closes the one at `open`; the length when none does. */
function closingQuote(bytes: Buffer, open: number): number {
  for (let at = bytes.indexOf(QUOTE, open + 1); at >= 0; at = bytes.indexOf(QUOTE, at + 2)) {
    if (bytes[at + 1] !== QUOTE) return at;
  }
  return bytes.length;
}

function withoutBom(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
