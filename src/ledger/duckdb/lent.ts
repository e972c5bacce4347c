import type { DuckDBConnection, DuckDBDataChunk, DuckDBTableFunctionInitInfo } from '@duckdb/node-api';
import type { ColumnType, ColumnValues } from '../store.ts';
import { duckdb } from './api.ts';
import { CHUNK, TYPES, writeColumn } from './vectors.ts';

/** Values that lie in memory, which must not change while they are lent. */
export interface LentValues {
  readonly columns: readonly (readonly [string, ColumnType])[];
  readonly length: number;
  /** Those of the rows start to end (exclusive), column by column. */
  readonly values: (start: number, end: number) => readonly ColumnValues[];
}

/**
 * Values in memory as rows of a function of the engine, which takes the columns that it needs, chunk by chunk, where it needs
 * them. A table is filled so in .7 of the time of an appender, and what is read a few times needs none: .5.
 */
export class LentTables {
  readonly #lent = new Map<string, LentValues>();

  /** @param connection on whose database the function is made */
  constructor(connection: DuckDBConnection) {
    connection.registerTableFunction(
      duckdb.DuckDBTableFunction.create({
        name: 'lent',
        parameterTypes: [duckdb.VARCHAR],
        supportsProjectionPushdown: true,
        bindFunction: (bind) => {
          const lent = this.#lent.get(String(bind.getParameter(0)));
          if (!lent) return bind.setError(`nothing of the name ${bind.getParameter(0)} is lent`);
          for (const [name, kind] of lent.columns) bind.addResultColumn(name, TYPES[kind].type);
          bind.setCardinality(lent.length, true);
          bind.setBindData(lent);
        },
        initFunction: (init) => {
          init.setMaxThreads(1);
          init.setInitData(new Reading(init));
        },
        mainFunction: (info, chunk) => (info.getInitData() as Reading).next(chunk),
      }),
    );
  }

  /** The rows of some values as they stand after FROM. @param name one of ours */
  lend(name: string, values: LentValues): string {
    this.#lent.set(name, values);
    return `lent('${name}')`;
  }

  takeBack(name: string): void {
    this.#lent.delete(name);
  }
}

/** One reading of what is lent, from the first row to the last. */
class Reading {
  readonly #lent: LentValues;
  /** The places of the columns that are asked for; that of a row's number, where none is, is beyond them. */
  readonly #places: readonly number[];
  #at = 0;

  constructor(init: DuckDBTableFunctionInitInfo) {
    this.#lent = init.getBindData() as LentValues;
    this.#places = init.getColumnIndexes();
  }

  next(chunk: DuckDBDataChunk): void {
    const { columns, length, values } = this.#lent;
    const [start, end] = [this.#at, Math.min(this.#at + CHUNK, length)];
    this.#at = end;
    chunk.rowCount = end - start;
    if (start === end) return;
    const rows = values(start, end);
    for (const [i, place] of this.#places.entries()) {
      if (place < columns.length) writeColumn(chunk, i, columns[place]![1], rows[place]!);
    }
  }
}
