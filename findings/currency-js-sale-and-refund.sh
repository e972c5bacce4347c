#!/usr/bin/env bash
# currency.js 2.0.4, amounts with a third decimal, as per-unit prices and converted amounts have.
# Guess: a sale and its refund of the same amount add up to nothing, whatever the rounding.
# Seen: halves are rounded upward on both sides of zero, when an amount is taken in: 0.125 is 0.13 and -0.125 is -0.12. Sold and refunded leaves 0.01.
# It matters where a customer is netted by such amounts: each refund at a half leaves a cent of revenue behind.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund currency.js@2.0.4 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import currency from 'currency.js';
const net = currency(0.125).add(-0.125).value;
const whole = [2.5, -2.5].map((amount) => currency(amount, { precision: 0 }).value);
console.log({ net, whole });
assert.equal(net, 0.01);
assert.deepEqual(whole, [3, -2]);
CODE
node run.mjs
