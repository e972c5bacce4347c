import { isAscii } from 'node:buffer';
import type { Named, Part } from '../files/stable-file.ts';
import { innerText } from './excel-text.ts';
import { COLUMN_LIMIT, FIELD_LIMIT, type Projection, type Records, TOO_LARGE, withinLimits } from './records.ts';
import { Window } from './window.ts';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const BOM_LENGTH = 3;
const UNWANTED = -1;

/** Room before the bytes of a part, for the beginning of a record that the part before cut off. */
export const SPLIT_ROOM = 64 << 10;

/** A slice of so many characters is copied; a longer one would keep the whole text alive that it was cut from. */
const COPIED = 12;

/**
 * The records of a file that is proven well formed (see StrictQuotes), as csv-parse reads them: made of the bytes themselves,
 * with a text for the wanted fields alone. Limits are those of csv-parse's reading too (E238).
 */
export class RecordSplitter {
  readonly #file: Named;
  readonly #delimiter: string;
  readonly #projection: Projection;
  /** The position in the row of each field, up to the last that is wanted. */
  readonly #slots: Int32Array;
  readonly #blankRow: readonly string[];
  /** The offset behind the last record, the number of the line that begins there, and the bytes that are known from there on. */
  #done = 0;
  #line: number;
  #rest = Buffer.alloc(0);

  /** @param projection names each column once at most */
  constructor(file: Named, delimiter: string, projection: Projection) {
    this.#file = file;
    this.#delimiter = delimiter;
    this.#projection = projection;
    this.#slots = new Int32Array(Math.max(...projection.columns, -1) + 1).fill(UNWANTED);
    for (const [slot, column] of projection.columns.entries()) if (column >= 0) this.#slots[column] = slot;
    this.#blankRow = projection.columns.map(() => '');
    this.#line = Window.start(file).lineAt(0);
  }

