import type { ControlTotals } from '../../data/transactions.ts';
import { ISO_LENGTH, isFolded, isTrimmed, NO_DAY, PlainAmounts, PlainDates, PlainIds } from './bytes.ts';
import type { RepeatScan } from './repeats.ts';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
/** Begins a text for a spreadsheet: ="0812". */
const EQUALS = 0x3d;
/** A longer record may be right, but it is not plain. */
export const PLAIN_RECORD_LIMIT = 1 << 20;

/** What the mapped columns of a file are, by position. */
export interface PlainColumns {
  readonly delimiter: string;
  readonly fields: number;
  readonly customer: number;
  readonly date: number;
  readonly amount: number;
  readonly keys: readonly number[];
}

const NONE = 0;
const CUSTOMER = 1;
const DATE = 2;
const AMOUNT = 3;
const KEY = 4;

/**
 * Decides record by record whether a file is plain (see PlainFile) and takes its control totals. Works on bytes that hold
 * whole lines, in any number of parts. Nothing is allocated for a record; sums of days and bytes are whole doubles.
 */
export class PlainScan {
  readonly amounts = new PlainAmounts();
  readonly ids = new PlainIds();
  newline: '\n' | '\r\n' | null = null;
  readonly #dates = new PlainDates();
  readonly #shape: PlainColumns;
  readonly #stops: Uint8Array;
  readonly #repeats: RepeatScan | null;
  #roles: Uint8Array;
  /** -1 until the header is read. */
  #records = -1;
  #days = 0;
  #idBytes = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  /** @param repeats looks at every record, where there are files before */
  constructor(shape: PlainColumns, repeats: RepeatScan | null = null) {
    this.#shape = shape;
    this.#repeats = repeats;
    this.#roles = new Uint8Array(shape.fields);
    this.#stops = new Uint8Array(256);
    for (const byte of [LF, CR, QUOTE, shape.delimiter.charCodeAt(0)]) this.#stops[byte] = 1;
  }

  /** Reads the lines in [from, to), which ends behind a line feed. False: not plain. */
  lines(bytes: Buffer, from: number, to: number): boolean {
    if (this.#records >= 0) return this.#scan(bytes, from, to);
    const header = bytes.indexOf(LF, from) + 1;
    if (!this.#scan(bytes, afterBom(bytes, from), header)) return false;
    this.#roles = rolesOf(this.#shape);
    return this.#scan(bytes, header, to);
  }

  get totals(): ControlTotals {
    const none = this.#records <= 0;
    return {
      records: Math.max(this.#records, 0),
      amount: this.amounts.sum,
      days: BigInt(this.#days),
      idBytes: BigInt(this.#idBytes),
      firstDay: none ? null : this.#first,
      lastDay: none ? null : this.#last,
    };
  }

  #scan(bytes: Buffer, from: number, to: number): boolean {
    const roles = this.#roles;
    const stops = this.#stops;
    const amounts = this.amounts;
    const ids = this.ids;
    const dates = this.#dates;
    const repeats = this.#records < 0 ? null : this.#repeats;
    let [moneyFrom, moneyTo] = [0, 0];
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const mark = this.#shape.delimiter.charCodeAt(0);
    const lastField = roles.length - 1;
    let [records, days, idBytes, first, last] = [0, 0, 0, this.#first, this.#last];
    let at = from;
    while (at < to) {
      const start = at;
      for (let field = 0; ; field++) {
        const role = roles[field]!;
        const quoted = bytes[at] === QUOTE;
        if (quoted) at++;
        if (role === DATE) {
          if (at + ISO_LENGTH > to) return false;
          const day = dates.read(bytes, view, at);
          if (day === NO_DAY) return false;
          at += ISO_LENGTH;
          days += day;
          if (day < first) first = day;
          if (day > last) last = day;
          if (quoted && bytes[at++] !== QUOTE) return false;
        } else if (role === AMOUNT) {
          moneyFrom = at;
          at = amounts.add(bytes, at);
          moneyTo = at;
          if (at < 0 || (quoted && bytes[at++] !== QUOTE)) return false;
        } else {
          const open = at;
          let escapes = 0;
          if (quoted) {
            for (; ; at++) {
              const byte = bytes[at]!;
              if (byte === LF || byte === CR) return false;
              if (byte !== QUOTE) continue;
              if (bytes[at + 1] !== QUOTE) break;
              escapes++;
              at++;
            }
          } else while (stops[bytes[at]!] === 0) at++;
          if (role !== NONE && ((bytes[open] === EQUALS && bytes[open + 1] === QUOTE) || !isTrimmed(bytes, open, at)))
            return false;
          if (role === CUSTOMER) {
            if (open === at || !isFolded(bytes, open, at)) return false;
            ids.see(bytes, open, at);
            idBytes += at - open - escapes;
          }
          if (quoted) at++;
        }
        if (field === lastField) break;
        if (bytes[at] !== mark) return false;
        at++;
      }
      if (repeats !== null) repeats.see(bytes, start, at, [moneyFrom, moneyTo], this.#records + records + 1);
      if (bytes[at] === CR && bytes[at + 1] === LF) {
        if (this.newline === '\n') return false;
        this.newline = '\r\n';
        at += 2;
      } else if (bytes[at] === LF) {
        if (this.newline === '\r\n') return false;
        this.newline = '\n';
        at++;
      } else return false;
      if (at - start > PLAIN_RECORD_LIMIT) return false;
      records++;
    }
    this.#records += records;
    this.#days += days;
    this.#idBytes += idBytes;
    this.#first = first;
    this.#last = last;
    return true;
  }
}

function afterBom(bytes: Buffer, at: number): number {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? at + 3 : at;
}

function rolesOf(shape: PlainColumns): Uint8Array {
  const roles = new Uint8Array(shape.fields);
  for (const key of shape.keys) roles[key] = KEY;
  roles[shape.customer] = CUSTOMER;
  roles[shape.date] = DATE;
  roles[shape.amount] = AMOUNT;
  return roles;
}
