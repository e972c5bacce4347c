#!/usr/bin/env bash
# dinero.js 1.9.1, allocate of a sale over its lines and of the refund of that sale.
# Guess: a refund of the same total, split by the same ratios, is the negative of the sale, line by line.
# Seen: the cent that is left goes to the first line of 10.00 (334, 333, 333), and to the last of -10.00 (-333, -333, -334): two lines that were refunded in full keep a cent, one owes it.
# It matters where orders are split over products and netted by product: margins by product do not return to zero. dinero.js 2.0.2 splits both alike.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund dinero.js@1.9.1 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import Dinero from 'dinero.js';
const split = (amount) => Dinero({ amount }).allocate([1, 1, 1]).map((part) => part.getAmount());
const [sale, refund] = [split(1000), split(-1000)];
console.log(sale, refund);
assert.deepEqual(sale, [334, 333, 333]);
assert.deepEqual(refund, [-333, -333, -334]);
CODE
node run.mjs
