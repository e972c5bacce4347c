import type {
  DuckDBAppender,
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBType,
  DuckDBValue,
  DuckDBVarCharVector,
  DuckDBVector,
} from '@duckdb/node-api';
import { AMOUNT_SCALE, RATE_SCALE } from '../../base/money.ts';
import type { Chunk, ColumnType, ColumnValues, Row, Value } from '../store.ts';
import { duckdb } from './api.ts';

/** Rows of a data chunk at most: the engine's vector size. */
export const CHUNK = 2048;

const AMOUNT = duckdb.DECIMAL(18, AMOUNT_SCALE);
const RATE = duckdb.DECIMAL(RATE_SCALE + 1, RATE_SCALE);

const DAY = { type: duckdb.DATE, of: (value: Value) => new duckdb.DuckDBDateValue(Number(value)) };

export const TYPES: Readonly<Record<ColumnType, { readonly type: DuckDBType; of?(value: Value): DuckDBValue }>> = {
  text: { type: duckdb.VARCHAR },
  integer: { type: duckdb.INTEGER },
  long: { type: duckdb.BIGINT },
  double: { type: duckdb.DOUBLE },
  day: DAY,
  bound: DAY,
  amount: { type: AMOUNT, of: (value) => new duckdb.DuckDBDecimalValue(BigInt(value!), AMOUNT.width, AMOUNT.scale) },
  rate: { type: RATE, of: (value) => new duckdb.DuckDBDecimalValue(BigInt(value!), RATE.width, RATE.scale) },
};

/** A table filled by data chunks: values never pass through SQL text. Names of tables and columns are ours. */
export class DuckDBTable {
  readonly #appender: DuckDBAppender;
  readonly #columns: readonly ColumnType[];

  private constructor(appender: DuckDBAppender, columns: readonly ColumnType[]) {
    this.#appender = appender;
    this.#columns = columns;
  }

  static async create(
    connection: DuckDBConnection,
    name: string,
    columns: readonly (readonly [string, ColumnType])[],
  ): Promise<DuckDBTable> {
    const list = columns.map(([column, kind]) => `${column} ${TYPES[kind].type}`).join(', ');
    await connection.run(`CREATE TABLE ${name} (${list})`);
    return new DuckDBTable(
      await connection.createAppender(name),
      columns.map(([, kind]) => kind),
    );
  }

  /** @param columns the values of rows start to end (exclusive), column by column */
  append(length: number, columns: (start: number, end: number) => readonly ColumnValues[]): void {
    const types = this.#columns.map((kind) => TYPES[kind].type);
    for (let start = 0; start < length; start += CHUNK) {
      const end = Math.min(start + CHUNK, length);
      const chunk = duckdb.DuckDBDataChunk.create(types, end - start);
      for (const [i, values] of columns(start, end).entries()) writeColumn(chunk, i, this.#columns[i]!, values);
      this.#appender.appendDataChunk(chunk);
    }
  }

  close(): void {
    this.#appender.closeSync();
  }
}

/** Writes a column of a chunk that has as many rows. */
export function writeColumn(chunk: DuckDBDataChunk, column: number, kind: ColumnType, values: ColumnValues): void {
  if (isList(values)) {
    const { of } = TYPES[kind];
    chunk.setColumnValues(column, of ? values.map(of) : values);
  } else setNumbers(chunk.getColumnVector(column), values);
}

/** Numbers as they lie in memory, without a call a value: five times as fast. */
function setNumbers(vector: DuckDBVector, values: Exclude<ColumnValues, readonly Value[]>): void {
  if (vector instanceof duckdb.DuckDBDoubleVector && values instanceof Float64Array) vector['items'].set(values);
  else if (vector instanceof duckdb.DuckDBIntegerVector && values instanceof Int32Array) vector['items'].set(values);
  else if (vector instanceof duckdb.DuckDBDateVector && values instanceof Int32Array) vector['items'].set(values);
  else if (vector instanceof duckdb.DuckDBBigIntVector && values instanceof BigInt64Array) vector['items'].set(values);
  else if (vector instanceof duckdb.DuckDBDecimal64Vector && values instanceof BigInt64Array) {
    const { buffer, byteOffset } = vector['dataView'];
    new BigInt64Array(buffer, byteOffset, values.length).set(values);
  } else throw new TypeError(`${values.constructor.name} in a column of ${vector.type}`);
  vector.flush();
}

function isList(values: ColumnValues): values is readonly Value[] {
  return Array.isArray(values);
}

/** A chunk of the engine's: typed arrays straight from its vectors, without an object a value. */
export class DuckDBChunk implements Chunk {
  readonly #chunk: DuckDBDataChunk;

