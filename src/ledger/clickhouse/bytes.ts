/** The bytes of a stream in order, as many at a time as are asked for. The end of the stream in the middle of something is an error. */
export class Bytes {
  readonly #stream: AsyncIterator<Buffer>;
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(stream: AsyncIterable<Buffer>) {
    this.#stream = stream[Symbol.asyncIterator]();
  }

  /** False at the end of the stream. */
  async more(): Promise<boolean> {
    return this.#at < this.#buffer.length || (await this.#wait(1));
  }

  /** So many bytes, in memory of their own. */
  async take(length: number): Promise<Buffer> {
    await this.#need(length);
    const taken = Buffer.from(new ArrayBuffer(length));
    this.#buffer.copy(taken, 0, this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  async varint(): Promise<number> {
    for (let value = 0, unit = 1; ; unit *= 128) {
      if (this.#at === this.#buffer.length) await this.#need(1);
      const byte = this.#buffer[this.#at++]!;
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
  }

  async text(): Promise<string> {
    return (await this.texts(1))[0]!;
  }

  async texts(count: number): Promise<string[]> {
    const found = new Array<string>(count);
    for (let i = 0; i < count; i++) {
      const length = this.#shortLength() ?? (await this.varint());
      if (this.#buffer.length - this.#at < length) await this.#need(length);
      found[i] = this.#buffer.toString('utf8', this.#at, this.#at + length);
      this.#at += length;
    }
    return found;
  }

  /** A length of one byte that is here, as nearly all are: without waiting for a promise. */
  #shortLength(): number | null {
    const byte = this.#buffer[this.#at];
    if (byte === undefined || byte > 127) return null;
    this.#at++;
    return byte;
  }

  async #need(length: number): Promise<void> {
    if (this.#buffer.length - this.#at < length && !(await this.#wait(length)))
      throw new Error('the answer ended in the middle of a block');
  }

  /** True when so many bytes are there. */
  async #wait(length: number): Promise<boolean> {
    const parts = [this.#buffer.subarray(this.#at)];
    let there = parts[0]!.length;
    while (there < length) {
      const { value, done } = await this.#stream.next();
      if (done) break;
      parts.push(value);
      there += value.length;
    }
    this.#buffer = Buffer.concat(parts);
    this.#at = 0;
    return there >= length;
  }
}
