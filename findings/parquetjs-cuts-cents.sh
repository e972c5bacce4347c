#!/usr/bin/env bash
# @dsnp/parquetjs 1.8.7, amounts written as DECIMAL with two decimals.
# Guess: 19.99 is stored as 19.99.
# Seen: the product with 100 is cut, not rounded, so that 19.99 is stored as 19.98, 1.15 as 1.14 and 0.29 as 0.28, without a word.
# It matters for exports to a data lake: the sum of a shop's sales is short by up to a cent a row.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dsnp/parquetjs@1.8.7 @duckdb/node-api@1.5.6-r.1 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import { DuckDBInstance } from '@duckdb/node-api';
import parquet from '@dsnp/parquetjs';
const schema = new parquet.ParquetSchema({ amount: { type: 'DECIMAL', precision: 9, scale: 2 } });
const writer = await parquet.ParquetWriter.openFile(schema, 'amounts.parquet');
for (const amount of [19.99, 1.15, 0.29, 100]) await writer.appendRow({ amount });
await writer.close();
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const seen = (await connection.runAndReadAll("SELECT CAST(amount AS VARCHAR) FROM 'amounts.parquet'")).getRowsJson().flat();
console.log(seen);
assert.deepEqual(seen, ['19.98', '1.14', '0.28', '100.00']);
CODE
node run.mjs