  constructor(chunk: DuckDBDataChunk) {
    this.#chunk = chunk;
  }

  get rowCount(): number {
    return this.#chunk.rowCount;
  }

  doubles(column: number): Float64Array {
    const vector = this.#chunk.getColumnVector(column);
    if (!(vector instanceof duckdb.DuckDBDoubleVector)) throw new TypeError(`column ${column} is not DOUBLE`);
    return vector['items'];
  }

  integers(column: number): Int32Array {
    const vector = this.#chunk.getColumnVector(column);
    if (vector instanceof duckdb.DuckDBIntegerVector) return vector['items'];
    if (vector instanceof duckdb.DuckDBDateVector) return vector['items'];
    throw new TypeError(`column ${column} is neither INTEGER nor DATE`);
  }

  bigints(column: number): BigInt64Array {
    const vector = this.#chunk.getColumnVector(column);
    if (!(vector instanceof duckdb.DuckDBBigIntVector)) throw new TypeError(`column ${column} is not BIGINT`);
    return vector['items'];
  }

  bigintsOrNull(column: number): (bigint | null)[] {
    const vector = this.#chunk.getColumnVector(column);
    if (!(vector instanceof duckdb.DuckDBBigIntVector)) throw new TypeError(`column ${column} is not BIGINT`);
    return Array.from({ length: this.rowCount }, (_, row) => vector.getItem(row));
  }

  decimals(column: number): bigint[] {
    const vector = this.#chunk.getColumnVector(column);
    if (!(vector instanceof duckdb.DuckDBDecimal128Vector || vector instanceof duckdb.DuckDBDecimal64Vector))
      throw new TypeError(`column ${column} is not a DECIMAL of 64 bits or more`);
    const found = new Array<bigint>(this.rowCount);
    for (let row = 0; row < found.length; row++) found[row] = vector.getScaledValue(row) ?? 0n;
    return found;
  }

  texts(column: number): string[] {
    const vector = this.#chunk.getColumnVector(column);
    if (!(vector instanceof duckdb.DuckDBVarCharVector)) return vector.toArray().map((value) => String(value));
    return textsOf(vector, this.rowCount);
  }
}

/** Words of 32 bits that the engine tells a text by: its length, and its bytes if they are 12 or fewer, else where they lie. */
const TEXT_WORDS = 4;

/** A text that the row before has too is decoded once: rows come in the order of customers, and few have a plan of their own. */
function textsOf(vector: DuckDBVarCharVector, rows: number): string[] {
  const { buffer, byteOffset } = vector['dataView'];
  const words = new Int32Array(buffer, byteOffset, rows * TEXT_WORDS);
  const validity = vector['validity'];
  const found = new Array<string>(rows);
  let isKnown = false;
  for (let row = 0; row < rows; row++) {
    const isValid = validity.itemValid(row);
    found[row] =
      isKnown && isValid && isAsBefore(words, row * TEXT_WORDS) ? found[row - 1]! : String(vector.getItem(row));
    isKnown = isValid;
  }
  return found;
}

function isAsBefore(words: Int32Array, at: number): boolean {
  return (
    words[at] === words[at - TEXT_WORDS] &&
    words[at + 1] === words[at + 1 - TEXT_WORDS] &&
    words[at + 2] === words[at + 2 - TEXT_WORDS] &&
    words[at + 3] === words[at + 3 - TEXT_WORDS]
  );
}

/** A row as the ledger reads it: decimals as their units, dates as day numbers. */
export function rowOf(row: Readonly<Record<string, DuckDBValue>>): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, readValue(value)]));
}

function readValue(value: DuckDBValue): Value {
  if (value instanceof duckdb.DuckDBDecimalValue) return value.value;
  if (value instanceof duckdb.DuckDBDateValue) return value.days;
  if (value === null || typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string')
    return value;
  throw new TypeError('a value that the ledger does not read');
}
