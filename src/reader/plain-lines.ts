import { PLAIN_RECORD_LIMIT, type PlainScan } from './plain-scan.ts';

const LF = 0x0a;
const CR = 0x0d;

/** Feeds a scan with whole lines, however the file is cut into parts. Each call tells whether the file is still plain. */
export class PlainLines {
  readonly #scan: PlainScan;
  /** The beginning of a line that is not complete, copied. */
  #open: Buffer[] = [];
  #length = 0;

  constructor(scan: PlainScan) {
    this.#scan = scan;
  }

  feed(part: Buffer): boolean {
    const first = part.indexOf(LF) + 1;
    if (first === 0) return this.#keep(part);
    let from = 0;
    if (this.#length > 0) {
      const line = Buffer.concat([...this.#open, part.subarray(0, first)]);
      if (!this.#scan.lines(line, 0, line.length)) return false;
      this.#open = [];
      this.#length = 0;
      from = first;
    }
    const last = part.lastIndexOf(LF) + 1;
    return this.#scan.lines(part, from, last) && this.#keep(part.subarray(last));
  }

  /** The last line may lack its end. */
  end(): boolean {
    if (this.#length === 0) return true;
    const line = Buffer.concat(this.#open);
    if (line.at(-1) === CR) return false;
    const whole = Buffer.concat([line, Buffer.from(this.#scan.newline ?? '\n')]);
    return this.#scan.lines(whole, 0, whole.length);
  }

  #keep(rest: Buffer): boolean {
    if (rest.length > 0) this.#open.push(Buffer.from(rest));
    this.#length += rest.length;
    return this.#length <= PLAIN_RECORD_LIMIT;
  }
}
