#!/usr/bin/env bash
# currency-codes 2.2.0 (the list of ISO 4217) beside Intl.NumberFormat of Node: decimals of a currency.
# Guess: the decimals that Intl formats an amount with are those of ISO 4217, as ECMA-402 has it.
# Seen: Albanian lek and Lao kip have none in Intl and 2 in the list, Iraqi dinars none and 3; Kuwaiti dinars have 3 in both, yen none.
# It matters where an export's amounts, or their smallest unit, are told by Intl: a total of Iraqi dinars loses its fils.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund currency-codes@2.2.0 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import codes from 'currency-codes';
const digits = (currency) => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
const found = ['ALL', 'LAK', 'IQD', 'KWD', 'JPY'].map((code) => [code, digits(code), codes.code(code).digits]);
console.log(process.version, found);
assert.deepEqual(found, [['ALL', 0, 2], ['LAK', 0, 2], ['IQD', 0, 3], ['KWD', 3, 3], ['JPY', 0, 0]]);
CODE
node run.mjs
