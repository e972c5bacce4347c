import type { DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';
import type { Chunk, Row, Value } from '../store.ts';
import { duckdb } from './api.ts';

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

  decimals(column: number): bigint[] {
    const vector = this.#chunk.getColumnVector(column);
    if (!(vector instanceof duckdb.DuckDBDecimal128Vector))
      throw new TypeError(`column ${column} is not a wide DECIMAL`);
    const found = new Array<bigint>(this.rowCount);
    for (let row = 0; row < found.length; row++) found[row] = vector.getScaledValue(row) ?? 0n;
    return found;
  }

  texts(column: number): string[] {
    return this.#chunk
      .getColumnVector(column)
      .toArray()
      .map((value) => String(value));
  }
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
