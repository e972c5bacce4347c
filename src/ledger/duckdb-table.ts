import { type DuckDBAppender, DuckDBDataChunk, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';
import type { DuckDBSession } from './duckdb-session.ts';

/** Rows of a data chunk at most: the engine's vector size. */
const CHUNK = 2048;

/** A table filled by data chunks: values never pass through SQL text. Names of tables and columns are ours. */
export class DuckDBTable {
  readonly #appender: DuckDBAppender;
  readonly #types: readonly DuckDBType[];

  private constructor(appender: DuckDBAppender, types: readonly DuckDBType[]) {
    this.#appender = appender;
    this.#types = types;
  }

  static async create(
    session: DuckDBSession,
    name: string,
    columns: readonly (readonly [string, DuckDBType])[],
  ): Promise<DuckDBTable> {
    await session.run(`CREATE TABLE ${name} (${columns.map(([column, type]) => `${column} ${type}`).join(', ')})`);
    return new DuckDBTable(
      await session.connection.createAppender(name),
      columns.map(([, type]) => type),
    );
  }

  /** @param columns the values of rows start to end (exclusive), column by column */
  append(length: number, columns: (start: number, end: number) => readonly (readonly DuckDBValue[])[]): void {
    for (let start = 0; start < length; start += CHUNK) {
      const end = Math.min(start + CHUNK, length);
      const chunk = DuckDBDataChunk.create(this.#types, end - start);
      for (const [i, values] of columns(start, end).entries()) chunk.setColumnValues(i, values);
      this.#appender.appendDataChunk(chunk);
    }
  }

  close(): void {
    this.#appender.closeSync();
  }
}
