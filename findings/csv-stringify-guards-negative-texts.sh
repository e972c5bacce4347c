#!/usr/bin/env bash
# csv-stringify 6.9.0 with escape_formulas, on amounts as exact texts, as decimals from a database or a ledger are.
# Guess: the guard against formulas leaves numbers alone, however they are typed: "-12.50" is no formula.
# Seen: the text -12.50 comes out with an apostrophe before it, while the number -12.5 comes out as it is: exact money is no number in a spreadsheet any more, and negative sums drop out of its totals.
# It matters where a list of customers has negative margins: a column total over the file is too high by all of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund csv-stringify@6.9.0 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import { stringify } from 'csv-stringify/sync';
const line = stringify([['-12.50', -12.5, '12.50']], { escape_formulas: true }).trim();
console.log(line);
assert.equal(line, "'-12.50,-12.5,12.50");
CODE
node run.mjs
