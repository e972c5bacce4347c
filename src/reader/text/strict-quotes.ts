const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const BOM = [0xef, 0xbb, 0xbf];

/** Bytes that are looked at one by one before the rest is searched at once: fields are mostly short. */
const NEAR = 48;

/** What the bytes before have left open. */
const ANYWHERE = 0;
const FIELD_START = 1;
const IN_QUOTES = 2;
/** Behind a quote within quotes: it closes them, or is the first of two. */
const BEHIND_QUOTE = 3;
/** Behind a carriage return outside quotes: a line feed must follow. */
const BEHIND_CR = 4;

/**
 * Decides part by part, however a file is cut, whether its quotes and line ends are those of RFC 4180: a field in quotes begins
 * and ends at a delimiter, a line end or an end of the file; a quote within is doubled; there is none in other fields; outside
 * of quotes lines end in LF or CRLF. The records of such a file are the same to every reader that keeps to it.
 */
export class StrictQuotes {
  readonly #mark: number;
  /** How much of a byte order mark may still come. */
  #bom: number;
  #state = FIELD_START;
  #strict = true;

  /** @param first whether the bytes to come are the first of the file; otherwise they begin a line */
  constructor(delimiter: string, first: boolean) {
    this.#mark = delimiter.charCodeAt(0);
    this.#bom = first ? 0 : BOM.length;
  }

  /** False once the file breaks the rules. */
  feed(part: Buffer): boolean {
    if (this.#strict) this.#strict = this.#scan(part, this.#bom < BOM.length ? this.#behindBom(part) : 0);
    return this.#strict;
  }

  end(): boolean {
    return this.#strict && this.#state !== IN_QUOTES && this.#state !== BEHIND_CR;
  }

  #behindBom(part: Buffer): number {
    let at = 0;
    while (at < part.length && this.#bom < BOM.length) {
      if (part[at] !== BOM[this.#bom]) {
        // What looked like the beginning of a mark is text.
        if (this.#bom > 0) this.#state = ANYWHERE;
        this.#bom = BOM.length;
        break;
      }
      at++;
      this.#bom++;
    }
    return at;
  }

  #scan(bytes: Buffer, from: number): boolean {
    const mark = this.#mark;
    const end = bytes.length;
    const returns = bytes.includes(CR, from);
    let state = this.#state;
    let at = from;
    while (at < end) {
      if (state === IN_QUOTES) {
        at = nextQuote(bytes, at, end);
        if (at === end) break;
        state = BEHIND_QUOTE;
        at++;
        continue;
      }
      const byte = bytes[at]!;
      if (state === BEHIND_CR) {
        if (byte !== LF) return false;
        state = FIELD_START;
        at++;
        continue;
      }
      if (byte === QUOTE) {
        if (state === ANYWHERE) return false;
        state = IN_QUOTES;
        at++;
        continue;
      }
      if (state === BEHIND_QUOTE && byte !== mark && byte !== LF && byte !== CR) return false;
      const to = nextQuote(bytes, at, end);
      if (returns && !endsLines(bytes, at, to)) return false;
      const last = bytes[to - 1]!;
      state = last === CR ? BEHIND_CR : last === mark || last === LF ? FIELD_START : ANYWHERE;
      if (state === BEHIND_CR && to < end) return false;
      at = to;
    }
    this.#state = state;
    return true;
  }
}

/** Where the next quote is, or the end. */
function nextQuote(bytes: Buffer, from: number, end: number): number {
  const near = Math.min(from + NEAR, end);
  for (let at = from; at < near; at++) if (bytes[at] === QUOTE) return at;
  if (near === end) return end;
  const found = bytes.indexOf(QUOTE, near);
  return found < 0 ? end : found;
}

/** Whether a line feed follows every carriage return in [from, to), but for one at its end. */
function endsLines(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to - 1; at++) if (bytes[at] === CR && bytes[at + 1] !== LF) return false;
  return true;
}
