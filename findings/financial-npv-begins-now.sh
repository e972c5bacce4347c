#!/usr/bin/env bash
# financial 0.2.4, npv of 100 a year for two years at 10 %.
# Guess: as NPV of spreadsheet programs, which it is described like: the first amount comes after one period, 173.55.
# Seen: the first amount is taken as of now, 190.91, as numpy-financial has it.
# It matters where a CLV is recomputed in either: they are a year's discount apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund financial@0.2.4 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import { npv } from 'financial';
const found = npv(0.1, [100, 100]).toFixed(2);
console.log(found, (100 / 1.1 + 100 / 1.21).toFixed(2));
assert.equal(found, '190.91');
CODE
node run.mjs
