#!/usr/bin/env bash
# @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6), generate_series of months from a month's end.
# Guess: a series by INTERVAL 1 MONTH from 31 January gives the last day of each month, as start + n months does.
# Seen: each step starts from the one before, so that the day, once clamped in February, stays 29: 2024-01-31, 02-29, 03-29, 04-29.
# It matters where due days of contracts are made of such a series: from March on every one is up to two days early.
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
const days = async (sql) => (await connection.runAndReadAll(sql)).getRowsJson().map(([day]) => String(day).slice(0, 10));
const series = await days("SELECT * FROM generate_series(TIMESTAMP '2024-01-31', TIMESTAMP '2024-05-31', INTERVAL 1 MONTH)");
const steps = await days("SELECT TIMESTAMP '2024-01-31' + INTERVAL 1 MONTH * n FROM range(5) t(n)");
console.log('series', series, 'start + n months', steps);
assert.deepEqual(series, ['2024-01-31', '2024-02-29', '2024-03-29', '2024-04-29', '2024-05-29']);
assert.deepEqual(steps, ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31']);
CODE
node run.mjs
