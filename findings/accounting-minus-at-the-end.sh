#!/usr/bin/env bash
# accounting 0.4.1 (accounting.js), unformat of amounts with a minus at the end, as ERP exports write credits, and with a U+2212 minus.
# Guess: unformat, which reads brackets as negative, reads these as negative or refuses them.
# Seen: (12.50) is -12.5, but 12.50- and a U+2212 minus before it are 12.5: a credit is read as a sale.
# It matters where refunds come from an ERP: revenue is too high by twice their sum.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund accounting@0.4.1 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import accounting from 'accounting';
const read = ['(12.50)', '-12.50', '12.50-', '\u221212.50'].map((text) => accounting.unformat(text));
console.log(read);
assert.deepEqual(read, [-12.5, -12.5, 12.5, 12.5]);
CODE
node run.mjs
