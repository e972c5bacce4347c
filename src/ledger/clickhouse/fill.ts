import { ClvError } from '../../base/errors.ts';
import type { ColumnType, ColumnValues, Value } from '../store.ts';

interface Type {
  readonly name: string;
  encode(values: ArrayLike<Value>): Buffer;
}

/** The last day of a ClickHouse Date, 2149-06-06; the first is 1970-01-01. */
export const LAST_DATE = 65_535;

const numbers = (array: { readonly buffer: ArrayBufferLike }): Buffer => Buffer.from(array.buffer);

/** Columns in the Native format: little-endian, as typed arrays are on every machine that Node runs on. */
const TYPES: Readonly<Record<ColumnType, Type>> = {
  text: { name: 'String', encode: texts },
  integer: { name: 'Int32', encode: (values) => numbers(Int32Array.from(values, Number)) },
  long: { name: 'Int64', encode: (values) => numbers(BigInt64Array.from(values, (value) => BigInt(value!))) },
  double: { name: 'Float64', encode: (values) => numbers(Float64Array.from(values, Number)) },
  day: { name: 'Date', encode: (values) => numbers(Uint16Array.from(values, (value) => dateOf(Number(value)))) },
  bound: {
    name: 'Date',
    encode: (values) => numbers(Uint16Array.from(values, (value) => Math.min(LAST_DATE, Math.max(0, Number(value))))),
  },
  amount: {
    name: 'Decimal(18, 4)',
    encode: (values) => numbers(BigInt64Array.from(values, (value) => BigInt(value!))),
  },
  rate: { name: 'Decimal(7, 6)', encode: (values) => numbers(Int32Array.from(values, Number)) },
};

/** E446: a day that has no place among the days of a table. */
function dateOf(day: number): number {
  if (day < 0 || day > LAST_DATE) throw new ClvError('E446');
  return day;
}

/** The columns of a table as CREATE TABLE has them. */
export function columnList(columns: readonly (readonly [string, ColumnType])[]): string {
  return columns.map(([name, type]) => `${name} ${TYPES[type].name}`).join(', ');
}

/** Some rows, column by column, as a block. */
export function blockOf(
  columns: readonly (readonly [string, ColumnType])[],
  length: number,
  values: readonly ColumnValues[],
): Buffer {
  const parts = columns.flatMap(([name, type], i) => [texts([name, TYPES[type].name]), TYPES[type].encode(values[i]!)]);
  return Buffer.concat([varint(columns.length), varint(length), ...parts]);
}

function texts(values: ArrayLike<Value>): Buffer {
  return Buffer.concat(
    Array.from(values).flatMap((value) => {
      const text = Buffer.from(String(value));
      return [varint(text.length), text];
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}
