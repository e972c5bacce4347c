import {
  DuckDBBigIntVector,
  type DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDateVector,
  DuckDBDecimal128Vector,
  DuckDBDecimalValue,
  DuckDBDoubleVector,
  DuckDBIntegerVector,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Day } from '../base/calendar.ts';

/** Reading the engine's columns: typed arrays straight from its vectors, without an object a value. */

export function doubles(chunk: DuckDBDataChunk, column: number): Float64Array {
  const vector = chunk.getColumnVector(column);
  if (!(vector instanceof DuckDBDoubleVector)) throw new TypeError(`column ${column} is not DOUBLE`);
  return vector['items'];
}

/** INTEGER, or DATE as day numbers. */
export function integers(chunk: DuckDBDataChunk, column: number): Int32Array {
  const vector = chunk.getColumnVector(column);
  if (vector instanceof DuckDBIntegerVector) return vector['items'];
  if (vector instanceof DuckDBDateVector) return vector['items'];
  throw new TypeError(`column ${column} is neither INTEGER nor DATE`);
}

export function bigints(chunk: DuckDBDataChunk, column: number): BigInt64Array {
  const vector = chunk.getColumnVector(column);
  if (!(vector instanceof DuckDBBigIntVector)) throw new TypeError(`column ${column} is not BIGINT`);
  return vector['items'];
}

/** The exact units of wide decimals. */
export function decimals(chunk: DuckDBDataChunk, column: number): bigint[] {
  const vector = chunk.getColumnVector(column);
  if (!(vector instanceof DuckDBDecimal128Vector)) throw new TypeError(`column ${column} is not a wide DECIMAL`);
  const found = new Array<bigint>(chunk.rowCount);
  for (let row = 0; row < found.length; row++) found[row] = vector.getScaledValue(row) ?? 0n;
  return found;
}

export function texts(chunk: DuckDBDataChunk, column: number): string[] {
  return chunk
    .getColumnVector(column)
    .toArray()
    .map((value) => String(value));
}

/** The texts of a column, or blanks where it holds nothing else: reading a text takes longer than a number. */
export function textsIf(wanted: boolean, chunk: DuckDBDataChunk, column: number): string[] {
  return wanted ? texts(chunk, column) : new Array<string>(chunk.rowCount).fill('');
}

/** An integer or the units of a decimal; 0 for NULL (a sum over nothing). */
export function units(value: DuckDBValue | undefined): bigint {
  if (value === null || value === undefined) return 0n;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  if (value instanceof DuckDBDecimalValue) return value.value;
  throw new TypeError('not an exact number');
}

export function dayOrNull(value: DuckDBValue | undefined): Day | null {
  if (value === null || value === undefined) return null;
  if (value instanceof DuckDBDateValue) return value.days;
  throw new TypeError('not a date');
}

/** Joins the typed arrays of chunks. */
export function joined<T extends Int32Array | Float64Array>(parts: readonly T[], empty: T): T {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all = new (empty.constructor as new (n: number) => T)(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
