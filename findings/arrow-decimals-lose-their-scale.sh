#!/usr/bin/env bash
# apache-arrow 21.2.0, a column of DECIMAL(18, 2) that holds 19.99, as engines write money.
# Guess: a cell as a text is 19.99, for the column knows its scale.
# Seen: text, number and JSON of the cell are those of the unscaled integer, 1999: the scale is in the type alone.
# It matters where transactions come by Arrow: every amount is a hundred times too large, and shares are right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund apache-arrow@21.2.0 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import { Decimal, makeBuilder } from 'apache-arrow';
const builder = makeBuilder({ type: new Decimal(2, 18, 128), nullValues: [null] });
builder.append(new Uint32Array([1999, 0, 0, 0]));
const column = builder.finish().toVector();
const cell = column.get(0);
console.log(String(cell), Number(cell), JSON.stringify(cell), column.type.scale);
assert.deepEqual([String(cell), Number(cell), column.type.scale], ['1999', 1999, 2]);
CODE
node run.mjs
