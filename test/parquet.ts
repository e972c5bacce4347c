import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Cell } from '../src/data/report.ts';

/** A Parquet file as a reader of its own finds it. */
export interface Read {
  /** Names and types. */
  readonly columns: readonly (readonly [string, string])[];
  /** Texts of the cells; doubles with six decimals. */
  readonly rows: readonly (readonly Cell[])[];
}

const reader = DuckDBInstance.create(':memory:', { threads: '1' }).then((instance) => instance.connect());

/** What is in some bytes of Parquet. */
export async function readParquet(bytes: Uint8Array): Promise<Read> {
  const folder = mkdtempSync(join(tmpdir(), 'clv-parquet-'));
  const file = join(folder, 'read.parquet');
  try {
    writeFileSync(file, bytes);
    const found = await (await reader).runAndReadAll(
      `SELECT * FROM read_parquet('${file}', hive_partitioning = false)`,
    );
    const types = found.columnTypes().map(String);
    return {
      columns: found.columnNames().map((name, i) => [name, types[i]!]),
      rows: found.getRows().map((row) => row.map((cell, i) => textOf(cell, types[i]!))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function textOf(cell: unknown, type: string): Cell {
  if (cell === null) return null;
  return type === 'DOUBLE' ? (cell as number).toFixed(6) : String(cell);
}

/** All bytes of a stream. */
export async function bytesOf(chunks: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}
