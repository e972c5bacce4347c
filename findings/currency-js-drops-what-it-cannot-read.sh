#!/usr/bin/env bash
# currency.js 2.0.4, amounts as exports write them: an exponent, a decimal comma, a minus that is not a hyphen (U+2212), one at the end.
# Guess: what is no amount to it is refused, or is not a number.
# Seen: characters that it does not know are taken out and the rest is read: 1e3 is 13, 1,5 is 15, a U+2212 minus makes a refund a sale. A minus at the end gives NaN. errorOnInvalid changes none of the first three.
# It matters where amounts of an export go through it: three of four are wrong and nothing says so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund currency.js@2.0.4 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import currency from 'currency.js';
const texts = ['1e3', '1,5', '\u221212.50', '12.50-'];
const read = texts.map((text) => currency(text).value);
const strict = texts.slice(0, 3).map((text) => currency(text, { errorOnInvalid: true }).value);
console.log(read, strict);
assert.deepEqual(read, [13, 15, 12.5, Number.NaN]);
assert.deepEqual(strict, [13, 15, 12.5]);
CODE
node run.mjs
