import { DuckDBInstance } from '@duckdb/node-api';

/** Writes the rows of a query as a Parquet file, and returns its path. */
export async function parquet(path: string, query: string): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
    return path;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
