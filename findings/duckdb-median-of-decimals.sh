#!/usr/bin/env bash
# @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6), the median of two amounts.
# Guess: the median of 1.00 and 2.01 is 1.505, or 1.51 or 1.50 by a rule of rounding; that of 1.00 and 2.05 is 1.525, so 1.53 or 1.52.
# Seen: the mean of the two in the middle is cut to the scale of the column: 1.50, and 1.52; 1.99 of 1.99 and 2.00. Never rounded up.
# It matters for the typical basket: medians of money are up to a cent too low, and doubles give another figure.
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
const median = async (a, b) =>
  (await connection.runAndReadAll(`SELECT CAST(median(x) AS VARCHAR) FROM (VALUES (${a}::DECIMAL(10,2)), (${b}::DECIMAL(10,2))) t(x)`)).getRowsJson()[0][0];
const seen = [await median('1.00', '2.01'), await median('1.00', '2.05'), await median('1.99', '2.00')];
console.log(seen);
assert.deepEqual(seen, ['1.50', '1.52', '1.99']);
CODE
node run.mjs
