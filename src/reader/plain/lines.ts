import { PLAIN_RECORD_LIMIT, type PlainScan } from './scan.ts';

const LF = 0x0a;
const CR = 0x0d;

/** Feeds a scan with whole lines, however the file is cut into parts. Each call tells whether the file is still plain. */
export class PlainLines {
  readonly #scan: PlainScan;
  /** The beginning of a line that is not complete, copied. */
  #open: Buffer[] = [];
  #length = 0;
  /** Whether lines before those of the last call were plain. */
  begun = false;
  /** The bytes that are not plain, from the start of a line on, once a call has said so. */
  rest: readonly Buffer[] = [];

  constructor(scan: PlainScan) {
    this.#scan = scan;
  }

  feed(part: Buffer): boolean {
    const first = part.indexOf(LF) + 1;
    if (first === 0) return this.#keep(part);
    let from = 0;
    if (this.#length > 0) {
      const line = Buffer.concat([...this.#open, part.subarray(0, first)]);
      if (!this.#scan.lines(line, 0, line.length)) return this.#stop(line, part.subarray(first));
      this.begun = true;
      this.#open = [];
      this.#length = 0;
      from = first;
    }
    const last = part.lastIndexOf(LF) + 1;
    if (!this.#scan.lines(part, from, last)) return this.#stop(part.subarray(from));
    this.begun ||= last > from;
    return this.#keep(part.subarray(last));
  }

  /** The last line may lack its end. */
  end(): boolean {
    if (this.#length === 0) return true;
    const line = Buffer.concat(this.#open);
    if (line.at(-1) === CR) return this.#stop(line);
    const whole = Buffer.concat([line, Buffer.from(this.#scan.newline ?? '\n')]);
    return this.#scan.lines(whole, 0, whole.length) || this.#stop(line);
  }

  #stop(...rest: readonly Buffer[]): false {
    this.rest = rest;
    return false;
  }

  #keep(rest: Buffer): boolean {
    if (rest.length > 0) this.#open.push(Buffer.from(rest));
    this.#length += rest.length;
    return this.#length <= PLAIN_RECORD_LIMIT || this.#stop(...this.#open);
  }
}
