#!/usr/bin/env bash
# @duckdb/node-api 1.5.6-r.1 (DuckDB 1.5.6), read_csv of a file with CRLF line ends, as Windows exports have, with new_line pinned on them and strict_mode, its default, said.
# Guess: naming the line end that the file has reads the file.
# Seen: no row and no error; without strict_mode, or without new_line, all rows are there.
# It matters where nothing is left to be detected on purpose: the file of a whole year is read as empty.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @duckdb/node-api@1.5.6-r.1 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
writeFileSync('sales.csv', 'id,amount\r\na,1.50\r\nb,2.50\r\n');
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const rows = async (more) => (await connection.runAndReadAll(`SELECT * FROM read_csv('sales.csv', auto_detect = false, header = true, delim = ',', columns = {id: 'VARCHAR', amount: 'DECIMAL(9,2)'}${more})`)).getRowsJson();
const pinned = ", new_line = '\\r\\n'";
const [both, lineAlone, strictAlone] = [await rows(`${pinned}, strict_mode = true`), await rows(pinned), await rows(', strict_mode = true')];
console.log({ both, lineAlone, strictAlone });
assert.equal(both.length, 0);
assert.equal(lineAlone.length, 2);
assert.equal(strictAlone.length, 2);
CODE
node run.mjs
