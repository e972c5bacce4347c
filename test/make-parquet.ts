import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetWriteBuffer } from 'hyparquet-writer';

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

/** Ways to write timestamps from before the format told whether their zone is UTC. */
export type OldTimestamp = 'TIMESTAMP_MILLIS' | 'TIMESTAMP_MICROS' | 'INT96';

/** Writes a file as old writers did: customer, date, amount; the times in milliseconds since 1970. Returns its path. */
export function oldParquet(path: string, kind: OldTimestamp, times: readonly (number | null)[]): string {
  const date = { name: 'date', repetition_type: 'OPTIONAL' } as const;
  const types = {
    TIMESTAMP_MILLIS: { ...date, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
    TIMESTAMP_MICROS: { ...date, type: 'INT64', converted_type: 'TIMESTAMP_MICROS' },
    INT96: { ...date, type: 'FIXED_LEN_BYTE_ARRAY', type_length: 12 },
  } as const;
  const stored = (time: number) => {
    if (kind === 'INT96') return int96(time);
    return kind === 'TIMESTAMP_MILLIS' ? new Date(time) : BigInt(time) * 1000n;
  };
  const bytes = parquetWriteBuffer({
    schema: [
      { name: 'root', num_children: 3 },
      { name: 'customer', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      types[kind],
      { name: 'amount', type: 'INT32', repetition_type: 'REQUIRED' },
    ],
    columnData: [
      { name: 'customer', data: times.map((_, i) => `C${i}`) },
      { name: 'date', data: times.map((time) => (time === null ? null : stored(time))), encoding: 'PLAIN' },
      { name: 'amount', data: times.map(() => 1) },
    ],
    statistics: false,
  });
  writeFileSync(path, kind === 'INT96' ? asInt96(Buffer.from(bytes)) : Buffer.from(bytes));
  return path;
}

/** Nanoseconds of the day, then the Julian day. */
function int96(time: number): Uint8Array {
  const day = Math.floor(time / 86_400_000);
  const bytes = Buffer.alloc(12);
  bytes.writeBigInt64LE(BigInt(time - day * 86_400_000) * 1_000_000n);
  bytes.writeInt32LE(day + 2_440_588, 8);
  return bytes;
}

/** Twelve bytes of a length become an INT96, in the schema and in the column: type 7 is type 3, both as zigzag. */
function asInt96(bytes: Buffer): Buffer {
  const footer = bytes.length - 8 - bytes.readInt32LE(bytes.length - 8);
  for (const [from, to] of [
    [
      [0x15, 0x0e, 0x15, 0x18],
      [0x15, 0x06, 0x15, 0x18],
    ],
    [
      [0x15, 0x0e, 0x19],
      [0x15, 0x06, 0x19],
    ],
  ] as const) {
    const at = bytes.indexOf(Buffer.from(from), footer);
    if (at < 0) throw new Error('the footer is not as expected');
    Buffer.from(to).copy(bytes, at);
  }
  return bytes;
}
