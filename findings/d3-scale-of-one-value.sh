#!/usr/bin/env bash
# d3-scale 4.0.2, a linear scale whose smallest and largest value are the same, as where every segment's equity is 0.
# Guess: the value is at the start of the range, so that a bar of 0 has no length; .nice() widens the domain.
# Seen: every value, also those outside, is in the middle of the range, .nice() or not: bars of 0 are half as long as the picture.
# It matters where charts of equity are drawn of a base that is worth nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund d3-scale@4.0.2 >/dev/null
cat > run.mjs <<'CODE'
import assert from 'node:assert';
import { scaleLinear } from 'd3-scale';
const scale = scaleLinear([0, 0], [0, 100]).nice();
console.log(scale.domain(), [0, 7, -7].map(scale));
assert.deepEqual([0, 7, -7].map(scale), [50, 50, 50]);
assert.deepEqual(scale.domain(), [0, 0]);
CODE
node run.mjs
