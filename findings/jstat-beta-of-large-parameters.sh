#!/usr/bin/env bash
# jstat 1.9.6, the regularised incomplete beta function at its middle, I(1/2; a, a), which is 1/2 for every a.
# Guess: 0.5 to some twelve digits, whatever a.
# Seen: 0.49999743 at a = 50,000 and 0.35 at 2,000,000: the continued fraction is cut after a fixed number of terms, without a word.
# It matters where a chance of renewal is known from millions of them, or a share of a market is tested: its quantiles are wrong.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jstat@1.9.6 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import jstat from 'jstat';
const { ibeta } = jstat.jStat ?? jstat;
const found = [10, 50_000, 2_000_000].map((a) => ibeta(0.5, a, a).toFixed(4));
console.log(found, ibeta(0.5, 50_000, 50_000));
assert.deepEqual(found, ['0.5000', '0.5000', '0.3497']);
assert.ok(Math.abs(ibeta(0.5, 50_000, 50_000) - 0.5) > 2e-6);
CODE
node run.mjs
