import {
  BIGINT,
  DATE,
  DECIMAL,
  DOUBLE,
  type DuckDBAppender,
  DuckDBBigIntVector,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBDoubleVector,
  DuckDBIntegerVector,
  type DuckDBType,
  type DuckDBValue,
  type DuckDBVector,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import { AMOUNT_SCALE, RATE_SCALE } from '../base/money.ts';
import type { ColumnType, ColumnValues, Value } from './store.ts';

/** Rows of a data chunk at most: the engine's vector size. */
const CHUNK = 2048;

const AMOUNT = DECIMAL(18, AMOUNT_SCALE);
const RATE = DECIMAL(RATE_SCALE + 1, RATE_SCALE);

const DAY = { type: DATE, of: (value: Value) => new DuckDBDateValue(Number(value)) };

const TYPES: Readonly<Record<ColumnType, { readonly type: DuckDBType; of?(value: Value): DuckDBValue }>> = {
  text: { type: VARCHAR },
  integer: { type: INTEGER },
  long: { type: BIGINT },
  double: { type: DOUBLE },
  day: DAY,
  bound: DAY,
  amount: { type: AMOUNT, of: (value) => new DuckDBDecimalValue(BigInt(value!), AMOUNT.width, AMOUNT.scale) },
  rate: { type: RATE, of: (value) => new DuckDBDecimalValue(BigInt(value!), RATE.width, RATE.scale) },
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
      const chunk = DuckDBDataChunk.create(types, end - start);
      for (const [i, values] of columns(start, end).entries()) {
        if (isList(values)) {
          const { of } = TYPES[this.#columns[i]!];
          chunk.setColumnValues(i, of ? values.map(of) : values);
        } else setNumbers(chunk.getColumnVector(i), values);
      }
      this.#appender.appendDataChunk(chunk);
    }
  }

  close(): void {
    this.#appender.closeSync();
  }
}

/** Numbers as they lie in memory, without a call a value: five times as fast. */
function setNumbers(vector: DuckDBVector, values: Exclude<ColumnValues, readonly Value[]>): void {
  if (vector instanceof DuckDBDoubleVector && values instanceof Float64Array) vector['items'].set(values);
  else if (vector instanceof DuckDBIntegerVector && values instanceof Int32Array) vector['items'].set(values);
  else if (vector instanceof DuckDBBigIntVector && values instanceof BigInt64Array) vector['items'].set(values);
  else throw new TypeError(`${values.constructor.name} in a column of ${vector.type}`);
  vector.flush();
}

function isList(values: ColumnValues): values is readonly Value[] {
  return Array.isArray(values);
}
