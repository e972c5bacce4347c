#!/usr/bin/env bash
# @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6), sums of money cast to a decimal of two places.
# Guess: CAST(sum(amount) AS DECIMAL(18,2)) of amounts with four decimals takes about as long as any other cast of the same rows.
# Seen: the sum is DECIMAL(38,4), and its last two digits are divided away in 128 bits, row by row: many times as long as by way of
# DECIMAL(18,4), which drops the width first and divides in 64 bits. The values are the same. (20 to 60 times on our machines; the
# test asks for five.)
# It matters where sums by customer and day are kept in cents: of 10 million rows the cast alone was three quarters of the work.
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
await connection.run(`CREATE TABLE days AS
SELECT CAST(CAST(range AS DECIMAL(18,2)) / 100 AS DECIMAL(38,4)) AS revenue FROM range(1000000)`);
/** Least processor milliseconds of five turns, and what came of it. */
async function cast(revenue) {
  let [least, sum] = [Number.POSITIVE_INFINITY, null];
  for (let turn = 0; turn < 5; turn++) {
    const before = process.cpuUsage();
    const rows = await connection.runAndReadAll(`SELECT sum(${revenue}) AS sum FROM days`);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
    sum = String(rows.getRows()[0][0]);
  }
  return { least, sum };
}
const direct = await cast('CAST(revenue AS DECIMAL(18,2))');
const narrowed = await cast('CAST(CAST(revenue AS DECIMAL(18,4)) AS DECIMAL(18,2))');
console.log({ direct, narrowed, ratio: direct.least / narrowed.least });
assert.equal(direct.sum, narrowed.sum);
assert.ok(direct.least > 5 * narrowed.least);
CODE
node run.mjs
