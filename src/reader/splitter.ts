import { isAscii } from 'node:buffer';
import { FIELD_LIMIT, type Projection, type Records, TOO_LARGE, withinLimits } from './records.ts';
import type { Named, Part } from './stable-file.ts';
import { Window } from './window.ts';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const BOM_LENGTH = 3;

/** What a byte may mean. */
const TEXT = 0;
const MARK = 1;
const QUOTES = 2;
const FEED = 3;
const RETURN = 4;

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
  readonly #kinds = new Uint8Array(256).fill(TEXT);
  /** Where the delimiters of a record stand, up to the last field that is wanted. */
  readonly #stops: Int32Array;
  /** The offset behind the last record, the number of the line that begins there, and the bytes that are known from there on. */
  #done = 0;
  #line: number;
  #rest = Buffer.alloc(0);

  constructor(file: Named, delimiter: string, projection: Projection) {
    this.#file = file;
    this.#delimiter = delimiter;
    this.#projection = projection;
    this.#stops = new Int32Array(Math.max(...projection.columns, -1) + 1);
    this.#kinds[delimiter.charCodeAt(0)] = MARK;
    this.#kinds[QUOTE] = QUOTES;
    this.#kinds[LF] = FEED;
    this.#kinds[CR] = RETURN;
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
    const kinds = this.#kinds;
    const stops = this.#stops;
    const kept = stops.length;
    const { columns } = this.#projection;
    const fields = new Fields(bytes, this.#delimiter);
    const end = bytes.length;
    let line = this.#line;
    let done = 0;
    // The beginning of a file may be that of a byte order mark.
    let at = offset > 0 || !beginsWithBom(bytes) ? 0 : BOM_LENGTH;
    if (offset === 0 && end < BOM_LENGTH && !last) at = end;
    for (;;) {
      // Lines without anything are no records.
      while (at < end && (bytes[at] === LF || bytes[at] === CR)) if (bytes[at++] === LF) line++;
      const from = at;
      let marks = 0;
      let inQuotes = false;
      for (; at < end; at++) {
        const kind = kinds[bytes[at]!]!;
        if (kind === TEXT) continue;
        if (kind === MARK) {
          if (inQuotes) continue;
          if (marks < kept) stops[marks] = at;
          marks++;
        } else if (kind === QUOTES) inQuotes = !inQuotes;
        else if (kind === FEED) {
          line++;
          if (!inQuotes) break;
        } else if (inQuotes && bytes[at + 1] !== LF) line++;
      }
      if (at === end && (!last || from === end)) break;
      const to = at < end && at > from && bytes[at - 1] === CR ? at - 1 : at;
      const row = new Array<string>(columns.length);
      for (let slot = 0; slot < row.length; slot++) {
        const column = columns[slot]!;
        if (column < 0 || column > marks) row[slot] = '';
        else
          row[slot] = fields.text(column === 0 ? from : stops[column - 1]! + 1, column < marks ? stops[column]! : to);
      }
      rows.push(row);
      if (at < end) at++;
      const large = at - done > FIELD_LIMIT && fields.areLarge(from, to);
      widths.push(large ? TOO_LARGE : fields.areBlank(from, to) ? 0 : marks + 1);
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

/** The fields of records, by where they stand. */
class Fields {
  readonly #bytes: Buffer;
  readonly #mark: number;
  /** Most fields are short and ASCII: they are cut out of one text of all bytes. */
  readonly #all: string;
  readonly #ascii: boolean;

  constructor(bytes: Buffer, delimiter: string) {
    this.#bytes = bytes;
    this.#mark = delimiter.charCodeAt(0);
    this.#all = bytes.toString('latin1');
    this.#ascii = isAscii(bytes);
  }

  /** The text of a field, which may stand in quotes. */
  text(from: number, to: number): string {
    if (from === to) return '';
    if (this.#bytes[from] !== QUOTE) return this.#plain(from, to);
    const text = this.#plain(from + 1, to - 1);
    return text.includes('"') ? text.replaceAll('""', '"') : text;
  }

  #plain(from: number, to: number): string {
    if (!this.#ascii && !isAsciiIn(this.#bytes, from, to)) return this.#bytes.toString('utf8', from, to);
    return to - from <= COPIED ? this.#all.slice(from, to) : this.#bytes.toString('latin1', from, to);
  }

  /** Whether all fields of a record are blank. */
  areBlank(from: number, to: number): boolean {
    const bytes = this.#bytes;
    const first = bytes[from] === QUOTE ? from + 1 : from;
    if (first < to && isBlack(bytes[first]!, this.#mark)) return false;
    return this.#every(from, to, (open, close) => this.text(open, close).trim() === '');
  }

  /** Whether a field of a record is larger than the limit: looked at only where the record is. */
  areLarge(from: number, to: number): boolean {
    return !this.#every(from, to, (open, close) => Buffer.byteLength(this.text(open, close)) <= FIELD_LIMIT);
  }

  /** @param test of a field by where it stands, its quotes included */
  #every(from: number, to: number, test: (open: number, close: number) => boolean): boolean {
    const bytes = this.#bytes;
    let inQuotes = false;
    let open = from;
    for (let at = from; at <= to; at++) {
      if (at < to && bytes[at] === QUOTE) inQuotes = !inQuotes;
      if (at < to && (inQuotes || bytes[at] !== this.#mark)) continue;
      if (!test(open, at)) return false;
      open = at + 1;
    }
    return true;
  }
}

/** A byte that is a character, and no blank, of a field. */
function isBlack(byte: number, mark: number): boolean {
  return byte > 0x20 && byte < 0x80 && byte !== QUOTE && byte !== mark;
}

function isAsciiIn(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at]! >= 0x80) return false;
  return true;
}