  /** The records that end in this part, an empty one at the end. They are good as long as the part is. */
  feed({ buffer, length }: Part): Records {
    const [start, line] = [this.#done, this.#line];
    const { fields, columns } = this.#projection;
    const bytes = this.#withRest(buffer, length);
    const window = Window.at(this.#file, bytes, start, line);
    const found = this.#split(bytes, start, length === 0);
    // Rows of typed columns are no lines: those are counted by the window itself.
    if (this.#file.rows !== undefined) this.#line = window.lineAt(this.#done);
    this.#rest = Buffer.from(bytes.subarray(this.#done - start));
    return withinLimits({ ...found, fields, columns, start, window, delimiter: this.#delimiter });
  }

  #withRest(buffer: Buffer, length: number): Buffer {
    const from = SPLIT_ROOM - this.#rest.length;
    if (from < 0) return Buffer.concat([this.#rest, buffer.subarray(SPLIT_ROOM, SPLIT_ROOM + length)]);
    this.#rest.copy(buffer, from);
    return buffer.subarray(from, SPLIT_ROOM + length);
  }

  /** @param offset of the first byte, behind the last record @param last whether these are the last bytes of the file */
  #split(bytes: Buffer, offset: number, last: boolean): Pick<Records, 'rows' | 'widths' | 'ends'> {
    const rows: string[][] = [];
    const widths: number[] = [];
    const ends: number[] = [];
    const slots = this.#slots;
    const blankRow = this.#blankRow;
    const wanted = slots.length;
    const mark = this.#delimiter.charCodeAt(0);
    const end = bytes.length;
    const texts = new Texts(bytes);
    let line = this.#line;
    let done = 0;
    // The beginning of a file may be that of a byte order mark.
    let at = offset > 0 || !beginsWithBom(bytes) ? 0 : BOM_LENGTH;
    if (offset === 0 && end < BOM_LENGTH && !last) at = end;
    for (;;) {
      // Lines without anything are no records.
      while (at < end && (bytes[at] === LF || bytes[at] === CR)) if (bytes[at++] === LF) line++;
      if (at === end) break;
      const row = blankRow.slice();
      let blank = true;
      let field = 0;
      let whole = false;
      for (;;) {
        if (at < end) {
          const byte = bytes[at]!;
          if (byte === mark) {
            field++;
            at++;
            continue;
          }
          if (byte === QUOTE) {
            const open = ++at;
            let escapes = 0;
            for (; at < end; at++) {
              const quoted = bytes[at]!;
              if (quoted > QUOTE) continue;
              if (quoted === LF) line++;
              else if (quoted === CR) {
                if (bytes[at + 1] !== LF) line++;
              } else if (quoted === QUOTE) {
                if (bytes[at + 1] !== QUOTE) break;
                escapes++;
                at++;
              }
            }
            // What is behind the quote tells whether it closes the field.
            if (at + 1 >= end && !last) break;
            if (field < wanted && slots[field]! !== UNWANTED) row[slots[field]!] = texts.quoted(open, at, escapes);
            blank &&= texts.isBlank(open, at);
            at++;
          } else if (byte !== LF && byte !== CR) {
            const open = at;
            let next: number;
            do next = ++at < end ? bytes[at]! : LF;
            while (next !== mark && next !== LF);
            // A carriage return stands before a line feed only; the last field of all may have neither.
            const close = next === LF && at < end && bytes[at - 1] === CR ? at - 1 : at;
            if (field < wanted && slots[field]! !== UNWANTED) row[slots[field]!] = texts.of(open, close);
            blank &&= texts.isBlank(open, close);
          }
        }
        field++;
        if (at >= end) {
          whole = last;
          break;
        }
        if (bytes[at] === mark) {
          at++;
          continue;
        }
        if (bytes[at] === CR && ++at >= end) break;
        line++;
        at++;
        whole = true;
        break;
      }
      if (!whole) break;
      rows.push(row);
      const large = at - done > FIELD_LIMIT && texts.hasLargeField(done, at, mark);
      widths.push(large ? TOO_LARGE : blank && field <= COLUMN_LIMIT ? 0 : field);
      ends.push(offset + at);
      done = at;
      this.#line = line;
    }
    this.#done = offset + done;
    return { rows, widths, ends };
  }
}

function beginsWithBom(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** The texts of fields: most are short and ASCII, and cut out of one text of all bytes. */
class Texts {
  readonly #bytes: Buffer;
  readonly #all: string;
  readonly #ascii: boolean;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#all = bytes.toString('latin1');
    this.#ascii = isAscii(bytes);
  }

  of(from: number, to: number): string {
    if (!this.#ascii && !isAsciiIn(this.#bytes, from, to)) return this.#bytes.toString('utf8', from, to);
    return to - from <= COPIED ? this.#all.slice(from, to) : this.#bytes.toString('latin1', from, to);
  }

  quoted(from: number, to: number, escapes: number): string {
    const text = this.of(from, to);
    return escapes === 0 ? text : innerText(text.replaceAll('""', '"'));
  }

  isBlank(from: number, to: number): boolean {
    if (from === to) return true;
    const first = this.#bytes[from]!;
    return (first <= 0x20 || first >= 0x80) && this.#bytes.toString('utf8', from, to).trim() === '';
  }

  /** Whether a field of a record is larger than the limit: looked at only where the record is. */
  hasLargeField(from: number, to: number, mark: number): boolean {
    const bytes = this.#bytes;
    for (let at = from; at < to; at++) {
      const quoted = bytes[at] === QUOTE;
      if (quoted) at++;
      let size = 0;
      for (; at < to; at++) {
        const byte = bytes[at]!;
        if (quoted ? byte === QUOTE && bytes[++at] !== QUOTE : byte === mark || byte === LF || byte === CR) break;
        size++;
      }
      if (size > FIELD_LIMIT) return true;
    }
    return false;
  }
}

function isAsciiIn(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at]! >= 0x80) return false;
  return true;
}
