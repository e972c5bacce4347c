#!/usr/bin/env bash
# @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6), halves on the way from a number to a whole one.
# Guess: one engine rounds halves one way, whatever the type of the number.
# Seen: a DOUBLE goes half to even (2.5 → 2), a DECIMAL and a text go half away from zero (2.5 → 3).
# It matters where cents are made in SQL: the same price is another cent by the type of its column.
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
const sql = "SELECT CAST(2.5::DOUBLE AS INTEGER), CAST(2.5::DECIMAL(4,1) AS INTEGER), CAST('2.5' AS INTEGER)";
const [row] = (await connection.runAndReadAll(sql)).getRowsJson();
console.log('double, decimal, text', row);
assert.deepEqual(row, [2, 3, 3]);
CODE
node run.mjs
