import type { Chunk, Row, Value } from '../store.ts';

/**
 * ClickHouse's Native format: blocks of rows, column by column, each column a name, a type and its values, little-endian and
 * without gaps; a byte a row in front of those that may be NULL.
 */
export async function* readBlocks(stream: AsyncIterable<Buffer>): AsyncIterable<NativeBlock> {
  const bytes = new Bytes(stream);
  while (await bytes.more()) {
    const [width, length] = [await bytes.varint(), await bytes.varint()];
    const columns: NativeColumn[] = [];
    for (let i = 0; i < width; i++) columns.push(await readColumn(bytes, length));
    if (length > 0) yield new NativeBlock(length, columns);
  }
}

interface NativeColumn {
  readonly name: string;
  readonly type: string;
  /** 1 for NULL. */
  readonly nulls: Buffer | null;
  /** Of numbers, or none. */
  readonly bytes: Buffer;
  readonly texts: string[];
}

async function readColumn(bytes: Bytes, length: number): Promise<NativeColumn> {
  const [name, full] = [await bytes.text(), await bytes.text()];
  const type = /^Nullable\((.*)\)$/.exec(full)?.[1] ?? full;
  const nulls = type === full ? null : await bytes.take(length);
  if (type === 'String') return { name, type, nulls, bytes: Buffer.alloc(0), texts: await bytes.texts(length) };
  return { name, type, nulls, bytes: await bytes.take(length * readerOf(type).width), texts: [] };
}

interface NumberReader {
  /** Bytes of a value. */
  readonly width: number;
  read(bytes: Buffer, at: number): number | bigint;
}

const NUMBERS: Readonly<Record<string, NumberReader>> = {
  Nothing: { width: 1, read: () => 0 },
  UInt8: { width: 1, read: (bytes, at) => bytes.readUInt8(at) },
  Int8: { width: 1, read: (bytes, at) => bytes.readInt8(at) },
  UInt16: { width: 2, read: (bytes, at) => bytes.readUInt16LE(at) },
  Int16: { width: 2, read: (bytes, at) => bytes.readInt16LE(at) },
  UInt32: { width: 4, read: (bytes, at) => bytes.readUInt32LE(at) },
  Int32: { width: 4, read: (bytes, at) => bytes.readInt32LE(at) },
  UInt64: { width: 8, read: (bytes, at) => bytes.readBigUInt64LE(at) },
  Int64: { width: 8, read: (bytes, at) => bytes.readBigInt64LE(at) },
  Int128: {
    width: 16,
    read: (bytes, at) => (bytes.readBigInt64LE(at + 8) << 64n) | bytes.readBigUInt64LE(at),
  },
  Float64: { width: 8, read: (bytes, at) => bytes.readDoubleLE(at) },
};

/** Decimals are their units; days are numbers. */
const SAME_AS: readonly (readonly [RegExp, string])[] = [
  [/^Date$/, 'UInt16'],
  [/^Bool$/, 'UInt8'],
  [/^Decimal\(\d,/, 'Int32'],
  [/^Decimal\(1[0-8],/, 'Int64'],
  [/^Decimal\((19|2\d|3[0-8]),/, 'Int128'],
];

function readerOf(type: string): NumberReader {
  const same = SAME_AS.find(([pattern]) => pattern.test(type))?.[1] ?? type;
  const reader = NUMBERS[same];
  if (!reader) throw new TypeError(`a value of the type ${type}, which the ledger does not read`);
  return reader;
}

/** A block of rows as the ledger reads it. NULL is 0 among numbers and blank among texts, except in `rows`. */
export class NativeBlock implements Chunk {
  readonly rowCount: number;
  readonly #columns: readonly NativeColumn[];

  constructor(rowCount: number, columns: readonly NativeColumn[]) {
    this.rowCount = rowCount;
    this.#columns = columns;
  }

  doubles(column: number): Float64Array {
    const { bytes } = this.#typed(column, /^Float64$/);
    return new Float64Array(bytes.buffer, bytes.byteOffset, this.rowCount);
  }

  integers(column: number): Int32Array {
    const { type, bytes } = this.#typed(column, /^(U?Int(8|16|32|64)|Date)$/);
    if (type === 'Int32') return new Int32Array(bytes.buffer, bytes.byteOffset, this.rowCount);
    return Int32Array.from({ length: this.rowCount }, (_, row) => Number(this.#number(column, row)));
  }

  bigints(column: number): BigInt64Array {
    const { bytes } = this.#typed(column, /^Int64$/);
    return new BigInt64Array(bytes.buffer, bytes.byteOffset, this.rowCount);
  }

  bigintsOrNull(column: number): (bigint | null)[] {
    const { nulls } = this.#typed(column, /^Int64$/);
    return Array.from(this.bigints(column), (value, row) => (nulls?.[row] ? null : value));
  }

  decimals(column: number): bigint[] {
    this.#typed(column, /^Decimal/);
    return Array.from({ length: this.rowCount }, (_, row) => BigInt(this.#number(column, row)));
  }

  texts(column: number): string[] {
    return this.#typed(column, /^String$/).texts;
  }

  rows(): Row[] {
    return Array.from({ length: this.rowCount }, (_, row) =>
      Object.fromEntries(this.#columns.map(({ name }, column) => [name, this.#value(column, row)])),
    );
  }

  #typed(column: number, wanted: RegExp): NativeColumn {
    const found = this.#columns[column]!;
    if (!wanted.test(found.type)) throw new TypeError(`column ${column} is ${found.type}`);
    return found;
  }

  #value(column: number, row: number): Value {
    const { type, nulls, texts } = this.#columns[column]!;
    if (nulls?.[row]) return null;
    return type === 'String' ? texts[row]! : this.#number(column, row);
  }

  #number(column: number, row: number): number | bigint {
    const { type, bytes } = this.#columns[column]!;
    const { width, read } = readerOf(type);
    return read(bytes, row * width);
  }
}

/** The bytes of a stream in order, as many at a time as are asked for. The end of the stream in the middle of something is an error. */
class Bytes {
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
