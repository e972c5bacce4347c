#!/usr/bin/env bash
# @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6), timestamps of Parquet files from before logical types (written by hyparquet-writer 0.17.0).
# Guess: the format's own document says that the converted types TIMESTAMP_MILLIS and TIMESTAMP_MICROS are instants, adjusted to UTC;
# so the column is a TIMESTAMP WITH TIME ZONE, as one with the logical type and isAdjustedToUTC is.
# Seen: it is a TIMESTAMP without a zone, and its day is that of UTC for every reader.
# It matters for the day of a purchase: a sale at 23:30 UTC is on the next day in a shop in Berlin.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @duckdb/node-api@1.5.6-r.1 hyparquet-writer@0.17.0 >/dev/null
cat > run.mjs <<'CODE'
import { writeFileSync } from 'node:fs';
import assert from 'node:assert';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetWriteBuffer } from 'hyparquet-writer';
const times = (type) => parquetWriteBuffer({
  schema: [{ name: 'root', num_children: 1 }, { name: 't', type: 'INT64', converted_type: 'TIMESTAMP_MICROS', repetition_type: 'REQUIRED', ...type }],
  columnData: [{ name: 't', data: [BigInt(Date.UTC(2024, 0, 1, 23, 30)) * 1000n], encoding: 'PLAIN' }],
  statistics: false,
});
writeFileSync('old.parquet', Buffer.from(times({})));
writeFileSync('new.parquet', Buffer.from(times({ logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } })));
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const typeOf = async (file) => (await connection.runAndReadAll(`SELECT typeof(t) FROM '${file}'`)).getRowsJson()[0][0];
const seen = [await typeOf('old.parquet'), await typeOf('new.parquet')];
console.log(seen);
assert.deepEqual(seen, ['TIMESTAMP', 'TIMESTAMP WITH TIME ZONE']);
CODE
node run.mjs
