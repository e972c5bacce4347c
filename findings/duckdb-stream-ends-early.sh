#!/usr/bin/env bash
# @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6), rows of a stream that are read while another statement is asked of its connection.
# Guess: the second statement waits, or either of them raises an error; no row is lost without a word.
# Seen: the stream ends at once as one that has no more rows (an empty chunk, no error): 2,048 of 10,000 rows were read, and none of
# them where the other statement came before the first chunk.
# It matters for every total that is summed over a stream: customers go missing, and only a count of them made elsewhere tells.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @duckdb/node-api@1.5.6-r.1 >/dev/null
cat > run.mjs <<'CODE'
import { DuckDBInstance } from '@duckdb/node-api';
import assert from 'node:assert';
const connection = await (await DuckDBInstance.create(':memory:')).connect();
/** Rows that are read of 10,000 where another statement is run once so many chunks were fetched. */
async function read(before) {
  const result = await connection.stream('SELECT range AS payment FROM range(10000)');
  let rows = 0;
  for (let chunks = 0; ; chunks++) {
    if (chunks === before) await connection.run('SELECT 1');
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return rows;
    rows += chunk.rowCount;
  }
}
const seen = [await read(-1), await read(1), await read(0)];
console.log(seen);
assert.deepEqual(seen, [10000, 2048, 0]);
CODE
node run.mjs
